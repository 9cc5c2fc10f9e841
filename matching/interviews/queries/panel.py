"""Panels: who sits, how balanced they are, their slots."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from eig.juries.choices import JurorKind
from eig.juries.queries import around_the_table
from eig.promotions.models import Promotion
from matching.interviews.choices import InvitationStatus
from matching.interviews.models import HalfDay, Juror, JuryInvitation, Panel, PanelSeat, Slot
from matching.interviews.queries.juror import jurors_listed


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
            slot_count=Count("slots", distinct=True),
            placed_count=Count("slots__audition", distinct=True),
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


def seatable(panel: Panel) -> list[tuple[Juror, str]]:
    """Who does not sit here yet, those who said they are not free then last, with a word on why."""
    half_day = HalfDay.objects.filter(promotion=panel.promotion_id, during__contains=panel.during).first()
    away: set[int] = set()
    if half_day is not None:
        answers = JuryInvitation.objects.exclude(status=InvitationStatus.SENT)
        absent = answers.exclude(juror__availabilities__half_day=half_day)
        away = set(absent.order_by("pk").values_list("juror_id", flat=True))
    jurors = jurors_listed(panel.promotion).exclude(seats__panel=panel)
    people = [(juror, "pas disponible" if juror.pk in away else "") for juror in jurors]
    return sorted(people, key=lambda line: bool(line[1]))


def slots_of(panel: Panel) -> list[Slot]:
    """The slots of a panel with their auditions."""
    return list(
        Slot.objects.filter(panel=panel)
        .select_related("audition__application__candidate", "audition__project")
        .order_by("during", "pk")
    )
