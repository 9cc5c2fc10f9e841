"""From a proposal to a plan, and from a plan to letters."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from eig.accounts.models import User
from eig.french import folded
from eig.journal.actions import record as journal
from eig.juries.actions import announce, tell_jurors
from eig.juries.queries import is_untold
from eig.promotions.models import Promotion
from projects.actions.jury import TABLE, create_group, place_hearing, seat_juror
from projects.emails import hearing as letters
from projects.models import HearingGroup, HearingHalfDay, HearingJuror, Project
from projects.queries.hearing import (
    hearings_to_come,
    is_away,
    juror_ties,
    minutes_of,
    project_jurors,
    projects_to_hear,
    seats_to_come,
    sizes_of,
)
from projects.rules.hearing import Place, Plan, ProposedJury, Seatable, propose

# Code of a half-day, in the order of the hours → the half-day.
Days = Mapping[str, HearingHalfDay]


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


def propose_plan(
    promotion: Promotion,
    *,
    half_days: Collection[HearingHalfDay],
    rooms: Collection[str],
    projects: Collection[int] | None = None,
) -> Proposal:
    """What the rule proposes for the projects not heard yet (or those of `projects`); nothing is written.

    A juror already seated on a half-day is not available then, nor a room already taken; a jury hears no
    more projects than the shortest half-day holds.
    """
    waiting = [row for row in projects_to_hear(promotion) if projects is None or row.pk in projects]
    jurors = list(project_jurors(promotion))
    days = {f"{day.during.lower:%Y-%m-%d %H:%M}": day for day in half_days}
    taken, busy = _taken(promotion, days)
    ties = juror_ties(jurors, waiting)
    sizes, minutes = sizes_of(promotion), minutes_of(promotion)
    most = [len(minutes.times(day.during.lower, day.during.upper)) for day in half_days]
    plan = propose(
        [project.pk for project in waiting],
        [Seatable(juror.pk, juror.kind, {*_away(juror, days), *busy.get(juror.pk, ())}) for juror in jurors],
        [Place(room, day) for day in days for room in rooms if (room, day) not in taken],
        sizes=replace(sizes, projects_max=max(1, min([sizes.projects_max, *most]))),
        barred=set(ties),
    )
    return _shown(promotion, plan, days, waiting, jurors, ties)


def _away(juror: HearingJuror, days: Days) -> list[str]:
    return [code for code, day in days.items() if is_away(juror, day.during)]


def _taken(promotion: Promotion, days: Days) -> tuple[set[tuple[str, str]], dict[int, set[str]]]:
    from_groups: set[tuple[str, str]] = set()
    busy: dict[int, set[str]] = {}
    for code, day in days.items():
        groups = HearingGroup.objects.filter(promotion=promotion, during__overlap=day.during)
        for group in groups.prefetch_related("seats").order_by("pk"):
            from_groups.add((group.room, code))
            for seat in group.seats.all():
                busy.setdefault(seat.juror_id, set()).add(code)
    return from_groups, busy


def _shown(
    promotion: Promotion,
    plan: Plan,
    days: Days,
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
        during = days[jury.place.half_day].during
        times = minutes.times(during.lower, during.upper)[: len(jury.projects)]
        assert jury.referent is not None
        shown.append(
            ShownJury(
                name=f"Jury {rank}",
                room=jury.place.room,
                starts=during.lower,
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
    tied = {str(people[juror]) for juror, project in ties if project in jury.projects}
    kept_away = sorted(tied, key=folded)
    if kept_away:
        words.append(f"tenu·es à l’écart de ces projets : {', '.join(kept_away)}")
    else:
        words.append("aucun lien connu avec ces projets")
    return " ; ".join(words) + "."


@transaction.atomic
def apply_plan(promotion: Promotion, *, proposal: Proposal, by: User | None, at: datetime) -> int:
    """Write a proposal down: juries, seats, hearings; nobody is told yet.

    Raises Clash, NotOnPlan, NotSeated.
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


@transaction.atomic
def announce_hearings(promotion: Promotion, *, by: User | None, at: datetime) -> tuple[int, int]:
    """Write to everyone whose place or hour is new or has changed; returns (projects, jurors) told."""
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    hearings = hearings_to_come(promotion, at=at).select_for_update(of=("self",))
    due = [row for row in hearings if is_untold(row, row.group)]
    for hearing in due:
        tell = letters.hearing_moved if announce(hearing, hearing.group, at=at) else letters.hearing_planned
        tell(hearing, at=at)
    told = len(due), tell_jurors(TABLE, promotion, seats=seats_to_come(promotion, at=at), at=at)
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
