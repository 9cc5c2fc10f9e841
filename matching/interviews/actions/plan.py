"""Ask for a timetable, stop it, read it, apply it: panels, seats, slots and auditions in one transaction."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.juries.actions import tell_jurors
from eig.juries.choices import JurorKind
from eig.lifecycle import broken, move
from eig.promotions.models import Promotion
from matching.interviews.actions.card import audition_grid, take_back_cards
from matching.interviews.actions.lock import hold_audition, hold_panels, hold_people
from matching.interviews.actions.panel import TABLE, seat_juror, unseat_juror
from matching.interviews.actions.slot import place_found, unplace_audition
from matching.interviews.choices import AuditionStatus, PlanKind, PlanStatus
from matching.interviews.models import Audition, HalfDay, Juror, Panel, PanelSeat, Plan, Slot
from matching.interviews.queries.week import rules_of, times_of, week_question
from matching.interviews.timetable.bound import placement_bound, shortages
from matching.interviews.timetable.instance import read_timetable
from matching.stable.canonical import fingerprint

# Who keeps the time, first found.
REFERENTS = (JurorKind.DINUM, JurorKind.AGENT, JurorKind.ALUMNI, JurorKind.OUTSIDE)


class NothingToPlan(Exception):
    """No half-day, no room, no juror who comes, or nobody to hear."""


class UnderWay(Exception):
    """Another timetable is being computed."""


class PlanOutdated(Exception):
    """What the timetable was computed from has changed since."""


@transaction.atomic
def ask_plan(promotion: Promotion, *, kind: PlanKind | str, by: User, at: datetime, reason: str = "") -> Plan:
    """Queue the computation of a timetable from the week as it is now. Raises NothingToPlan, UnderWay."""
    question = week_question(promotion, now=at, keep=kind == PlanKind.REPLAN)
    instance = question.instance
    if not instance["auditions"]:
        raise NothingToPlan("Aucune audition n’est à placer : répartissez d’abord les auditions.")
    if not any(instance["slots_per_half_day"]) or not instance["rooms"]:
        raise NothingToPlan("Définissez d’abord les demi-journées à venir et les salles.")
    if not any(juror["available"] for juror in instance["jurors"]):
        raise NothingToPlan("Aucun juré n’a encore donné de disponibilité.")
    week = read_timetable(instance)
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                promotion=promotion,
                kind=kind,
                reason=reason.strip()[:200],
                instance=instance,
                instance_sha256=fingerprint(instance),
                keys=question.keys,
                parameters={"ortools": version("ortools")},
                bound=placement_bound(week),
                cause="\n".join(
                    f"{short.half_day} {short.panels} {kind} {count}"
                    for short in shortages(week)
                    for kind, count in short.missing.items()
                ),
                asked_by=by,
                asked_at=at,
            )
    except IntegrityError as error:
        if broken(error) != "one_timetable_under_way":
            raise
        raise UnderWay("Un emploi du temps est déjà en cours de calcul.") from error
    journal("ask_plan", plan, by=by, at=at, kind=str(kind))
    return plan


@transaction.atomic
def cancel_plan(plan: Plan, *, by: User, at: datetime) -> None:
    """Stop a computation: at once while it waits, within seconds when a worker is at it."""
    held = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if held.status == PlanStatus.QUEUED:
        move(held, PlanStatus.CANCELLED, by=by, at=at, finished_at=at, cancel_asked_at=at)
    elif held.status == PlanStatus.RUNNING and held.cancel_asked_at is None:
        Plan.objects.filter(pk=held.pk).update(cancel_asked_at=at)
        journal("cancel_plan", held, by=by, at=at)


@transaction.atomic
def discard_plan(plan: Plan, *, by: User, at: datetime) -> None:
    move(Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk), PlanStatus.DISCARDED, by=by, at=at)


@transaction.atomic
def apply_plan(plan: Plan, *, by: User, at: datetime) -> int:
    """Write a timetable that was read: all of it or nothing; returns how many auditions changed place.

    People who knew of a time are told the new one, jurors who knew of theirs too. Raises PlanOutdated when
    anything it was computed from has changed, IllegalMove.
    """
    Promotion.objects.select_for_update(no_key=True).get(pk=plan.promotion_id)
    held = Plan.objects.select_for_update(of=("self",)).select_related("promotion").get(pk=plan.pk)
    panels = hold_panels(Panel.objects.filter(promotion=held.promotion).values_list("pk", flat=True))
    hold_people(Juror.objects.filter(promotion=held.promotion).values_list("person_id", flat=True))
    question = week_question(held.promotion, now=at, keep=held.kind == PlanKind.REPLAN)
    if held.status == PlanStatus.READY and fingerprint(question.instance) != held.instance_sha256:
        raise PlanOutdated(
            "Depuis ce calcul, une disponibilité, un déport, une audition ou une règle a changé. "
            "Relancez le calcul."
        )
    move(held, PlanStatus.APPLIED, by=by, at=at, applied_at=at, applied_by=by)
    moved = _Writer(held, panels, by=by, at=at).write()
    plan.status = held.status
    return moved


class _Writer:
    """From what stands to what the plan says, changing only what differs."""

    def __init__(self, plan: Plan, panels: Mapping[int, Panel], *, by: User, at: datetime) -> None:
        self.plan, self.promotion, self.by, self.at = plan, plan.promotion, by, at
        assert plan.result is not None
        self.result: dict[str, Any] = plan.result
        self.rules = rules_of(plan.promotion)
        days = HalfDay.objects.in_bulk(plan.keys["half_days"])
        self.half_days = [days[pk] for pk in plan.keys["half_days"]]
        self.rooms: list[str] = plan.keys["rooms"]
        # Half-days that have begun keep everything: their panels, who sits there, their minutes.
        slots = plan.instance["slots_per_half_day"]
        self.here = {
            (number, room): panel
            for number, day in enumerate(self.half_days)
            if slots[number]
            for room, name in enumerate(self.rooms)
            for panel in panels.values()
            if panel.during == day.during and panel.room == name
        }
        self.jurors = Juror.objects.select_related("person").in_bulk(
            {int(one[1:]) for row in self.result["panels"] for one in row["jurors"]}
        )

    def write(self) -> int:
        before = self._told_seats()
        moved = self._lift()
        self._seat()
        self._place(moved)
        self._remove_empty()
        self._tell_jurors(before)
        return len(moved)

    def _slots(self) -> dict[tuple[int, int, int], Slot]:
        """Those that exist, by half-day, room and number."""
        found = {}
        by_panel: dict[int, dict[datetime, Slot]] = defaultdict(dict)
        panels = [panel.pk for panel in self.here.values()]
        for slot in Slot.objects.filter(panel__in=panels).select_related("panel").order_by("pk"):
            by_panel[slot.panel_id][slot.during.lower] = slot
        for (half_day, room), panel in self.here.items():
            times = times_of(self.half_days[half_day], self.promotion, self.rules)
            for number, (starts, _) in enumerate(times):
                if starts in by_panel[panel.pk]:
                    found[half_day, room, number] = by_panel[panel.pk][starts]
        return found

    def _lift(self) -> list[int]:
        """Auditions that change place leave theirs; the ids of all those to place."""
        slots = {slot.pk: where for where, slot in self._slots().items()}
        wanted = {
            int(name[1:]): (place["half_day"], place["room"], place["slot"])
            for name, place in self.result["schedule"].items()
        }
        concerned = {int(row["id"][1:]) for row in self.plan.instance["auditions"]}
        moved: list[int] = []
        for row in Audition.objects.filter(pk__in=concerned).order_by("pk"):
            if row.slot_id is None:
                moved += [row.pk] if row.pk in wanted else []
            elif row.pk not in wanted:
                unplace_audition(row, by=self.by, at=self.at)
                moved.append(row.pk)
            elif slots.get(row.slot_id) != wanted[row.pk]:
                audition = hold_audition(row.pk)
                take_back_cards(audition, by=self.by, at=self.at)
                move(audition, AuditionStatus.PLANNED, by=self.by, at=self.at, slot=None, during=None)
                moved.append(row.pk)
        self.wanted = wanted
        return moved

    def _seat(self) -> None:
        """Jurors leave first, wherever they leave, so that nobody is in two places; then they sit."""
        target = {
            (row["half_day"], row["room"]): {int(one[1:]) for one in row["jurors"]}
            for row in self.result["panels"]
        }
        for where, panel in sorted(self.here.items()):
            leaving = PanelSeat.objects.filter(panel=panel).exclude(juror__in=target.get(where, set()))
            for seat in leaving.select_related("juror__person").order_by("pk"):
                if where in target or not Audition.objects.filter(slot__panel=panel).exists():
                    unseat_juror(panel, juror=seat.juror, by=self.by, at=self.at, tell=False)
        for where, jurors in sorted(target.items()):
            panel = self.here.get(where) or self._new_panel(where)
            self.here[where] = panel
            seated = set(PanelSeat.objects.filter(panel=panel).values_list("juror_id", flat=True))
            for pk in sorted(jurors - seated):
                seat_juror(panel, juror=self.jurors[pk], by=self.by, at=self.at)
            self._name_referent(panel, jurors)

    def _new_panel(self, where: tuple[int, int]) -> Panel:
        day, room = self.half_days[where[0]], self.rooms[where[1]]
        panel = Panel.objects.create(
            promotion=self.promotion, name=f"Jury {room.removeprefix('Salle ')}", room=room, during=day.during
        )
        Slot.objects.bulk_create(
            [
                Slot(panel=panel, during=DateTimeTZRange(starts, ends))
                for starts, ends in times_of(day, self.promotion, self.rules)
            ]
        )
        journal("create_panel", panel, by=self.by, at=self.at)
        return panel

    def _name_referent(self, panel: Panel, jurors: set[int]) -> None:
        if PanelSeat.objects.filter(panel=panel, is_referent=True).exists():
            return
        chosen = min(jurors, key=lambda pk: (REFERENTS.index(JurorKind(self.jurors[pk].kind)), pk))
        PanelSeat.objects.filter(panel=panel, juror=chosen).update(is_referent=True)

    def _place(self, moved: list[int]) -> None:
        slots = self._slots()
        found = {pk: slots[self.wanted[pk]].pk for pk in moved if pk in self.wanted}
        place_found(
            found,
            slots={slot.pk: slot for slot in slots.values()},
            panels={panel.pk: panel for panel in self.here.values()},
            grid=audition_grid(self.promotion.pk),
            by=self.by,
            at=self.at,
        )

    def _remove_empty(self) -> None:
        """Panels of the coming half-days where nobody is heard any more."""
        target = {(row["half_day"], row["room"]) for row in self.result["panels"]}
        for where, panel in self.here.items():
            if where in target:
                continue
            if not Audition.objects.filter(slot__panel=panel).exists():
                journal("remove_panel", panel, by=self.by, at=self.at)
                panel.delete()

    def _told_seats(self) -> list[PanelSeat]:
        rows = PanelSeat.objects.filter(panel__promotion=self.promotion, told_at__isnull=False)
        return list(rows.select_related("juror__person", "panel__promotion").order_by("pk"))

    def _tell_jurors(self, before: Sequence[PanelSeat]) -> None:
        """Once some were told, everybody whose half-days change is told again."""
        seats = PanelSeat.objects.filter(panel__promotion=self.promotion)
        kept = set(seats.values_list("pk", flat=True))
        if before:
            gone = [seat for seat in before if seat.pk not in kept]
            tell_jurors(TABLE, self.promotion, seats=seats, gone=gone, at=self.at)


@transaction.atomic
def lock_panel(panel: Panel, *, locked: bool, by: User, at: datetime) -> None:
    """A locked panel keeps its jurors and its auditions in every computed timetable."""
    Panel.objects.filter(pk=panel.pk).update(locked_at=at if locked else None)
    journal("lock_panel" if locked else "unlock_panel", panel, by=by, at=at)


@transaction.atomic
def lock_audition(audition: Audition, *, locked: bool, by: User, at: datetime) -> None:
    """A locked audition keeps its place in every computed timetable."""
    Audition.objects.filter(pk=audition.pk).update(locked_at=at if locked else None)
    journal("lock_audition" if locked else "unlock_audition", audition, by=by, at=at)
