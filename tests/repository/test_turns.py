"""What is never in two places at once is given by one writer at a time; the second reads who is there."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from eig.juries.actions import Clash, NotSeated
from eig.promotions.models import Promotion
from projects.actions.jury import NotOnPlan, seat_juror
from projects.models import HearingGroup, HearingSeat
from tests.factories import hearings as make
from tests.factories import projects as projects_make
from tests.together import second_while_first


@pytest.mark.django_db
def test_every_constraint_that_two_writers_can_meet_has_its_turn() -> None:
    """Lacking one? A migration of its app: RunSQL("SELECT one_at_a_time('<label>')")."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, left('turn_' || conname, 63) FROM pg_constraint"
            " WHERE contype = 'x'"
        )
        walls = set(cursor.fetchall())
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgfoid = 'take_turn'::regproc"
        )
        turns = set(cursor.fetchall())
    assert len(walls) >= 11
    assert walls == turns


def hour(number: int) -> datetime:
    return timezone.now().replace(hour=number, minute=0, second=0, microsecond=0) + timedelta(days=1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("starts", "refused"), [(9, NotSeated), (14, type(None))])
def test_a_juror_given_to_two_juries_at_once(
    promotion_committed: Promotion, starts: int, refused: type
) -> None:
    """The second waits, be they other hours, and is told no only when the hours meet."""
    juror = make.juror(promotion_committed)
    first = make.group(promotion_committed, starts=hour(9))
    second = make.group(promotion_committed, starts=hour(starts))

    def seat(group: HearingGroup) -> None:
        seat_juror(group, juror=juror, by=None, at=timezone.now())

    assert isinstance(second_while_first(lambda: seat(first), lambda: seat(second)), refused)
    assert HearingSeat.objects.count() == (1 if refused is NotSeated else 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("starts", "refused"), [(9, Clash), (14, type(None))])
def test_a_room_given_to_two_juries_at_once(
    promotion_committed: Promotion, starts: int, refused: type
) -> None:
    def take(number: int) -> None:
        make.group(promotion_committed, room="Salle Vénus", starts=hour(number))

    assert isinstance(second_while_first(lambda: take(9), lambda: take(starts)), refused)


@pytest.mark.django_db(transaction=True)
def test_a_lead_is_not_seated_where_their_project_is_being_placed(promotion_committed: Promotion) -> None:
    project = projects_make.eligible(promotion_committed)
    lead = make.juror(promotion_committed, who=project.leads.get().person)
    jury = make.group(promotion_committed)
    placed = second_while_first(
        lambda: make.hearing(project, of=jury),
        lambda: seat_juror(jury, juror=lead, by=None, at=timezone.now()),
    )
    assert isinstance(placed, NotOnPlan)
    assert not jury.seats.exists()
