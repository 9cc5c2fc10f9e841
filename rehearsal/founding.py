"""Found a whole promotion of invented people, whose deeds wait on its timeline, on its own clock."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from django.db import connection

from eig.accounts.models import User
from eig.french import PARIS
from journey.actions.founding import create_promotion
from rehearsal.acts.adjusting import Adjusting
from rehearsal.acts.appointments import Appointments
from rehearsal.acts.auditions import Auditions
from rehearsal.acts.candidates import Candidates
from rehearsal.acts.cohort import Cohort
from rehearsal.acts.front import Front
from rehearsal.acts.hearings import Hearings
from rehearsal.acts.privacy import Privacy
from rehearsal.acts.projects import Projects
from rehearsal.acts.reading import Reading
from rehearsal.acts.reminders import Reminders
from rehearsal.acts.rooms import Rooms
from rehearsal.acts.shortlisting import ApplicationTeam
from rehearsal.acts.teams import Teams
from rehearsal.acts.wishes import Wishes
from rehearsal.acts.writing import Writing
from rehearsal.corpus import SEED, Person, generate_staff
from rehearsal.timeline import Timeline
from rehearsal.world import World, new_person

Tell = Callable[[str, int, int], None]

ANALYSE_EVERY = 250
FOUNDED = date(2022, 1, 3)


def founded_at(shift: timedelta) -> datetime:
    """When the team begins, weeks before the first call."""
    return datetime.combine(FOUNDED, datetime.min.time(), tzinfo=PARIS) + shift


def found_world(*, shift: timedelta, code: str = "eig-6", seed: int = SEED, fewer: int = 0) -> World:
    """The programme team and the promotion, weeks before the first call opens; so many `fewer` to decline."""
    at = founded_at(shift)
    staff = [_member(script.person, at) for script in generate_staff()]
    promotion = create_promotion("eig6", by=staff[0], at=at, code=code, shift=shift, is_rehearsal=True)
    world = World(promotion=promotion, dice=Random(seed), timeline=Timeline(), shift=shift, staff=staff)  # noqa: S311
    world.phases = {phase.kind: phase for phase in promotion.phases.all()}
    projects, candidates = Projects(world), Candidates(world, fewer=fewer)
    for act in (
        Front(world),
        projects,
        Hearings(world, projects),
        candidates,
        Reading(world, candidates),
        Writing(world),
        ApplicationTeam(world, candidates),
        Wishes(world, projects, candidates),
        Adjusting(world, candidates),
        Auditions(world, projects, candidates),
        Appointments(world),
        Rooms(world),
        Teams(world),
        Cohort(world, projects),
        Privacy(world),
        Reminders(world),
    ):
        act.plan()
    return world


def _member(person: Person, at: datetime) -> User:
    return new_person(person.first_name, person.last_name, person.email, at=at, is_staff=True)


def analysing(tell: Tell) -> Tell:
    """Tables grow from nothing in a minute: the planner is told now and then, before autovacuum does."""

    def told(label: str, done: int, left: int) -> None:
        if done % ANALYSE_EVERY == 0:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        tell(label, done, left)

    return told
