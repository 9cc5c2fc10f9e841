"""Jurors, panels, slots: nobody in two places, by sentence and by constraint."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from eig.accounts.models import User
from eig.evaluation.models import Sheet
from eig.juries.actions import IsCandidate, NotSeated
from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.interviews import actions
from matching.interviews.models import Juror, Panel, PanelSeat, Scorecard, Slot
from matching.interviews.queries.panel import balance_of
from projects.models import Project
from tests.factories.interviews import card, free_slot, juror, morning, panel, placed, signed
from tests.factories.ranking import published_project, shortlisted


def test_appointing_by_address_opens_an_account_and_tells_once(promotion: Promotion, diane: User) -> None:
    who = {"email": "Rose@Ministere.example", "first_name": "Rose", "last_name": "Roy", "type": "agent"}
    first = actions.appoint_by_email(promotion, by=diane, at=timezone.now(), **who)
    again = actions.appoint_by_email(promotion, by=diane, at=timezone.now(), **who)
    assert first.pk == again.pk
    assert first.person.email == "rose@ministere.example"
    assert not first.person.has_usable_password()
    assert Message.objects.filter(kind="interviews/juror_invited").count() == 1


def test_a_candidate_does_not_sit_in_a_jury(promotion: Promotion, alice: User, diane: User) -> None:
    shortlisted(promotion, alice)
    with pytest.raises(IsCandidate):
        juror(promotion, diane, alice)


def test_a_room_holds_one_panel_at_a_time(promotion: Promotion, diane: User) -> None:
    panel(promotion, diane, room="Salle 1")
    with pytest.raises(actions.RoomTaken, match="siège déjà"):
        panel(promotion, diane, room="Salle 1", starts=morning() + timedelta(hours=1))
    panel(promotion, diane, room="Salle 1", starts=morning() + timedelta(hours=3))
    panel(promotion, diane, room="Salle 2")
    assert Panel.objects.count() == 3


def test_hours_that_end_before_they_begin(promotion: Promotion, diane: User) -> None:
    with pytest.raises(actions.BadHours):
        panel(promotion, diane, hours=-1)


def test_a_juror_sits_on_one_panel_at_a_time(promotion: Promotion, diane: User) -> None:
    member = juror(promotion, diane)
    panel(promotion, diane, [member], room="Salle 1")
    with pytest.raises(NotSeated, match="autre jury"):
        panel(promotion, diane, [member], room="Salle 2", starts=morning() + timedelta(hours=2))
    panel(promotion, diane, [member], room="Salle 3", starts=morning() + timedelta(hours=3))


def test_a_panel_seats_six_at_most(promotion: Promotion, diane: User) -> None:
    row = panel(promotion, diane, [juror(promotion, diane) for _ in range(6)])
    with pytest.raises(NotSeated, match="maximum"):
        actions.seat_juror(row, juror=juror(promotion, diane), by=diane, at=timezone.now())


def test_one_referent_per_panel(promotion: Promotion, diane: User) -> None:
    first, second = juror(promotion, diane), juror(promotion, diane)
    row = panel(promotion, diane, [first, second])
    actions.name_referent(row, juror=second, by=diane, at=timezone.now())
    assert [seat.juror for seat in PanelSeat.objects.filter(is_referent=True)] == [second]


def test_slots_are_cut_once(promotion: Promotion, diane: User) -> None:
    row = panel(promotion, diane, hours=2, slots=False)
    with pytest.raises(actions.BadHours, match="tient"):
        actions.create_slots(row, minutes=240, by=diane, at=timezone.now())
    assert len(actions.create_slots(row, minutes=30, pause=10, by=diane, at=timezone.now())) == 3
    with pytest.raises(actions.BadHours, match="existent déjà"):
        actions.create_slots(row, minutes=30, by=diane, at=timezone.now())
    assert actions.clear_slots(row, by=diane, at=timezone.now()) == 3


@pytest.fixture
def project(promotion: Promotion) -> Project:
    return published_project(promotion)


def test_a_panel_with_auditions_is_not_removed(promotion: Promotion, project: Project, diane: User) -> None:
    row = panel(promotion, diane, [juror(promotion, diane)])
    placed(shortlisted(promotion), project, diane, row)
    with pytest.raises(actions.StillInUse):
        actions.remove_panel(row, by=diane, at=timezone.now())
    assert actions.clear_slots(row, by=diane, at=timezone.now()) == 5


def test_a_juror_who_arrives_later_receives_the_cards_to_come(
    promotion: Promotion, project: Project, diane: User
) -> None:
    row = panel(promotion, diane, [juror(promotion, diane)])
    audition = placed(shortlisted(promotion), project, diane, row)
    late = juror(promotion, diane)
    actions.seat_juror(row, juror=late, by=diane, at=timezone.now())
    assert card(audition, late)


def test_a_juror_who_leaves_gives_the_blank_cards_back(
    promotion: Promotion, project: Project, diane: User
) -> None:
    stays, leaves = juror(promotion, diane), juror(promotion, diane)
    row = panel(promotion, diane, [stays, leaves])
    audition = placed(shortlisted(promotion), project, diane, row)
    actions.unseat_juror(row, juror=leaves, by=diane, at=timezone.now())
    assert [item.juror for item in Scorecard.objects.filter(audition=audition)] == [stays]
    assert Sheet.objects.filter(evaluator=leaves.person).count() == 0
    signed(audition, stays)
    with pytest.raises(actions.StillInUse, match="signé"):
        actions.unseat_juror(row, juror=stays, by=diane, at=timezone.now())


def test_a_balanced_panel_has_several_qualities() -> None:
    assert balance_of(["agent"]).warning
    assert "même qualité" in balance_of(["agent", "agent"]).warning
    assert not balance_of(["agent", "dinum", "agent"]).warning


# --- The database ------------------------------------------------------------------------------------


def test_the_database_refuses_overlapping_slots_and_slots_outside(promotion: Promotion, diane: User) -> None:
    row = panel(promotion, diane, hours=1)
    begins = row.during.lower
    for starts, ends in ((15, 45), (60, 90), (-30, 0)):
        with pytest.raises(DatabaseError), transaction.atomic():
            Slot.objects.create(
                panel=row,
                during=DateTimeTZRange(begins + timedelta(minutes=starts), begins + timedelta(minutes=ends)),
            )


def test_the_database_refuses_hours_that_disagree(promotion: Promotion, diane: User) -> None:
    member = juror(promotion, diane)
    row = panel(promotion, diane)
    later = DateTimeTZRange(row.during.lower + timedelta(days=1), row.during.upper + timedelta(days=1))
    with pytest.raises(IntegrityError, match="as long as its panel"), transaction.atomic():
        PanelSeat.objects.create(panel=row, juror=member, during=later)
    for record in (row, free_slot(row)):
        with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
            type(record).objects.filter(pk=record.pk).update(during=later)


def test_the_database_knows_one_juror_per_person(promotion: Promotion, diane: User, claire: User) -> None:
    member = juror(promotion, diane, claire)
    with pytest.raises(IntegrityError, match="one_juror_per_promotion"), transaction.atomic():
        Juror.objects.create(
            promotion=promotion, person=member.person, type="agent", appointed_at=timezone.now()
        )
