"""From a proposal to a plan, and from a plan to letters."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from eig.accounts.models import User
from eig.french.dates import at_hour
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion
from projects.actions.jury import create_group, place_hearing, seat_juror
from projects.emails import hearing as letters
from projects.models import Hearing, HearingGroup, HearingJuror, HearingSeat, Project
from projects.queries.hearing import (
    is_untold,
    juror_ties,
    minutes_of,
    project_jurors,
    projects_to_hear,
    sizes_of,
    to_tell,
    told_of,
)
from projects.rules.hearing import Place, Plan, ProposedJury, Seatable, hearing_times, propose

MORNING, AFTERNOON = time(9), time(14)


@dataclass(frozen=True, slots=True)
class ShownJury:
    """A proposed jury, with names and hours, for people to read before they agree."""

    name: str
    room: str
    starts: datetime
    ends: datetime
    members: Sequence[HearingJuror]
    referent: HearingJuror
    passes: Sequence[tuple[datetime, datetime, Project]]
    explanation: str


@dataclass(frozen=True, slots=True)
class Proposal:
    juries: Sequence[ShownJury]
    unplaced: Sequence[tuple[Project, str]]

    @property
    def placed(self) -> int:
        return sum(len(jury.passes) for jury in self.juries)

    @property
    def members(self) -> int:
        return len({juror.pk for jury in self.juries for juror in jury.members})


def half_day_starts(code: str) -> datetime:
    """« 2022-03-30-am » → nine o'clock in Paris; « pm » → two."""
    day, _, half = code.rpartition("-")
    moment = MORNING if half == "am" else AFTERNOON
    return at_hour(datetime.fromisoformat(day).date(), moment)


def propose_plan(
    promotion: Promotion,
    *,
    half_days: Collection[str],
    rooms: Collection[str],
    projects: Collection[int] | None = None,
) -> Proposal:
    """What the rule proposes for the projects not heard yet (or those of `projects`); nothing is written.

    A juror already seated on a half-day is not available then, nor a room already taken.
    """
    waiting = [row for row in projects_to_hear(promotion) if projects is None or row.pk in projects]
    jurors = list(project_jurors(promotion))
    taken, busy = _taken(promotion)
    ties = juror_ties(jurors, waiting)
    plan = propose(
        [project.pk for project in waiting],
        [Seatable(juror.pk, juror.kind, {*juror.absences, *busy.get(juror.pk, ())}) for juror in jurors],
        [Place(room, day) for day in half_days for room in rooms if (room, day) not in taken],
        sizes=sizes_of(promotion),
        barred=set(ties),
    )
    return _shown(promotion, plan, waiting, jurors, ties)


def _taken(promotion: Promotion) -> tuple[set[tuple[str, str]], dict[int, set[str]]]:
    from_groups: set[tuple[str, str]] = set()
    busy: dict[int, set[str]] = {}

    for group in HearingGroup.objects.filter(promotion=promotion).prefetch_related("seats").order_by("pk"):
        local = localtime(group.during.lower)
        day = f"{local:%Y-%m-%d}-{'am' if local.hour < 13 else 'pm'}"
        from_groups.add((group.room, day))
        for seat in group.seats.all():
            busy.setdefault(seat.juror_id, set()).add(day)
    return from_groups, busy


def _shown(
    promotion: Promotion,
    plan: Plan,
    waiting: Sequence[Project],
    jurors: Sequence[HearingJuror],
    ties: Mapping[tuple[int, int], str],
) -> Proposal:
    by_pk = {project.pk: project for project in waiting}
    people = {juror.pk: juror for juror in jurors}
    minutes = minutes_of(promotion)
    first = HearingGroup.objects.filter(promotion=promotion).count()
    shown = []
    for rank, jury in enumerate(plan.juries, start=first + 1):
        starts = half_day_starts(jury.place.half_day)
        times = hearing_times(starts, minutes=minutes, count=len(jury.projects))
        assert jury.referent is not None
        shown.append(
            ShownJury(
                name=f"Jury {rank}",
                room=jury.place.room,
                starts=starts,
                ends=times[-1][1],
                members=[people[pk] for pk in jury.jurors],
                referent=people[jury.referent],
                passes=[(*hours, by_pk[pk]) for hours, pk in zip(times, jury.projects, strict=True)],
                explanation=_explained(jury, people, ties),
            )
        )
    return Proposal(shown, [(by_pk[pk], why) for pk, why in plan.unplaced.items()])


