"""Jurors, panels, slots: nobody in two places, by sentence and by constraint."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from eig.accounts.models import User
from eig.evaluation.models import Sheet
from eig.juries.actions import BadHours, Clash, IsCandidate, NotSeated, tell_jurors
from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.interviews import actions
from matching.interviews.actions.panel import TABLE
from matching.interviews.models import Juror, Panel, PanelSeat, Scorecard, Slot
from matching.interviews.queries.panel import balance_of
from projects.models import Project
from tests.factories.interviews import card, free_slot, juror, morning, panel, placed, signed
from tests.factories.ranking import published_project, shortlisted


def test_appointing_by_address_opens_an_account_and_tells_once(promotion: Promotion, diane: User) -> None:
    who = {"email": "Rose@Ministere.example", "first_name": "Rose", "last_name": "Roy", "kind": "agent"}
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
    with pytest.raises(Clash, match="siège déjà"):
        panel(promotion, diane, room="Salle 1", starts=morning() + timedelta(hours=1))
    panel(promotion, diane, room="Salle 1", starts=morning() + timedelta(hours=3))
    panel(promotion, diane, room="Salle 2")
    assert Panel.objects.count() == 3


def test_hours_that_end_before_they_begin(promotion: Promotion, diane: User) -> None:
    with pytest.raises(BadHours):
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
    with pytest.raises(BadHours, match="tient"):
        actions.create_slots(row, minutes=240, by=diane, at=timezone.now())
    assert len(actions.create_slots(row, minutes=30, pause=10, by=diane, at=timezone.now())) == 3
    with pytest.raises(BadHours, match="existent déjà"):
        actions.create_slots(row, minutes=30, by=diane, at=timezone.now())
    assert actions.clear_slots(row, by=diane, at=timezone.now()) == 3


@pytest.fixture
def project(promotion: Promotion) -> Project:
    return published_project(promotion)


def moved(row: Panel, by: User, *, later: timedelta, room: str = "", hours: int = 3) -> None:
    starts = row.during.lower + later
    actions.change_panel(
        row, name=row.name, room=room or row.room, link="", starts=starts,
        ends=starts + timedelta(hours=hours), by=by, at=timezone.now(),
    )  # fmt: skip


def test_a_panel_that_moves_takes_everyone_along_and_tells_who_was_told(
    promotion: Promotion, project: Project, alice: User, diane: User
) -> None:
    told, silent = juror(promotion, diane), juror(promotion, diane)
    row = panel(promotion, diane, [told, silent])
    audition = placed(shortlisted(promotion, alice), project, diane, row, told=True)
    tell_jurors(TABLE, promotion, seats=PanelSeat.objects.filter(juror=told), at=timezone.now())
    before, was = Message.objects.count(), row.during.lower
    moved(row, diane, later=timedelta(minutes=15))
    audition.refresh_from_db()
    assert audition.during.lower == was + timedelta(minutes=15) == row.during.lower
    assert audition.announced_during == audition.during
    assert {seat.during for seat in row.seats.all()} == {row.during}
    assert row.slots.count() == 6
    moves, timetable = Message.objects.order_by("pk")[before:]
    assert (moves.kind, moves.to_person) == ("juries/hearing_moved", alice)
    assert "SEQUENCE:1" in moves.calendar
    assert (timetable.kind, timetable.to_person) == ("juries/seats_announced", told.person)
    assert "SEQUENCE:1" in timetable.calendar
    moved(row, diane, later=timedelta(0), room="Salle 7")
    assert [letter.kind for letter in Message.objects.order_by("pk")[before + 2 :]] == [
        "juries/hearing_moved", "juries/seats_announced",
    ]  # fmt: skip


def test_free_slots_that_no_longer_fit_go_and_auditions_stay(
    promotion: Promotion, project: Project, diane: User
) -> None:
    row = panel(promotion, diane, [juror(promotion, diane)])
    audition = placed(shortlisted(promotion), project, diane, row, rank=2)
    with pytest.raises(BadHours, match="ne tient pas"):
        moved(row, diane, later=timedelta(0), hours=1)
    moved(row, diane, later=timedelta(0), hours=2)
    assert row.slots.count() == 4
    assert audition.slot in row.slots.all()


def test_a_panel_does_not_move_where_somebody_is_elsewhere(
    promotion: Promotion, project: Project, diane: User
) -> None:
    member, person = juror(promotion, diane), shortlisted(promotion)
    row = panel(promotion, diane, [member])
    placed(person, project, diane, row)
    # Two auditions in a row of the same person move together.
    placed(person, published_project(promotion), diane, row)
    moved(row, diane, later=timedelta(minutes=30))
    other = panel(promotion, diane, [juror(promotion, diane)], room="Salle 2", starts=morning(2))
    third = placed(person, published_project(promotion), diane, other)
    with pytest.raises(Clash, match="ailleurs à ces heures"):
        moved(other, diane, later=row.during.lower - other.during.lower)
    third.refresh_from_db()
    assert third.during.lower == morning(2)
    sitting = panel(promotion, diane, [member], room="Salle 3", starts=morning(3))
    with pytest.raises(Clash, match="siège déjà"):
        moved(sitting, diane, later=row.during.lower - sitting.during.lower)


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


def test_the_database_refuses_hours_that_disagree(
    promotion: Promotion, project: Project, diane: User
) -> None:
    member = juror(promotion, diane)
    row = panel(promotion, diane, [juror(promotion, diane)])
    audition = placed(shortlisted(promotion), project, diane, row)
    later = DateTimeTZRange(row.during.lower + timedelta(days=1), row.during.upper + timedelta(days=1))
    with pytest.raises(IntegrityError, match="seats_last_as_their_panel"), transaction.atomic():
        PanelSeat.objects.create(panel=row, juror=member, during=later)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for record, refused in ((row, "within"), (free_slot(row), "within"), (audition, "last_as_their_slot")):
        with pytest.raises(IntegrityError, match=refused), transaction.atomic():
            type(record).objects.filter(pk=record.pk).update(during=later)
    with pytest.raises(IntegrityError, match="never leaves its panel"), transaction.atomic():
        Slot.objects.filter(pk=free_slot(row).pk).update(panel=panel(promotion, diane, room="Salle 2"))


def test_the_database_keeps_the_hours_of_what_was_signed(
    promotion: Promotion, project: Project, diane: User
) -> None:
    member = juror(promotion, diane)
    row = panel(promotion, diane, [member])
    audition = placed(shortlisted(promotion), project, diane, row)
    signed(audition, member)
    longer = DateTimeTZRange(row.during.lower, row.during.upper + timedelta(hours=1))
    for record in (row, audition.slot):
        with pytest.raises(IntegrityError, match="once a card is signed"), transaction.atomic():
            type(record).objects.filter(pk=record.pk).update(during=longer)
    with pytest.raises(actions.StillInUse, match="déjà entendu quelqu’un"):
        moved(row, diane, later=timedelta(minutes=30))
    # Its room may still change.
    moved(row, diane, later=timedelta(0), room="Salle 9")
    assert row.room == "Salle 9"


def test_the_database_knows_one_juror_per_person(promotion: Promotion, diane: User, claire: User) -> None:
    member = juror(promotion, diane, claire)
    with pytest.raises(IntegrityError, match="one_juror_per_promotion"), transaction.atomic():
        Juror.objects.create(
            promotion=promotion, person=member.person, kind="agent", appointed_at=timezone.now()
        )
