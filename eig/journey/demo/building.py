"""Build the demonstration up to a phase, by the real actions, on the promotion's own clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.db import connection

from eig.accounts.models import User
from eig.journey.demo.act_1_projects import Projects
from eig.journey.demo.act_1a_front import Front
from eig.journey.demo.act_1b_hearings import Hearings
from eig.journey.demo.act_1c_writing import Writing
from eig.journey.demo.act_2_candidates import Candidates
from eig.journey.demo.act_2d_reading import Reading
from eig.journey.demo.act_2e_team import ApplicationTeam
from eig.journey.demo.act_2f_privacy import Privacy
from eig.journey.demo.act_3_ranking import Wishes
from eig.journey.demo.act_3b_adjusting import Adjusting
from eig.journey.demo.act_4_auditions import Auditions
from eig.journey.demo.act_4b_appointments import Appointments
from eig.journey.demo.act_4c_rooms import Rooms
from eig.journey.demo.act_5_teams import Teams
from eig.journey.demo.act_6_cohort import Cohort
from eig.journey.demo.corpus import SEED, Person, generate_staff
from eig.journey.demo.history import add_history
from eig.journey.demo.next_call import add_next_promotion
from eig.journey.demo.reminding import Reminders
from eig.journey.demo.timeline import Timeline
from eig.journey.demo.world import World, new_person
from eig.journey.setup import PARIS, create_promotion

Tell = Callable[[str, int, int], None]

# The week of EIG 6's calendar that each ready-made world shows: today falls in it, on the same weekday.
WEEKS = {
    "calls": date(2022, 3, 10),
    "preselection": date(2022, 4, 25),
    "ranking": date(2022, 5, 9),
    "auditions": date(2022, 6, 7),
    "teams": date(2022, 7, 18),
    "cohort": date(2022, 10, 31),
}
PHASES = tuple(WEEKS)
ANALYSE_EVERY = 250
FOUNDED = date(2022, 1, 3)


def shift_to(phase: str, today: date) -> timedelta:
    """Whole weeks that bring a phase's week around today: weekdays stay what they were."""
    start = WEEKS[phase]
    target = start + timedelta(days=(today.weekday() - start.weekday()) % 7)
    return today - target


@dataclass(frozen=True, slots=True)
class Built:
    world: World
    events: int


def found_world(*, shift: timedelta, code: str = "eig-6", seed: int = SEED) -> World:
    """The programme team and the promotion, weeks before the first call opens."""
    at = datetime.combine(FOUNDED, datetime.min.time(), tzinfo=PARIS) + shift
    staff = [_member(script.person, at) for script in generate_staff()]
    add_history(by=staff[0], at=at)
    promotion = create_promotion("eig6", by=staff[0], at=at, code=code, shift=shift, is_rehearsal=True)
    world = World(promotion=promotion, dice=Random(seed), timeline=Timeline(), shift=shift, staff=staff)  # noqa: S311
    world.phases = {phase.kind: phase for phase in promotion.phases.all()}
    projects, candidates = Projects(world), Candidates(world)
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


def build(phase: str, *, now: datetime, tell: Tell, seed: int = SEED) -> Built:
    """A world at `phase`, with dates around today; afterwards its clock is the real one."""
    with connection.cursor() as cursor:
        # Thousands of small commits of invented data: the last one waits for the disk, not each of them.
        cursor.execute("SET synchronous_commit = off")
    world = found_world(shift=shift_to(phase, now.astimezone(PARIS).date()), seed=seed)
    world.timeline.run(until=now, clock=world.set_clock, tell=analysing(tell))
    world.set_clock(None)
    if phase != "calls":
        add_next_promotion(shift=shift_to("calls", now.astimezone(PARIS).date()), staff=world.staff, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    return Built(world, world.timeline.done)