def _explained(
    jury: ProposedJury, people: Mapping[int, HearingJuror], ties: Mapping[tuple[int, int], str]
) -> str:
    """Why this jury is so: its mix, and the people kept away from its projects."""
    mix: dict[str, int] = {}
    for pk in jury.jurors:
        label = people[pk].get_kind_display()
        mix[label] = mix.get(label, 0) + 1
    words = [f"{len(jury.jurors)} membres : " + ", ".join(f"{label} {count}" for label, count in mix.items())]
    kept_away = sorted({str(people[juror]) for juror, project in ties if project in jury.projects})
    if kept_away:
        words.append(f"tenu·es à l’écart de ces projets : {', '.join(kept_away)}")
    else:
        words.append("aucun lien connu avec ces projets")
    return " ; ".join(words) + "."


@transaction.atomic
def apply_plan(promotion: Promotion, *, proposal: Proposal, by: User | None, at: datetime) -> int:
    """Write a proposal down: juries, seats, hearings; nobody is told yet.

    Raises HearingClash, NotOnPlan, NotSeated.
    """
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    for jury in proposal.juries:
        group = create_group(
            promotion,
            name=jury.name,
            room=jury.room,
            # A jury keeps the room half an hour more, for its general opinion.
            starts=jury.starts,
            ends=jury.ends + timedelta(minutes=30),
            by=by,
            at=at,
            explanation=jury.explanation,
        )
        for juror in jury.members:
            seat_juror(group, juror=juror, by=by, at=at, referent=juror.pk == jury.referent.pk)
        for starts, _, project in jury.passes:
            place_hearing(project, group=group, starts=starts, by=by, at=at)
    count = len(proposal.juries)
    journal("apply_hearing_plan", promotion, by=by, at=at, promotion_id=promotion.pk, juries=count)
    return count


def _tell_hearings(hearings: Iterable[Hearing], *, at: datetime) -> int:
    count = 0
    for item in hearings:
        first = item.told_at is None
        item.told, item.told_at = told_of(item), at
        item.sequence += not first
        Hearing.objects.filter(pk=item.pk).update(told=item.told, told_at=at, sequence=item.sequence)
        letter = letters.hearing_planned if first else letters.hearing_moved
        letter(item, at=at)
        count += 1
    return count


def _tell_seats(seats: Iterable[HearingSeat], *, at: datetime) -> int:
    count = 0
    for seat in seats:
        first = seat.told_at is None
        seat.told, seat.told_at = told_of(seat), at
        seat.sequence += not first
        HearingSeat.objects.filter(pk=seat.pk).update(told=seat.told, told_at=at, sequence=seat.sequence)
        letter = letters.jury_invited if first else letters.jury_moved
        letter(seat, at=at)
        count += 1
    return count


@transaction.atomic
def announce_hearings(promotion: Promotion, *, by: User | None, at: datetime) -> tuple[int, int]:
    """Write to everyone whose place or hour is new or has changed; returns (projects, jurors) told.

    A change raises the event's SEQUENCE, so that calendars move it.
    """
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    due = to_tell(promotion)
    locked_hearings = Hearing.objects.select_for_update(of=("self",)).filter(
        pk__in=[item.pk for item in due.hearings]
    )
    locked_seats = HearingSeat.objects.select_for_update(of=("self",)).filter(
        pk__in=[seat.pk for seat in due.seats]
    )
    hearings = locked_hearings.select_related("group__promotion", "project__promotion").order_by("pk")
    seats = locked_seats.select_related("group__promotion", "juror__person").order_by("pk")
    told = (
        _tell_hearings((item for item in hearings if is_untold(item)), at=at),
        _tell_seats((seat for seat in seats if is_untold(seat)), at=at),
    )
    if any(told):
        journal(
            "announce_hearings",
            promotion,
            by=by,
            at=at,
            promotion_id=promotion.pk,
            projects=told[0],
            jurors=told[1],
        )
    return told
