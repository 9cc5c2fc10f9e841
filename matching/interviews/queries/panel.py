"""Panels: who sits, how balanced they are, their slots."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from eig.juries.choices import JurorKind
from eig.juries.desks import Jury
from eig.juries.queries import around_the_table, seats_offered, table_warnings
from eig.promotions.models import Promotion
from matching.interviews.choices import InvitationStatus
from matching.interviews.models import HalfDay, JuryInvitation, Panel, PanelSeat, Slot
from matching.interviews.queries.juror import juror_ties, jurors_of


@dataclass(frozen=True, slots=True)
class Balance:
    """How many jurors of each type sit on a panel, in words, and what is missing for a balanced one."""

    parts: tuple[str, ...]
    warning: str


@dataclass(frozen=True, slots=True)
class PanelLine:
    panel: Panel
    seats: tuple[PanelSeat, ...]
    balance: Balance
    slots: int
    placed: int

    @property
    def free(self) -> int:
        return self.slots - self.placed


def panels_listed(promotion: Promotion) -> QuerySet[Panel]:
    """Panels in time order with their seats and how many slots and auditions they have."""
    seats = around_the_table(PanelSeat.objects.all())
    return (
        Panel.objects.filter(promotion=promotion)
        .select_related("promotion")
        .prefetch_related(Prefetch("seats", queryset=seats))
        .annotate(
            slot_count=Count("slots", distinct=True), placed_count=Count("slots__audition", distinct=True)
        )
        .order_by("during", "room", "pk")
    )


def panel_line(panel: Panel) -> PanelLine:
    """`panel` comes from `panels_listed`."""
    seats = tuple(panel.seats.all())
    return PanelLine(
        panel,
        seats,
        balance_of([seat.juror.kind for seat in seats]),
        slots=getattr(panel, "slot_count", 0),
        placed=getattr(panel, "placed_count", 0),
    )


def balance_of(types: list[str]) -> Balance:
    counts = Counter(types)
    parts = tuple(f"{counts[kind.value]} {kind.label}" for kind in JurorKind if counts[kind.value])
    if len(types) < 2:
        return Balance(parts, "Il faut au moins deux personnes pour noter.")
    if len(counts) < 2:
        return Balance(parts, "Toutes les personnes ont la même qualité.")
    return Balance(parts, "")


def seats_of(panel: Panel) -> list[PanelSeat]:
    return list(around_the_table(PanelSeat.objects.filter(panel=panel)))


def jury_of(promotion: Promotion, code: UUID) -> Jury | None:
    """A panel on its page: who sits, who may, what is wrong, its slots."""
    panel = panels_listed(promotion).filter(code=code).first()
    if panel is None:
        return None
    line, slots, jurors = panel_line(panel), _slots_of(panel), list(jurors_of(promotion))
    heard = [slot.audition for slot in slots if hasattr(slot, "audition")]
    ties, away = juror_ties(jurors, heard), _away_from(panel)
    warnings = table_warnings(
        line.seats,
        {item.pk: str(item.application.candidate) for item in heard},
        ties,
        mix=line.balance.warning,
        away=away,
    )
    here = {seat.juror_id for seat in line.seats}
    free = [juror for juror in jurors if juror.pk not in here]
    offered = seats_offered(free, [item.pk for item in heard], ties, away=away)
    return Jury(panel, line.seats, warnings, offered, not heard, {"slots": slots, "free": line.free})


def _away_from(panel: Panel) -> set[int]:
    """Who answered, and did not say they are free on the half-day of a panel."""
    half_day = HalfDay.objects.filter(promotion=panel.promotion_id, during__contains=panel.during).first()
    if half_day is None:
        return set()
    answers = JuryInvitation.objects.exclude(status=InvitationStatus.SENT)
    absent = answers.exclude(juror__availabilities__half_day=half_day)
    return set(absent.order_by("pk").values_list("juror_id", flat=True))


def _slots_of(panel: Panel) -> list[Slot]:
    """The slots of a panel with their auditions."""
    return list(
        Slot.objects.filter(panel=panel)
        .select_related("audition__application__candidate", "audition__project")
        .order_by("during", "pk")
    )
