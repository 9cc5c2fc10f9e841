"""Computed timetables: what each says, whom it moves, which projects it spreads over several panels."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from eig.french import folded
from eig.juries.queries import half_day_label
from eig.promotions.models import Promotion
from matching.interviews.models import Audition, HalfDay, Juror, Plan
from matching.interviews.queries.answer import WORDS
from matching.interviews.queries.week import rules_of, times_of
from matching.interviews.rules.plan import STAGES, capacity_words, missing_words, moves
from projects.models import Project


@dataclass(frozen=True, slots=True)
class Place:
    half_day: str
    starts: datetime | None
    room: str


@dataclass(frozen=True, slots=True)
class MoveLine:
    audition: Audition
    before: Place | None
    after: Place | None


@dataclass(frozen=True, slots=True)
class PanelLine:
    place: Place
    joining: tuple[str, ...]
    leaving: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    project: Project
    panels: int
    least: int


@dataclass(frozen=True, slots=True)
class PlanView:
    plan: Plan
    stage: str
    wanted: int
    moved: tuple[MoveLine, ...]
    panels: tuple[PanelLine, ...]
    spread: tuple[Spread, ...]
    left: tuple[Audition, ...]
    cause: str


def plans_listed(promotion: Promotion) -> QuerySet[Plan]:
    return (
        Plan.objects.filter(promotion=promotion)
        .select_related("asked_by", "applied_by", "promotion")
        .defer("instance", "result")
        .order_by("-asked_at", "-pk")
    )


class _Reader:
    """From the ids of a question to what they are here."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        days = HalfDay.objects.in_bulk(plan.keys.get("half_days", []))
        rules = rules_of(plan.promotion)
        self.half_days = [days.get(pk) for pk in plan.keys.get("half_days", [])]
        self.times = [times_of(day, plan.promotion, rules) if day else [] for day in self.half_days]
        self.rooms: list[str] = plan.keys.get("rooms", [])
        ids = [int(row["id"][1:]) for row in plan.instance["auditions"]]
        rows = Audition.objects.filter(pk__in=ids).select_related("application__candidate", "project")
        self.auditions = {f"A{row.pk}": row for row in rows.order_by("pk")}
        self.jurors = {
            f"J{row.pk}": str(row)
            for row in Juror.objects.filter(promotion=plan.promotion).select_related("person").order_by("pk")
        }

    def place(self, where: tuple[int, int, int] | None) -> Place | None:
        if where is None:
            return None
        half_day, room, slot = where
        day = self.half_days[half_day]
        times = self.times[half_day]
        return Place(
            half_day_label(day) if day else "",
            times[slot][0] if slot < len(times) else None,
            self.rooms[room],
        )

    def label(self, half_day: int) -> str:
        day = self.half_days[half_day]
        return half_day_label(day) if day else ""


def plan_view(plan: Plan) -> PlanView:
    reader = _Reader(plan)
    result: dict[str, Any] = plan.result or {"schedule": {}, "panels": []}
    current = plan.instance.get("current", {"schedule": {}, "panels": []})
    schedule = result["schedule"]
    found = moves(current["schedule"], schedule) if plan.result else []
    return PlanView(
        plan=plan,
        stage=STAGES.get(plan.stage, ""),
        wanted=len(plan.instance["auditions"]),
        moved=tuple(
            MoveLine(reader.auditions[move.audition], reader.place(move.before), reader.place(move.after))
            for move in found
            if move.audition in reader.auditions
        ),
        panels=tuple(_panel_changes(reader, current["panels"], result["panels"]))
        if current["panels"]
        else (),
        spread=tuple(_spread(reader, schedule)),
        left=tuple(row for name, row in reader.auditions.items() if plan.result and name not in schedule),
        cause=_cause(reader),
    )


def _panel_changes(
    reader: _Reader, before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> list[PanelLine]:
    old = {(row["half_day"], row["room"]): set(row["jurors"]) for row in before}
    new = {(row["half_day"], row["room"]): set(row["jurors"]) for row in after}
    lines = []
    for where in sorted(old.keys() | new.keys()):
        joining, leaving = (
            new.get(where, set()) - old.get(where, set()),
            old.get(where, set()) - new.get(where, set()),
        )
        if joining or leaving:
            lines.append(
                PanelLine(
                    Place(reader.label(where[0]), None, reader.rooms[where[1]]),
                    tuple(sorted(reader.jurors.get(one, one) for one in joining)),
                    tuple(sorted(reader.jurors.get(one, one) for one in leaving)),
                )
            )
    return lines


def _spread(reader: _Reader, schedule: dict[str, dict[str, int]]) -> list[Spread]:
    """Projects heard by more panels than their number of auditions asks for."""
    panels = defaultdict(set)
    sizes: Counter[int] = Counter()
    projects = {}
    for name, place in schedule.items():
        if (audition := reader.auditions.get(name)) is not None:
            panels[audition.project_id].add((place["half_day"], place["room"]))
            sizes[audition.project_id] += 1
            projects[audition.project_id] = audition.project
    slots = max(reader.plan.instance["slots_per_half_day"], default=0) or 1
    lines = [Spread(projects[pk], len(several), -(-sizes[pk] // slots)) for pk, several in panels.items()]
    return sorted(
        (line for line in lines if line.panels > line.least),
        key=lambda line: (-line.panels, folded(line.project.title)),
    )


def _cause(reader: _Reader) -> str:
    """Which type of juror was missing when, as it stood when the question was put."""
    missing: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    slots = reader.plan.instance["slots_per_half_day"]
    for line in reader.plan.cause.splitlines():
        half_day, panels, kind, count = line.split(" ")
        if slots[int(half_day)]:
            missing[int(half_day), int(panels)][kind] = int(count)
    words = {kind.value: word for kind, word in WORDS.items()}
    return capacity_words(
        [
            (reader.label(half_day).capitalize(), panels, len(reader.rooms), missing_words(kinds, words))
            for (half_day, panels), kinds in sorted(missing.items())
        ]
    )
