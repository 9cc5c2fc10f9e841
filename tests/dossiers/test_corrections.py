"""Named answers open again after the deposit: they alone, until the instant said, with their own receipt."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.actions import add_correction_file, answer_application_correction, ask_application_correction
from eig.dossiers.actions import (
    AlreadyAsked,
    CannotAsk,
    CorrectionOver,
    DossierClosed,
    Incomplete,
    Seen,
    sealed_content,
)
from eig.dossiers.actions.correction import expire_correction
from eig.dossiers.pages import changes_of, opened_section
from eig.dossiers.queries import form_of
from eig.dossiers.rules import sha256
from eig.dossiers.views.correction import save_correction
from eig.mail.models import Message
from eig.promotions.rules import end_of_day
from projects.actions import (
    answer_project_correction,
    ask_project_correction,
    cancel_project_correction,
    expire_project_corrections,
    withdraw_project,
)
from projects.actions.correction import CORRECTIONS
from projects.models import Correction, Project
from tests.factories import candidates as apply
from tests.factories import projects as make
from tests.people import signed_in
from tests.together import together

NEW = "Un texte corrigé, plus précis."


def soon(**delay):
    return timezone.now() + timedelta(**delay)


def ask(project, *, by, questions=("mission",), due_at=None):
    return ask_project_correction(
        project,
        questions=list(questions),
        reason="Précisez votre mission.",
        due_at=due_at or soon(days=3),
        by=by,
        at=timezone.now(),
    )


def type_in(correction, form, *, by, **answers):
    section = opened_section(form, correction)
    version = Seen(correction.version)
    return save_correction(
        correction, section=section, answers=answers, version=version, by=by, at=timezone.now()
    )


@pytest.fixture
def project(promotion, badis):
    return make.submitted(promotion, lead=badis)


@pytest.fixture
def form(promotion):
    return form_of(promotion, "project")


def test_a_delay_ends_with_the_last_second_of_its_last_day():
    paris = ZoneInfo("Europe/Paris")
    eve = datetime(2026, 3, 27, 15, tzinfo=paris)
    # The clocks change in between: it is still 23:59:59 there.
    assert end_of_day(eve, days=3) == datetime(2026, 3, 30, 23, 59, 59, tzinfo=paris)


def test_what_is_asked_is_told_and_only_that_opens(project, form, badis, diane):
    correction = ask(project, by=diane)
    told = Message.objects.get(kind="dossiers/correction_asked")
    assert told.to_person == badis
    assert "Précisez votre mission." in told.body
    assert str(correction.code) in told.body
    type_in(correction, form, by=badis, mission=NEW, vision="Ailleurs")
    correction.refresh_from_db()
    assert correction.answers == {"mission": NEW}
    project.refresh_from_db()
    assert project.answers["mission"] == make.ENOUGH


def test_the_answer_changes_the_dossier_as_a_whole_with_a_receipt_of_its_own(project, form, badis, diane):
    number, digest = project.number, project.content_sha256
    correction = ask(project, by=diane)
    type_in(correction, form, by=badis, mission=NEW)
    answer_project_correction(correction, message="Voici.", by=badis)
    project.refresh_from_db()
    assert project.answers["mission"] == NEW
    assert (project.number, project.content_sha256) == (number, digest)
    assert correction.number == f"{number}-R1"
    content = sealed_content(project, kind="project", form=form)
    assert correction.content_sha256 == sha256(content)
    # What the first receipt sealed can still be recomputed.
    original = {**project.answers, **correction.before}
    assert digest == sha256(sealed_content(project, kind="project", form=form, answers=original))
    back = Message.objects.get(kind="dossiers/correction_answered")
    assert back.to_person == diane
    assert correction.number in Message.objects.get(kind="dossiers/correction_received").body
    assert [(item.before, item.after) for item in changes_of(form, correction)] == [(make.ENOUGH, NEW)]


def test_sent_twice_it_is_received_once(project, form, badis, diane):
    correction = ask(project, by=diane)
    type_in(correction, form, by=badis, mission=NEW)
    for _ in range(2):
        answer_project_correction(Correction.objects.get(pk=correction.pk), message="", by=badis)
    assert Message.objects.filter(kind="dossiers/correction_received").count() == 1


def test_the_profiles_and_the_administrations_follow_the_answers(project, form, badis, diane):
    correction = ask(project, by=diane, questions=["positions", "operator", "project_name"])
    rows = [{**row, "expertise": "Cyber"} for row in project.answers["positions"]]
    operator = {"name": "Autre office", "siret": make.SIRETS[3]}
    type_in(correction, form, by=badis, positions=rows, operator=operator, project_name="Rivages")
    answer_project_correction(correction, message="", by=badis)
    project = Project.objects.get(pk=project.pk)
    assert [item.expertise for item in project.positions.order_by("rank")] == ["Cyber", "Cyber"]
    assert project.administration.name == "Autre office"
    assert project.title == "Rivages"


def test_something_missing_is_not_sent(project, form, badis, diane):
    correction = ask(project, by=diane)
    type_in(correction, form, by=badis, mission="")
    with pytest.raises(Incomplete, match="Mission"):
        answer_project_correction(correction, message="", by=badis)
    project.refresh_from_db()
    assert project.answers["mission"] == make.ENOUGH


def test_one_request_at_a_time_held_by_the_database(project, badis, diane):
    ask(project, by=diane)
    with pytest.raises(AlreadyAsked):
        ask(project, by=diane)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(
            project=project,
            questions=["mission"],
            reason="x",
            asked_by=diane,
            asked_at=timezone.now(),
            due_at=soon(days=1),
            updated_at=timezone.now(),
            updated_by=diane,
        )


def test_a_draft_or_a_decided_project_cannot_be_corrected(promotion, badis, diane):
    for one in (make.draft(promotion, lead=badis), make.laureate(promotion)):
        with pytest.raises(CannotAsk):
            ask(one, by=diane)


def test_a_request_says_what_and_why(project, diane):
    with pytest.raises(CannotAsk, match="Choisissez"):
        ask(project, by=diane, questions=())
    with pytest.raises(CannotAsk, match="déjà passé"):
        ask(project, by=diane, due_at=soon(minutes=-1))


def test_after_the_delay_nothing_changes_and_both_sides_are_told_once(project, form, badis, diane):
    correction = ask(project, by=diane)
    type_in(correction, form, by=badis, mission=NEW)
    Correction.objects.filter(pk=correction.pk).update(due_at=soon(seconds=-1))
    correction.refresh_from_db()
    with pytest.raises(DossierClosed, match="délai"):
        type_in(correction, form, by=badis, mission="Trop tard")
    with pytest.raises(CorrectionOver, match="délai"):
        answer_project_correction(correction, message="", by=badis)
    assert expire_project_corrections() == 1
    assert expire_project_corrections() == 0
    project.refresh_from_db()
    assert project.answers["mission"] == make.ENOUGH
    assert Message.objects.get(kind="dossiers/correction_expired").to_person == badis
    assert Message.objects.get(kind="dossiers/correction_unanswered").to_person == diane


def test_a_request_taken_back_closes_the_answers(project, form, badis, diane):
    correction = ask(project, by=diane)
    cancel_project_correction(correction, by=diane, at=timezone.now())
    with pytest.raises(DossierClosed):
        type_in(correction, form, by=badis, mission=NEW)
    with pytest.raises(CorrectionOver, match="annulé"):
        answer_project_correction(correction, message="", by=badis)


@pytest.mark.django_db(transaction=True)
def test_of_an_answer_and_the_end_of_the_delay_one_wins(promotion_committed):
    """At the very instant of the deadline: either the receipt is dated before it, or nothing changed."""
    for turn in range(6):
        project = make.submitted(promotion_committed)
        staff = make.staff_person()
        due_at = soon(milliseconds=300 + 20 * turn)
        asked = ask(project, by=staff, due_at=due_at)
        form = form_of(promotion_committed, "project")
        type_in(asked, form, by=project.started_by, mission=NEW)

        def fresh(pk=asked.pk):
            return Correction.objects.select_related("project__promotion", "asked_by").get(pk=pk)

        def answer(due_at=due_at, project=project, fresh=fresh):
            mine = fresh()
            while timezone.now() < due_at - timedelta(milliseconds=4):
                pass
            answer_project_correction(mine, message="", by=project.started_by)

        def expire(due_at=due_at, fresh=fresh):
            mine = fresh()
            while timezone.now() < due_at:
                pass
            while not expire_correction(CORRECTIONS, mine) and fresh().status == "asked":
                pass

        together(answer, expire)
        end = fresh()
        project.refresh_from_db()
        if end.status == "answered":
            assert end.ended_at <= due_at
            assert project.answers["mission"] == NEW
        else:
            assert end.status == "expired"
            assert end.ended_at > due_at
            assert project.answers["mission"] == make.ENOUGH


def test_a_dossier_that_moved_on_is_not_changed_any_more(project, form, badis, diane):
    correction = ask(project, by=diane)
    type_in(correction, form, by=badis, mission=NEW)
    withdraw_project(Project.objects.get(pk=project.pk), by=badis, at=timezone.now())
    with pytest.raises(CorrectionOver, match="avancé"):
        answer_project_correction(Correction.objects.get(pk=correction.pk), message="", by=badis)


def test_a_candidate_completes_a_file_and_years(promotion, alice, diane):
    application = apply.submitted(promotion, by=alice)
    number, digest = application.number, application.content_sha256
    form = form_of(promotion, "application")
    cv = next(item.code for item in form.questions() if item.is_file and item.required)
    former = application.attachments.get(question=cv).document
    correction = ask_application_correction(
        application,
        questions=[cv, "experience_years"],
        reason="Votre CV est illisible.",
        due_at=soon(days=2),
        by=diane,
        at=timezone.now(),
    )
    document = apply.clean_document(alice)
    add_correction_file(correction, question=cv, document=document, by=alice, at=timezone.now())
    assert application.attachments.get(question=cv).document == former
    type_in(correction, form, by=alice, experience_years=12)
    answer_application_correction(correction, message="", by=alice)
    application.refresh_from_db()
    assert application.attachments.get(question=cv).document == document
    assert correction.files.get(former=True).document == former
    assert application.experience_years == 12
    assert (application.number, application.content_sha256) == (number, digest)
    assert correction.content_sha256 != digest


def test_the_pages_of_a_correction(project, badis, diane, emile):
    team = signed_in(diane)
    path = f"/pilotage/{project.promotion.code}/projets/{project.code}/corriger/"
    assert "Demander une correction" in team.get(path).content.decode()
    nothing = team.post(path, {"reason": "Précisez.", "days": "5"})
    assert nothing.status_code == 422
    asked = team.post(path, {"in_context": ["mission"], "reason": "Précisez.", "days": "5"})
    assert asked.status_code == 302
    correction = Correction.objects.get()
    assert correction.questions == ["mission"]
    here = f"/projets/{project.code}/corrections/{correction.code}/"
    mine = signed_in(badis)
    assert "une correction" in mine.get(f"/projets/{project.code}/").content.decode().lower()
    assert "Précisez." in mine.get(here).content.decode()
    assert signed_in(emile).get(here).status_code == 404
    kept = mine.post(f"{here}reponses/mission/", {"mission": NEW}, headers={"HX-Request": "true"})
    assert kept.status_code == 200
    assert mine.post(f"{here}reponses/vision/", {"vision": NEW}).status_code == 404
    # The team does not look over a shoulder.
    assert NEW not in team.get(asked.url).content.decode()
    correction.refresh_from_db()
    sent = mine.post(
        here, {"mission": NEW, "version": correction.version, "then": "send", "message": "Voilà"}
    )
    assert sent.status_code == 302
    correction.refresh_from_db()
    assert correction.number in mine.get(here).content.decode()
    looked = team.get(asked.url).content.decode()
    assert "Voilà" in looked
    assert "<ins>" in looked


def test_a_correction_taken_back_by_somebody_else_says_so(project, badis, diane):
    """The second person to press the button learns that it is over, and nothing is written."""
    correction = ask(project, by=diane)
    path = f"/pilotage/{project.promotion.code}/projets/corrections/{correction.code}/"
    team = signed_in(diane)
    cancel_project_correction(Correction.objects.get(pk=correction.pk), by=diane, at=timezone.now())
    letters = Message.objects.count()
    again = team.post(f"{path}annuler/", follow=True).content.decode()
    assert "Cette demande est déjà terminée." in again
    assert "est annulée, et la personne" not in again
    assert Message.objects.count() == letters
