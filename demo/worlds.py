"""Ready-made worlds, one per phase, by the real actions; around today, on the real clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from demo.history import add_history
from demo.next_call import add_next_promotion
from eig.french import PARIS
from rehearsal.corpus import SEED
from rehearsal.founding import analysing, found_world, founded_at
from rehearsal.world import World

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


def shift_to(phase: str, today: date) -> timedelta:
    """Whole weeks that bring a phase's week around today: weekdays stay what they were."""
    start = WEEKS[phase]
    target = start + timedelta(days=(today.weekday() - start.weekday()) % 7)
    return today - target


@dataclass(frozen=True, slots=True)
class Built:
    world: World
    events: int


def build(phase: str, *, now: datetime, tell: Tell, seed: int = SEED) -> Built:
    """A world at `phase`, with dates around today; afterwards its clock is the real one."""
    with connection.cursor() as cursor:
        # Thousands of small commits of invented data: the last one waits for the disk, not each of them.
        cursor.execute("SET synchronous_commit = off")
    world = found_world(shift=shift_to(phase, now.astimezone(PARIS).date()), seed=seed)
    add_history(by=world.lead, at=founded_at(world.shift))
    world.timeline.run(until=now, clock=world.set_clock, tell=analysing(tell))
    world.set_clock(None)
    if phase != "calls":
        add_next_promotion(shift=shift_to("calls", now.astimezone(PARIS).date()), staff=world.staff, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    return Built(world, world.timeline.done)
