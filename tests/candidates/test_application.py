"""Start, write, hand in, withdraw."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from candidates.actions import (
    MayNotApply,
    add_attachment,
    refuse_eligibility,
    remove_attachment,
    restore_eligibility,
    start_application,
    submit_application,
    withdraw_application_record,
)
from candidates.choices import Status
from candidates.models import Application
from eig.documents.choices import FileStatus
from eig.documents.files import BadUpload
from eig.documents.models import Document, Print
from eig.dossiers.actions import DossierClosed, NotReady
from eig.journal.queries import history_of
from eig.lifecycle import IllegalMove
from eig.mail.models import Message
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import PhaseNotOpen, closing_gate
from eig.promotions.models import Phase
from tests.factories import candidates as make
from tests.factories import interviews
from tests.factories.crowds import crowd, crowd_of_drafts
from tests.people import person, phase
from tests.together import together


def close(promotion) -> None:
    phase(promotion, PhaseKind.APPLICATIONS, closes=timezone.now() - timedelta(seconds=1))


def test_starting_twice_finds_the_same_application(promotion, alice):
    first = start_application(promotion, by=alice, at=timezone.now())
    assert start_application(promotion, by=alice, at=timezone.now()) == first
    assert Application.objects.count() == 1


def test_nobody_starts_before_or_after_the_call(promotion, alice):
    close(promotion)
    with pytest.raises(PhaseNotOpen, match="clos"):
        start_application(promotion, by=alice, at=timezone.now())


def test_readers_staff_and_jurors_may_not_apply(promotion, claire, diane, badis):
    make.reader(promotion, claire)
    interviews.juror(promotion, diane, badis)
    for who in (claire, diane, badis):
        with pytest.raises(MayNotApply):
            start_application(promotion, by=who, at=timezone.now())


def test_a_reader_appointed_meanwhile_cannot_hand_in(promotion, alice):
    application = make.ready(promotion, alice)
    make.reader(promotion, alice)
    with pytest.raises(MayNotApply):
        submit_application(application, by=alice)


def test_handing_in_numbers_seals_and_copies_what_the_lists_need(promotion, alice):
    application = make.submitted(promotion, alice, trades=["design", "developpement"], experience_years=7)
    assert application.status == Status.SUBMITTED
    assert application.number == "EIG-6-C-0001"
    assert len(application.content_sha256) == 64
    assert application.experience_years == 7
    assert [link.trade.code for link in application.trade_links.order_by("rank")] == [
        "design",
        "developpement",
    ]
    assert Print.objects.get(kind="candidates.receipt").subject_id == application.pk
    assert {entry.verb for entry in history_of(application)} >= {"start_application", "seal", "move"}


def test_the_receipt_is_mailed_once_with_its_number_and_hour(promotion, alice):
    application = make.submitted(promotion, alice)
    submit_application(application, by=alice)
    message = Message.objects.get(kind="candidates/application_received")
    assert application.number in message.subject
    assert application.content_sha256 in message.body
    assert message.to_email == alice.email


def test_the_same_call_repeated_gives_the_same_receipt_even_after_the_close(promotion, alice):
    application = make.submitted(promotion, alice)
    before = (application.number, application.submitted_at, application.content_sha256)
    close(promotion)
    again = submit_application(application, by=alice)
    assert (again.number, again.submitted_at, again.content_sha256) == before


def test_a_late_application_is_refused_with_the_official_time_and_kept(promotion, alice):
    application = make.ready(promotion, alice)
    close(promotion)
    with pytest.raises(PhaseNotOpen, match="heure\u00a0de\u00a0Paris"):
        submit_application(application, by=alice)
    application.refresh_from_db()
    assert application.status == Status.DRAFT
    assert application.answers["motivation"]


def test_what_is_missing_is_named(promotion, alice):
    application = make.answered(make.draft(promotion, alice), motivation=None)
    with pytest.raises(NotReady, match="Rejoindre le programme, CV"):
        submit_application(application, by=alice)


def test_an_excluding_answer_is_refused_with_the_reason_of_the_rules(promotion, alice):
    application = make.ready(promotion, alice, not_civil_servant="yes")
    with pytest.raises(NotReady, match="fonctionnaires"):
        submit_application(application, by=alice)


def test_a_trade_closed_meanwhile_is_not_counted(promotion, alice):
    application = make.ready(promotion, alice, trades=["design"])
    promotion.trades.filter(code="design").update(opened=False)
    with pytest.raises(NotReady, match="métier"):
        submit_application(application, by=alice)
    application.refresh_from_db()
    assert application.status == Status.DRAFT


def test_a_file_in_quarantine_does_not_delay_the_deposit_but_a_refused_one_does(promotion, alice):
    application = make.answered(make.draft(promotion, alice))
    document = make.received(alice, make.pdf())
    add_attachment(application, question="cv", document=document, by=alice, at=timezone.now())
    Document.objects.filter(pk=document.pk).update(
        status=FileStatus.REFUSED, refusal="Abîmé.", checked_at=timezone.now()
    )
    with pytest.raises(NotReady, match="CV"):
        submit_application(application, by=alice)
    Document.objects.filter(pk=document.pk).update(status=FileStatus.PENDING, refusal="", checked_at=None)
    assert submit_application(application, by=alice).number


def test_a_cv_of_too_many_pages_does_not_count(promotion, alice):
    application = make.answered(make.draft(promotion, alice))
    document = make.checked(make.received(alice, make.pdf(pages=5)))
    add_attachment(application, question="cv", document=document, by=alice, at=timezone.now())
    with pytest.raises(NotReady, match="CV"):
        submit_application(application, by=alice)


def test_a_new_cv_replaces_the_former_and_its_file(promotion, alice):
    application = make.ready(promotion, alice)
    former = application.attachments.get().document
    storage, name = former.file.storage, former.file.name
    add_attachment(
        application,
        question="cv",
        document=make.clean_document(alice, "neuf.pdf"),
        by=alice,
        at=timezone.now(),
    )
    assert application.attachments.get().document.name == "neuf.pdf"
    assert not Document.objects.filter(pk=former.pk).exists()
    assert storage.exists(name)  # destroyed at the commit, which tests never reach


def test_a_fourth_portfolio_file_is_refused(promotion, alice):
    application = make.draft(promotion, alice)
    for _ in range(3):
        add_attachment(
            application,
            question="portfolio",
            document=make.clean_document(alice),
            by=alice,
            at=timezone.now(),
        )
    with pytest.raises(BadUpload, match="3 fichiers"):
        add_attachment(
            application,
            question="portfolio",
            document=make.clean_document(alice),
            by=alice,
            at=timezone.now(),
        )


@pytest.mark.django_db(transaction=True)
def test_a_hundred_uploads_at_once_hold_no_more_than_one_after_the_other(promotion_committed, alice):
    """Twenty at a time: three files, or thirty megabytes, whichever comes first."""
    application = make.draft(promotion_committed, alice)
    documents = [make.clean_document(alice) for _ in range(100)]
    Document.objects.filter(owner=alice).update(size=14 * 1024 * 1024)

    def deed(document):
        return lambda: add_attachment(
            Application.objects.get(pk=application.pk),
            question="portfolio",
            document=Document.objects.get(pk=document.pk),
            by=alice,
            at=timezone.now(),
        )

    raised = [
        error
        for start in range(0, 100, 20)
        for error in together(*(deed(document) for document in documents[start : start + 20]))
    ]
    assert [type(error) for error in raised] == [BadUpload] * 98
    assert all("30 Mo" in str(error) for error in raised)
    assert application.attachments.count() == 2


def test_files_and_answers_no_longer_change_once_handed_in(promotion, alice):
    application = make.submitted(promotion, alice)
    with pytest.raises(DossierClosed):
        add_attachment(
            application, question="cv", document=make.clean_document(alice), by=alice, at=timezone.now()
        )
    with pytest.raises(DossierClosed):
        remove_attachment(application.attachments.get(), by=alice, at=timezone.now())
    with pytest.raises(DossierClosed):
        make.answered(application, motivation="Autre chose")


def test_withdrawing_is_for_good_and_told_once(promotion, alice):
    application = make.submitted(promotion, alice)
    withdraw_application_record(application, by=alice, at=timezone.now())
    withdraw_application_record(application, by=alice, at=timezone.now())
    assert application.status == Status.WITHDRAWN
    assert application.withdrawn_at
    assert Message.objects.filter(kind="candidates/application_withdrawn").count() == 1
    with pytest.raises(IllegalMove):
        refuse_eligibility(application, reason="Trop tard", by=alice, at=timezone.now())
    assert start_application(promotion, by=alice, at=timezone.now()).status == Status.WITHDRAWN


def test_a_withdrawn_draft_is_not_handed_in(promotion, alice):
    application = make.ready(promotion, alice)
    withdraw_application_record(application, by=alice, at=timezone.now())
    with pytest.raises(IllegalMove):
        submit_application(application, by=alice)


def test_an_eligibility_refusal_is_reasoned_told_and_can_be_taken_back(promotion, alice, diane):
    application = make.submitted(promotion, alice)
    refuse_eligibility(application, reason="Fonctionnaire en poste.", by=diane, at=timezone.now())
    assert application.status == Status.INELIGIBLE
    assert "Fonctionnaire en poste." in Message.objects.get(kind="candidates/application_ineligible").body
    restore_eligibility(application, reason="En disponibilité.", by=diane, at=timezone.now())
    assert application.status == Status.SUBMITTED
    assert application.ineligibility == ""
    assert Message.objects.filter(kind="candidates/application_restored").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_dossier_one_receipt_one_mail(promotion_committed):
    """Five dossiers one after the other, each by twenty clicks at the same instant."""
    drafts = crowd_of_drafts(promotion_committed, crowd(5))
    barrier, outcomes = threading.Barrier(20, timeout=60), []

    def click():
        try:
            for row in drafts:
                mine = Application.objects.select_related("candidate").get(pk=row.pk)
                barrier.wait()
                outcomes.append(submit_application(mine, by=mine.candidate).number)
        finally:
            connection.close()

    run(click, times=20)
    assert sorted(outcomes) == [f"EIG-6-C-000{rank}" for rank in range(1, 6) for _ in range(20)]
    assert Message.objects.count() == 5
    assert Print.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_first_clicks_make_one_application(promotion_committed):
    alice = person("Alice", "Aubert")
    barrier, found = threading.Barrier(4), []

    def click():
        barrier.wait()
        try:
            found.append(start_application(promotion_committed, by=alice, at=timezone.now()).pk)
        finally:
            connection.close()

    run(click, times=4)
    assert len(found) == 4
    assert len(set(found)) == 1


@pytest.mark.django_db(transaction=True)
def test_submissions_racing_with_the_close_lose_none_and_admit_none_late(promotion_committed):
    people = [person(f"Candide{rank}", "Aubry") for rank in range(8)]
    drafts = [make.ready(promotion_committed, who) for who in people]
    closes_at = timezone.now() + timedelta(milliseconds=250)
    Phase.objects.filter(promotion=promotion_committed, kind="applications").update(closes_at=closes_at)
    accepted, refused = [], []

    def hand_in(application):
        try:
            while True:
                try:
                    if timezone.now() < closes_at - timedelta(milliseconds=60) and application.pk % 2:
                        continue
                    submit_application(application, by=application.candidate)
                    accepted.append(application.pk)
                except PhaseNotOpen:
                    refused.append(application.pk)
                return
        finally:
            connection.close()

    threads = [threading.Thread(target=hand_in, args=(application,)) for application in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(accepted) + len(refused) == len(drafts)
    handed_in = Application.objects.filter(submitted_at__isnull=False)
    assert {row.pk for row in handed_in} == set(accepted)
    assert all(row.submitted_at <= closes_at for row in handed_in)
    assert Message.objects.count() == len(accepted)
    numbers = sorted(row.number for row in handed_in)
    assert numbers == [f"EIG-6-C-{rank:04d}" for rank in range(1, len(accepted) + 1)]
    for application in Application.objects.filter(pk__in=refused):
        with pytest.raises(PhaseNotOpen):
            submit_application(application, by=application.candidate)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_people_at_the_closing_five_times_are_in_or_told_that_it_is_over(promotion_committed):
    """The team closes once half of them are in: what it then counts is what was acknowledged, and no more."""
    for _ in range(5):
        drafts = crowd_of_drafts(promotion_committed, crowd(100))
        told = closing_among(promotion_committed, drafts)
        handed_in = Application.objects.filter(pk__in=[row.pk for row in drafts], submitted_at__isnull=False)
        assert {row.pk for row in handed_in} == told["in"]
        assert told["seen"] == len(told["in"])
        assert len(told["in"]) + len(told["over"]) == 100
        assert len(told["in"]) >= 50
        assert all(row.submitted_at < told["at"] for row in handed_in)
        Phase.objects.filter(promotion=promotion_committed, kind="applications").update(closed_at=None)
    numbers = Application.objects.exclude(number=None).order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"EIG-6-C-{rank:04d}" for rank in range(1, len(numbers) + 1)]
    assert Message.objects.count() == len(numbers)


def closing_among(promotion, drafts):
    told, half = {"in": set(), "over": set()}, threading.Event()

    def hand_in(mine):
        for application in mine:
            try:
                submit_application(application, by=application.candidate)
            except PhaseNotOpen:
                told["over"].add(application.pk)
            else:
                told["in"].add(application.pk)
                if len(told["in"]) >= 50:
                    half.set()

    def close_the_call():
        half.wait(60)
        with transaction.atomic():
            gate = closing_gate(promotion, "applications")
            Phase.objects.filter(pk=gate.phase.pk).update(closed_at=gate.now)
            handed_in = Application.objects.filter(pk__in=[row.pk for row in drafts], status=Status.SUBMITTED)
            told["seen"], told["at"] = handed_in.count(), gate.now

    assert together(*(partial(hand_in, drafts[rank::20]) for rank in range(20)), close_the_call) == []
    return told


def run(target, *, times: int) -> None:
    threads = [threading.Thread(target=target) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
