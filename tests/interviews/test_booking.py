"""The candidate's part in the timetable: choose a time, move it once in time; reminders, calendars."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.models import Application
from eig.accounts.models import User
from eig.french import dates
from eig.mail.models import Message
from eig.promotions.models import Promotion
from journey.reminders import remind
from matching.interviews import actions
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Booking, Juror, Needs, Panel, Slot
from matching.interviews.queries import compatible_slots, hearings_of, my_audition
from matching.interviews.rules.booking import (
    Moves,
    hour_due,
    last_moment,
    local_time,
    move_obstacle,
    reachable,
)
from projects.models import Project
from tests.factories.interviews import free_slot, juror, morning, panel, placed, planned
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import signed_in


@pytest.fixture
def project(promotion: Promotion) -> Project:
    return published_project(promotion, "Projet Aigle")


@pytest.fixture
def mine(promotion: Promotion, alice: User) -> Application:
    return shortlisted(promotion, alice)


@pytest.fixture
def jurors(promotion: Promotion, diane: User) -> list[Juror]:
    return pair(promotion, diane)


def pair(promotion: Promotion, diane: User) -> list[Juror]:
    """Two jurors: nobody chooses to be heard by one person alone."""
    return [juror(promotion, diane), juror(promotion, diane)]


@pytest.fixture
def table(promotion: Promotion, diane: User, jurors: list[Juror]) -> Panel:
    """In five days, 9:00 to 12:00."""
    return panel(promotion, diane, jurors, starts=morning(5))


@pytest.fixture
def audition(mine: Application, project: Project, diane: User, table: Panel) -> Audition:
    return placed(mine, project, diane, table, told=True)


@pytest.fixture
def unplaced(
    promotion: Promotion, mine: Application, project: Project, diane: User, table: Panel
) -> Audition:
    row = planned(mine, project, diane)
    now = timezone.now()
    actions.invite_to_choose(promotion, until=now + timedelta(days=1), by=diane, at=now)
    return row


def close_choice(row: Audition) -> None:
    Booking.objects.filter(audition=row).update(choose_until=timezone.now() - timedelta(seconds=1))


# --- Choose ------------------------------------------------------------------------------------------


def test_choosing_takes_the_slot_and_tells_by_mail_with_the_calendar(
    unplaced: Audition, table: Panel, alice: User
) -> None:
    slot = free_slot(table, 3)
    actions.choose_slot(unplaced, slot=slot, by=alice)
    unplaced.refresh_from_db()
    assert (unplaced.status, unplaced.slot_id) == (AuditionStatus.PLACED, slot.pk)
    assert unplaced.announced_during == slot.during
    letter = Message.objects.get(kind="interviews/audition_placed")
    assert "METHOD:REQUEST" in letter.calendar
    assert f"UID:audition-{unplaced.code}@" in letter.calendar


def test_after_the_delay_the_team_gives_the_time(
    unplaced: Audition, table: Panel, promotion: Promotion, alice: User, diane: User
) -> None:
    close_choice(unplaced)
    with pytest.raises(actions.NotYours, match="terminé"):
        actions.choose_slot(unplaced, slot=free_slot(table), by=alice)
    assert actions.place_all(promotion, by=diane, at=timezone.now()) == 1


def test_only_slots_that_suit_are_shown(
    unplaced: Audition, mine: Application, promotion: Promotion, table: Panel, diane: User, claire: User
) -> None:
    """Not while heard elsewhere, not before someone who stepped aside, not tomorrow."""
    other = published_project(promotion)
    elsewhere = panel(promotion, diane, pair(promotion, diane), room="Salle 2", starts=morning(5))
    placed(mine, other, diane, elsewhere)
    aside = juror(promotion, diane, claire)
    actions.recuse_juror(aside, application=mine, reason="Ancienne collègue", by=claire, at=timezone.now())
    panel(promotion, diane, [aside, *pair(promotion, diane)], room="Salle 3", starts=morning(6))
    panel(promotion, diane, pair(promotion, diane), room="Salle 4", starts=morning(1))
    found = compatible_slots(unplaced, now=timezone.now())
    assert {slot.panel_id for slot in found} == {table.pk, elsewhere.pk}
    assert all(slot.during.lower != morning(5) for slot in found)


def test_the_jury_that_hears_the_project_comes_first(
    unplaced: Audition, project: Project, promotion: Promotion, table: Panel, diane: User
) -> None:
    panel(promotion, diane, pair(promotion, diane), room="Salle 2", starts=morning(6))
    assert len({slot.panel_id for slot in compatible_slots(unplaced, now=timezone.now())}) == 2
    placed(shortlisted(promotion), project, diane, table)
    assert {slot.panel_id for slot in compatible_slots(unplaced, now=timezone.now())} == {table.pk}


def test_a_slot_just_taken_is_refused_and_the_others_shown(
    unplaced: Audition, table: Panel, promotion: Promotion, alice: User, diane: User
) -> None:
    slot = free_slot(table)
    placed(shortlisted(promotion), published_project(promotion), diane, table)
    where = reverse("interviews:audition_book", args=[unplaced.code])
    response = signed_in(alice).post(where, {"slot": slot.code})
    assert response.status_code == 409
    assert "vient d’être pris" in response.content.decode()
    assert str(slot.code) not in response.content.decode()
    assert signed_in(alice).post(where, {"slot": free_slot(table).code}).status_code == 302
    unplaced.refresh_from_db()
    assert unplaced.status == AuditionStatus.PLACED


# --- Move --------------------------------------------------------------------------------------------


def test_an_audition_moves_once_and_the_old_time_is_free_again(
    audition: Audition, table: Panel, alice: User
) -> None:
    first = audition.slot_id
    actions.move_own_audition(audition, slot=free_slot(table, 2), by=alice)
    assert Slot.objects.filter(pk=first, audition__isnull=True).exists()
    assert (audition.sequence, audition.booking.moves) == (1, 1)
    letter = Message.objects.get(kind="juries/hearing_moved")
    assert "SEQUENCE:1" in letter.calendar
    with pytest.raises(actions.NotYours, match="déjà déplacé"):
        actions.move_own_audition(audition, slot=free_slot(table, 1), by=alice)


def test_the_promotion_says_how_often_and_how_late(
    audition: Audition, table: Panel, promotion: Promotion, alice: User
) -> None:
    Promotion.objects.filter(pk=promotion.pk).update(audition_move_days=6)
    with pytest.raises(actions.NotYours, match="jusqu’à 6 jours avant"):
        actions.move_own_audition(audition, slot=free_slot(table, 2), by=alice)
    Promotion.objects.filter(pk=promotion.pk).update(audition_move_days=2, audition_moves=2)
    actions.move_own_audition(audition, slot=free_slot(table, 2), by=alice)
    actions.move_own_audition(audition, slot=free_slot(table, 2), by=alice)
    assert Booking.objects.get().moves == 2


def test_two_days_before_is_the_same_hour_across_a_change_of_clocks() -> None:
    """Monday at ten, after the night when clocks skip an hour: until Saturday at ten, and not at nine."""
    starts = datetime(2027, 3, 29, 10, 0, tzinfo=dates.PARIS).astimezone(UTC)
    limit = last_moment(starts, notice_days=2)
    assert limit == datetime(2027, 3, 27, 10, 0, tzinfo=dates.PARIS)
    assert reachable(starts, now=limit, notice_days=2)
    assert not reachable(starts, now=limit + timedelta(seconds=1), notice_days=2)


def test_two_days_before_is_the_last_moment() -> None:
    starts = timezone.now()
    moves = Moves(allowed=1, made=0, notice_days=2)
    limit = last_moment(starts, notice_days=2)
    assert move_obstacle(moves, starts=starts, now=limit) == ""
    assert move_obstacle(moves, starts=starts, now=limit + timedelta(seconds=1)) != ""


def test_nobody_moves_the_audition_of_another(audition: Audition, table: Panel, emile: User) -> None:
    where = reverse("interviews:audition_book", args=[audition.code])
    assert signed_in(emile).post(where, {"slot": free_slot(table, 2).code}).status_code == 404


def test_the_page_leads_to_move_until_it_was_used(audition: Audition, table: Panel, alice: User) -> None:
    browser = signed_in(alice)
    detail = reverse("interviews:audition_detail", args=[audition.code])
    assert "Déplacer mon audition" in browser.get(detail).content.decode()
    where = reverse("interviews:audition_book", args=[audition.code])
    browser.post(where, {"slot": free_slot(table, 2).code})
    page = browser.get(detail).content.decode()
    assert "Déplacer mon audition" not in page
    assert "Vous avez déjà déplacé" in page
    assert browser.get(where).status_code == 302


# --- Calendars ---------------------------------------------------------------------------------------


def test_a_cancelled_audition_leaves_the_calendar(audition: Audition, alice: User, diane: User) -> None:
    actions.cancel_audition(audition, reason="Le défi est retiré", by=diane, at=timezone.now())
    letter = Message.objects.get(kind="juries/hearing_cancelled")
    assert "METHOD:CANCEL" in letter.calendar
    text = signed_in(alice).get(reverse("interviews:calendar_download")).content.decode()
    assert f"UID:audition-{audition.code}@" in text
    assert "STATUS:CANCELLED" in text
    assert "SEQUENCE:1" in text


def test_a_draft_time_shows_nowhere(
    unplaced: Audition, table: Panel, alice: User, diane: User, settings: object
) -> None:
    """Placed by the team, not announced: the person knows of the audition, not of the time."""
    actions.place_audition(unplaced, slot=free_slot(table), by=diane, at=timezone.now())
    browser = signed_in(alice)
    for address in (
        reverse("interviews:audition_mine"),
        reverse("interviews:audition_detail", args=[unplaced.code]),
    ):
        page = browser.get(address).content.decode()
        assert dates.hour(table.during.lower) not in page
        assert table.room not in page
    assert "VEVENT" not in browser.get(reverse("interviews:calendar_download")).content.decode()
    mine = my_audition(Audition.objects.get(pk=unplaced.pk), now=timezone.now())
    assert mine.during is None


# --- Reminders ---------------------------------------------------------------------------------------


def reminders() -> list[str]:
    rows = Message.objects.filter(kind="interviews/audition_reminder").order_by("pk")
    return list(rows.values_list("subject", flat=True))


def test_three_days_and_two_hours_before_once_each_however_late_beat_runs(
    audition: Audition, promotion: Promotion
) -> None:
    starts = audition.during.lower
    for before in (timedelta(days=4), timedelta(days=3, minutes=1)):
        remind(promotion, now=starts - before)
    assert reminders() == []
    for before in (timedelta(days=2, hours=20), timedelta(days=2), timedelta(hours=3)):
        remind(promotion, now=starts - before)
    assert len(reminders()) == 1
    for before in (timedelta(minutes=40), timedelta(minutes=5)):
        remind(promotion, now=starts - before)
    assert len(reminders()) == 2
    assert "aujourd’hui" in reminders()[1]
    remind(promotion, now=starts + timedelta(minutes=1))
    assert len(reminders()) == 2


def test_reminders_follow_an_audition_that_moved(
    audition: Audition, table: Panel, promotion: Promotion, alice: User
) -> None:
    first = audition.during.lower
    remind(promotion, now=first - timedelta(days=3))
    assert len(reminders()) == 1
    actions.move_own_audition(audition, slot=free_slot(table, 4), by=alice)
    moved = audition.during.lower
    remind(promotion, now=first - timedelta(minutes=30))
    assert len(reminders()) == 2, "the three-day reminder of the new time"
    remind(promotion, now=moved - timedelta(hours=1))
    assert len(reminders()) == 3


def test_whoever_was_told_after_the_hour_is_not_reminded_of_it() -> None:
    starts = datetime.fromisoformat("2026-06-08T09:00:00+02:00")
    told = starts - timedelta(days=1)
    assert hour_due([72, 2], deadline=starts, now=told + timedelta(hours=1), told_at=told) is None
    assert hour_due([72, 2], deadline=starts, now=starts - timedelta(hours=1), told_at=told) == 2


# --- Needs -------------------------------------------------------------------------------------------


def test_needs_are_told_once_and_shown_at_home_time(
    audition: Audition, mine: Application, alice: User
) -> None:
    browser = signed_in(alice)
    where = reverse("interviews:needs_edit", args=[mine.code])
    bad = browser.post(where, {"phone": "au bureau"})
    assert "Indiquez un numéro de téléphone" in bad.content.decode()
    answer = {
        "interpreter": "sign",
        "access": "Une pause",
        "time_zone": "Indian/Reunion",
        "phone": "06 92 00 11 22",
    }
    assert browser.post(where, answer).status_code == 302
    assert Needs.objects.get().interpreter == "sign"
    page = browser.get(reverse("interviews:audition_detail", args=[audition.code])).content.decode()
    assert "La Réunion" in page
    assert local_time(audition.during.lower, "Indian/Reunion") in page


def test_the_clock_of_the_other_side_says_which_day() -> None:
    morning_in_paris = datetime.fromisoformat("2026-06-08T09:00:00+02:00")
    assert local_time(morning_in_paris, "Indian/Reunion") == "11\u00a0h"
    assert local_time(morning_in_paris, "Pacific/Tahiti") == "21\u00a0h (la veille)"


# --- Why ---------------------------------------------------------------------------------------------


def test_which_projects_hear_me_and_why_says_nothing_of_anyone_else(
    promotion: Promotion, mine: Application, alice: User, diane: User, table: Panel
) -> None:
    wished = [published_project(promotion, f"Projet {name}") for name in "ABC"]
    ranking(mine, wished, certified=True)
    rival = shortlisted(promotion, score=999)
    ranking(rival, wished, certified=True)
    placed(mine, wished[1], diane, table, told=True)
    placed(rival, wished[0], diane, table, rank=1)
    found = hearings_of(alice, now=timezone.now())
    assert [item.why for item in found.auditions] == [
        "Ce défi est votre 2e vœu, et il recherche l’un de vos métiers."
    ]
    assert [item.choice.project for item in found.unheard] == [wished[0], wished[2]]
    page = signed_in(alice).get(reverse("interviews:audition_mine")).content.decode()
    assert "Cela ne dit rien de la qualité" in page
    assert rival.candidate.last_name not in page
    assert "999" not in page
