"""Panels, jurors, days: what the programme team composes."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from candidates.models import Application
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Recusal
from eig.french import folded, french
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus, JurorType
from matching.interviews.models import Audition, Juror, Panel, PanelSeat, Slot
from matching.interviews.queries.auditions import SUBJECT, candidate_as_person, juror_as_person
from matching.interviews.rules import conflict_hints


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


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A candidate that a juror should be asked about, or stepped aside from."""

    application: Application
    hints: tuple[str, ...]
    recusal: Recusal | None


def panels_listed(promotion: Promotion) -> QuerySet[Panel]:
    """Panels in time order with their seats and how many slots and auditions they have."""
    seats = PanelSeat.objects.select_related("juror__person").order_by(
        "-is_referent", french("juror__person__last_name"), "pk"
    )
    return (
        Panel.objects.filter(promotion=promotion)
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
        balance_of([seat.juror.type for seat in seats]),
        slots=getattr(panel, "slot_count", 0),
        placed=getattr(panel, "placed_count", 0),
    )


def balance_of(types: list[str]) -> Balance:
    counts = Counter(types)
    parts = tuple(f"{counts[kind.value]} {kind.label}" for kind in JurorType if counts[kind.value])
    if len(types) < 2:
        return Balance(parts, "Il faut au moins deux personnes pour noter.")
    if len(counts) < 2:
        return Balance(parts, "Toutes les personnes ont la même qualité.")
    return Balance(parts, "")


def seats_of(panel: Panel) -> list[PanelSeat]:
    return list(
        PanelSeat.objects.filter(panel=panel)
        .select_related("juror__person")
        .order_by("-is_referent", french("juror__person__last_name"), "pk")
    )


def slots_of(panel: Panel) -> list[Slot]:
    """The slots of a panel with their auditions."""
    return list(
        Slot.objects.filter(panel=panel)
        .select_related("audition__application__candidate", "audition__project")
        .order_by("during", "pk")
    )


def jurors_listed(promotion: Promotion, *, type: str = "", search: str = "") -> QuerySet[Juror]:
    """Jurors by name, with their panels and cards (`seat_count`, `signed`, `to_sign`)."""
    jurors = (
        Juror.objects.filter(promotion=promotion)
        .select_related("person")
        .annotate(
            seat_count=Count("seats", distinct=True),
            signed=Count("scorecards", filter=Q(scorecards__sheet__status=SheetStatus.SIGNED), distinct=True),
            to_sign=Count(
                "scorecards",
                filter=Q(
                    scorecards__sheet__status=SheetStatus.DRAFT,
                    scorecards__audition__status=AuditionStatus.HEARD,
                ),
                distinct=True,
            ),
        )
    )
    if type:
        jurors = jurors.filter(type=type)
    for word in folded(search).split():
        jurors = jurors.alias(
            folded_last=french("person__last_name"),
            folded_first=french("person__first_name"),
            folded_organisation=french("organisation"),
        ).filter(
            Q(folded_last__contains=word)
            | Q(folded_first__contains=word)
            | Q(folded_organisation__contains=word)
        )
    return jurors.order_by(french("person__last_name"), french("person__first_name"), "pk")


def juror_detail(promotion: Promotion) -> QuerySet[Juror]:
    return Juror.objects.filter(promotion=promotion).select_related("person", "promotion")


def conflict_lines(juror: Juror) -> list[ConflictLine]:
    """Candidates heard by the juror's panels, or stepped aside from, that call for attention."""
    declared = {
        recusal.subject_id: recusal
        for recusal in Recusal.objects.filter(person_id=juror.person_id, subject_type=SUBJECT).order_by("pk")
    }
    planned = Audition.objects.filter(promotion_id=juror.promotion_id).exclude(
        status=AuditionStatus.CANCELLED
    )
    applications = (
        Application.objects.filter(promotion_id=juror.promotion_id)
        .filter(Q(pk__in=planned.values("application_id")) | Q(pk__in=declared))
        .select_related("candidate")
        .order_by(french("candidate__last_name"), "pk")
    )
    me = juror_as_person(juror)
    lines = [
        ConflictLine(item, tuple(conflict_hints(me, candidate_as_person(item))), declared.get(item.pk))
        for item in applications
    ]
    return [line for line in lines if line.hints or line.recusal]
