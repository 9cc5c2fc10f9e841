"""The week as a question to the planner: half-days, who may come when, what must stay apart."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.timezone import localtime

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.juries import queries as juries
from eig.juries.choices import JurorKind
from eig.juries.rules import conflict_hints
from eig.meetings.rules import Interval, slot_times
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus, InvitationStatus
from matching.interviews.models import (
    Audition,
    AuditionRules,
    Availability,
    HalfDay,
    Juror,
    JuryInvitation,
    Panel,
    Tie,
)
from matching.interviews.queries.juror import candidate_as_judged, juror_as_judge, recused_pairs

COMING = (InvitationStatus.ACCEPTED, InvitationStatus.LIGHTER)
half_days_of = partial(juries.half_days_of, HalfDay)


@dataclass(frozen=True, slots=True)
class WeekQuestion:
    """A `timetable` instance, and what its half-days and rooms are here; ids are primary keys in words."""

    instance: dict[str, Any]
    keys: dict[str, Any]


def rules_of(promotion: Promotion) -> AuditionRules:
    """Those of the promotion, or the usual ones, unsaved."""
    found = AuditionRules.objects.filter(promotion=promotion).first()
    return found or AuditionRules(promotion=promotion)


def seat_type(kind: str, panel: Collection[str]) -> str:
    """The type a juror counts for: former members sit as outside persons where no seat is theirs."""
    if kind == JurorKind.ALUMNI and JurorKind.ALUMNI not in panel:
        return JurorKind.OUTSIDE
    return kind


def times_of(half_day: HalfDay, promotion: Promotion, rules: AuditionRules) -> list[Interval]:
    return slot_times(
        half_day.during.lower,
        half_day.during.upper,
        minutes=promotion.audition_minutes,
        pause=rules.pause_minutes,
    )


def auditions_of_week(promotion: Promotion) -> list[Audition]:
    """Those to place or already placed, of people still in the running; in a stable order."""
    return list(
        Audition.objects.filter(
            promotion=promotion,
            status__in=[AuditionStatus.PLANNED, AuditionStatus.PLACED],
            application__status=ApplicationStatus.SHORTLISTED,
        )
        .select_related("application__candidate", "project", "slot__panel")
        .order_by("pk")
    )


def week_question(promotion: Promotion, *, now: datetime, keep: bool) -> WeekQuestion:
    """The question for the planner. With `keep`, what is placed is what people were told: few should move.

    Half-days begun by `now` are over; panels outside the half-days stay, and keep their people busy.
    """
    rules, half_days = rules_of(promotion), half_days_of(promotion)
    index = {
        (day.during.lower, day.during.upper): number
        for number, day in enumerate(half_days)
        if day.during.lower > now
    }
    rooms = list(rules.rooms)
    auditions = auditions_of_week(promotion)
    panels = list(
        Panel.objects.filter(promotion=promotion).prefetch_related("seats__juror").order_by("during", "pk")
    )
    where = {
        panel.pk: (index[panel.during.lower, panel.during.upper], rooms.index(panel.room))
        for panel in panels
        if (panel.during.lower, panel.during.upper) in index and panel.room in rooms
    }
    outside = [panel for panel in panels if panel.pk not in where]
    slots = [times_of(day, promotion, rules) if day.during.lower > now else [] for day in half_days]
    placed = {
        audition.pk: audition
        for audition in auditions
        if audition.slot is not None and audition.slot.panel_id in where
    }
    loose = [one for one in auditions if one.slot is None or one.pk in placed]
    schedule = {
        f"A{pk}": place
        for pk, audition in placed.items()
        if (place := _place(audition, where=where, slots=slots)) is not None
    }
    told = {
        panel.pk: {
            "half_day": where[panel.pk][0],
            "room": where[panel.pk][1],
            "jurors": sorted(f"J{seat.juror_id}" for seat in panel.seats.all()),
        }
        for panel in panels
        if panel.pk in where
    }
    locked_panels = {panel.pk for panel in panels if panel.locked_at and panel.pk in where}
    pinned = {
        f"A{pk}": schedule[f"A{pk}"]
        for pk, audition in placed.items()
        if f"A{pk}" in schedule
        and (audition.locked_at or (audition.slot is not None and audition.slot.panel_id in locked_panels))
    }
    used = {(place["half_day"], place["room"]) for place in pinned.values()}
    instance: dict[str, Any] = {
        "schema": "eig-matching/1",
        "id": f"{promotion.code}:auditions",
        "kind": "timetable",
        "half_days": len(half_days),
        "slots_per_half_day": [len(times) for times in slots],
        "days": _days(half_days),
        "rooms": len(rooms),
        "auditions": [
            {
                "id": f"A{one.pk}",
                "candidate": f"C{one.application_id}",
                "project": f"P{one.project_id}",
                "rank": 1 if one.round != "second" else 2,
            }
            for one in loose
        ],
        "candidate_available": _candidates_free(loose, outside, auditions, half_days, now=now),
        "jurors": _jurors(promotion, rules, half_days, outside, now=now),
        "conflicts": _conflicts(promotion, {one.application_id: one.application for one in loose}.values()),
        "panel": dict(sorted(rules.panel.items())),
        "pinned": {
            "schedule": pinned,
            "panels": [told[pk] for pk in sorted(locked_panels) if _seat(told[pk]) in used],
        },
    }
    if keep:
        heard = {(place["half_day"], place["room"]) for place in schedule.values()}
        instance["current"] = {
            "schedule": schedule,
            "panels": [row for row in told.values() if _seat(row) in heard],
        }
    return WeekQuestion(instance, {"half_days": [day.pk for day in half_days], "rooms": rooms})


def _seat(row: dict[str, Any]) -> tuple[int, int]:
    return row["half_day"], row["room"]


def _place(
    audition: Audition, *, where: dict[int, tuple[int, int]], slots: Sequence[Sequence[Interval]]
) -> dict[str, int] | None:
    """None for a slot outside the usual times, cut by hand."""
    if audition.slot is None or audition.during is None:
        return None
    half_day, room = where[audition.slot.panel_id]
    times = [starts for starts, _ in slots[half_day]]
    if audition.during.lower not in times:
        return None
    return {"half_day": half_day, "room": room, "slot": times.index(audition.during.lower)}


def _days(half_days: Sequence[HalfDay]) -> list[int]:
    dates = sorted({localtime(day.during.lower).date() for day in half_days})
    return [dates.index(localtime(day.during.lower).date()) for day in half_days]


def _overlaps(day: HalfDay, times: Iterable[Interval]) -> bool:
    return any(day.during.lower < ends and starts < day.during.upper for starts, ends in times)


def _candidates_free(
    loose: Sequence[Audition],
    outside: Sequence[Panel],
    auditions: Sequence[Audition],
    half_days: Sequence[HalfDay],
    *,
    now: datetime,
) -> dict[str, list[int]]:
    fixed = {panel.pk for panel in outside}
    busy: dict[int, list[Interval]] = defaultdict(list)
    for one in auditions:
        if one.slot is not None and one.slot.panel_id in fixed and one.during is not None:
            busy[one.application_id].append((one.during.lower, one.during.upper))
    return {
        f"C{pk}": [
            number
            for number, day in enumerate(half_days)
            if day.during.lower > now and not _overlaps(day, busy[pk])
        ]
        for pk in sorted({one.application_id for one in loose})
    }


def _jurors(
    promotion: Promotion,
    rules: AuditionRules,
    half_days: Sequence[HalfDay],
    outside: Sequence[Panel],
    *,
    now: datetime,
) -> list[dict[str, Any]]:
    """Those who answered that they come; what they already sat counts in what they agreed to."""
    free: dict[int, set[int]] = defaultdict(set)
    rows = Availability.objects.filter(juror__promotion=promotion).order_by("pk")
    for juror, half_day in rows.values_list("juror_id", "half_day_id"):
        free[juror].add(half_day)
    busy: dict[int, list[Interval]] = defaultdict(list)
    for panel in outside:
        for seat in panel.seats.all():
            busy[seat.juror_id].append((panel.during.lower, panel.during.upper))
    answers = (
        JuryInvitation.objects.filter(juror__promotion=promotion, status__in=COMING)
        .select_related("juror")
        .order_by("juror_id")
    )
    return [
        {
            "id": f"J{answer.juror_id}",
            "type": seat_type(answer.juror.kind, rules.panel),
            "available": [
                number
                for number, day in enumerate(half_days)
                if day.pk in free[answer.juror_id]
                and day.during.lower > now
                and not _overlaps(day, busy[answer.juror_id])
            ],
            "max_half_days": max(0, answer.most_half_days - len(busy[answer.juror_id])),
        }
        for answer in answers
    ]


def _conflicts(promotion: Promotion, applications: Iterable[Application]) -> list[list[str]]:
    """Recusals and declared ties; and the signs of a link, which the planner avoids without a word."""
    people = list(applications)
    jurors = list(Juror.objects.filter(promotion=promotion).select_related("person").order_by("pk"))
    aside = recused_pairs(people=[one.person_id for one in jurors], applications=[one.pk for one in people])
    written = {one.pk: candidate_as_judged(one) for one in people}
    seated = {juror.pk: juror_as_judge(juror) for juror in jurors}
    apart = [
        [f"J{juror.pk}", "candidate", f"C{one.pk}"]
        for juror in jurors
        for one in people
        if (juror.person_id, one.pk) in aside or conflict_hints(seated[juror.pk], written[one.pk])
    ]
    ties = Tie.objects.filter(juror__promotion=promotion).order_by("pk").values_list("juror_id", "project_id")
    return sorted(apart + [[f"J{juror}", "project", f"P{project}"] for juror, project in ties])
