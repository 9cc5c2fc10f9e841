"""Deeds on many applications: looked at first, a result per row, nothing twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from candidates.choices import BulkKind, Outcome, Status
from candidates.models import Decision
from candidates.queries import APPLICATIONS
from eig.listing.actions import AlreadyApplied, NoRows, apply_bulk, fill_bulk, prepare_bulk
from eig.listing.choices import RowState
from eig.listing.models import BulkDeed
from eig.listing.queries import bulk_rows, forecasts
from eig.mail.models import Message
from tests.factories import candidates as make
from tests.factories.crowds import crowd_of_applications
from tests.people import signed_in


def bulk(promotion, kind, applications, by, **given) -> BulkDeed:
    deed = prepare_bulk(
        APPLICATIONS, promotion, kind=kind, rows=[row.pk for row in applications], by=by, at=timezone.now()
    )
    fill_bulk(deed, given=given, by=by, at=timezone.now())
    return deed


def seen_of(deed, by):
    return forecasts(deed, list(bulk_rows(deed)), by=by, at=timezone.now())


def results(deed) -> dict[int, str]:
    return dict(deed.rows.values_list("record_id", "state"))


def test_the_preview_says_what_each_row_would_meet_and_touches_nothing(promotion, diane):
    free, taken = make.submitted(promotion), make.submitted(promotion)
    reader = make.reader(promotion)
    make.assigned(taken, reader)
    deed = bulk(promotion, BulkKind.ASSIGN, [free, taken], diane, reader=str(reader.code))
    seen = {item.row.record_id: item.refusal for item in seen_of(deed, diane)}
    assert seen[free.pk] == ""
    assert "lit déjà" in seen[taken.pk]
    assert not free.reviews.exists()


def test_one_refusal_stops_no_other_and_a_second_press_does_nothing(promotion, diane):
    free, taken = make.submitted(promotion), make.submitted(promotion)
    reader = make.reader(promotion)
    make.assigned(taken, reader)
    deed = bulk(promotion, BulkKind.ASSIGN, [free, taken], diane, reader=str(reader.code))
    assert apply_bulk(deed, by=diane, at=timezone.now()) == 0
    assert results(deed) == {free.pk: RowState.DONE, taken.pk: RowState.REFUSED}
    apply_bulk(deed, by=diane, at=timezone.now())
    assert free.reviews.count() == taken.reviews.count() == 1
    with pytest.raises(AlreadyApplied):
        fill_bulk(deed, given={"reader": "autre"}, by=diane, at=timezone.now())


def test_what_is_left_is_taken_up_where_it_stopped(promotion, diane):
    applications = [make.submitted(promotion) for _ in range(3)]
    deed = bulk(promotion, BulkKind.INELIGIBLE, applications, diane, code="student", reason="En licence.")
    assert apply_bulk(deed, by=diane, at=timezone.now(), most=2) == 1
    assert apply_bulk(deed, by=diane, at=timezone.now(), most=2) == 0
    assert Message.objects.filter(kind="candidates/application_ineligible").count() == 3
    for application in applications:
        application.refresh_from_db()
        assert (application.status, application.ineligibility_code) == (Status.INELIGIBLE, "student")


def test_decisions_are_proposed_with_the_grids_own_sentences(promotion, diane):
    read, unread = make.read_twice(make.submitted(promotion)), make.submitted(promotion)
    wave = make.wave(promotion, diane)
    deed = bulk(
        promotion,
        BulkKind.PROPOSE,
        [read, unread],
        diane,
        wave=str(wave.code),
        outcome="shortlisted",
        reason="",
    )
    apply_bulk(deed, by=diane, at=timezone.now())
    assert results(deed) == {read.pk: RowState.DONE, unread.pk: RowState.REFUSED}
    decision = Decision.objects.get()
    assert decision.outcome == Outcome.SHORTLISTED
    assert "Ce qui a convaincu" in decision.reason


def test_a_letter_is_written_once_to_each(promotion, diane):
    applications = [make.submitted(promotion) for _ in range(2)]
    deed = bulk(
        promotion, BulkKind.WRITE, applications, diane, subject="Réunion d’information", text="Mardi à 18 h."
    )
    apply_bulk(deed, by=diane, at=timezone.now())
    apply_bulk(deed, by=diane, at=timezone.now())
    letters = Message.objects.filter(kind="candidates/team_letter")
    assert letters.count() == 2
    assert all("Mardi à 18 h." in letter.body for letter in letters)


def test_completeness_is_asked_on_named_answers(promotion, diane):
    application = make.submitted(promotion)
    due = timezone.now() + timedelta(days=5)
    deed = bulk(
        promotion,
        BulkKind.COMPLETE,
        [application],
        diane,
        questions=["skills"],
        reason="Précisez vos outils.",
        due_at=due.isoformat(),
    )
    apply_bulk(deed, by=diane, at=timezone.now())
    assert application.corrections.get().questions == ["skills"]
    again = bulk(promotion, BulkKind.COMPLETE, [application], diane, **deed.given)
    assert seen_of(again, diane)[0].refusal
    apply_bulk(again, by=diane, at=timezone.now())
    assert results(again) == {application.pk: RowState.REFUSED}


def test_nothing_and_too_much_are_refused(promotion, diane):
    with pytest.raises(NoRows):
        prepare_bulk(APPLICATIONS, promotion, kind=BulkKind.WRITE, rows=[], by=diane, at=timezone.now())
    with pytest.raises(NoRows):
        prepare_bulk(
            APPLICATIONS, promotion, kind=BulkKind.WRITE, rows=range(501), by=diane, at=timezone.now()
        )


@pytest.mark.parametrize("kind", BulkKind.values)
def test_the_preview_costs_the_same_for_three_and_for_fifty(promotion, diane, kind):
    reader, wave = make.reader(promotion), make.wave(promotion, diane)
    given = {"reader": str(reader.code), "wave": str(wave.code), "outcome": "declined", "code": "other"}
    client = signed_in(diane)

    def cost(rows) -> int:
        deed = bulk(promotion, kind, crowd_of_applications(promotion, rows, readings=False), diane, **given)
        with CaptureQueriesContext(connection) as seen:
            address = reverse("listing:bulk_detail", args=[promotion.code, deed.code])
            assert client.get(address).status_code == 200
        return len(seen)

    cost(1)  # a first visit also opens the session
    assert cost(3) == cost(49) <= 25


def test_from_the_list_to_the_result(promotion, diane):
    chosen, other = make.submitted(promotion, trades=["design"]), make.submitted(promotion)
    client = signed_in(diane)
    prepare = reverse("candidates:staff_application_list", args=[promotion.code])
    page = client.post(
        f"{prepare}?trade=design", {"act": "deed", "kind": "write", "scope": "all"}, follow=True
    ).content.decode()
    assert chosen.number in page
    assert other.number not in page
    deed = BulkDeed.objects.get()
    address = reverse("listing:bulk_detail", args=[promotion.code, deed.code])
    assert client.post(address, {"subject": "", "text": ""}).status_code == 422
    page = client.post(address, {"subject": "Bonjour", "text": "Un mot."}, follow=True).content.decode()
    assert "Sera fait" in page
    assert not Message.objects.filter(kind="candidates/team_letter").exists()
    client.post(reverse("listing:bulk_apply", args=[promotion.code, deed.code]))
    assert "Fait" in client.get(address).content.decode()
    assert Message.objects.get(kind="candidates/team_letter").to_person == chosen.candidate
    wrong = client.post(
        prepare, {"act": "deed", "kind": "write", "scope": "chosen", "code": ["pas-un-code"]}, follow=True
    )
    assert "Cochez au moins" in wrong.content.decode()
