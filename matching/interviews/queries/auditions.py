"""Auditions: whose they are, which are to plan, which are to place and where they would fit."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Recusal
from eig.french import folded, french
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Juror, PanelSeat, Scorecard, Slot, Tie
from matching.interviews.rules import OpenSlot, Person, Unplaced, conflict_hints
from matching.interviews.rules.times import Interval
from matching.ranking.queries import shortlisted_applications

SUBJECT = "candidates.application"


@dataclass(frozen=True, slots=True)
class PlacementProblem:
    auditions: tuple[Unplaced, ...]
    slots: tuple[OpenSlot, ...]
    busy: dict[int, list[Interval]]
    barred: set[tuple[int, int]]
    homes: dict[int, set[int]]
    apart: set[tuple[int, int]]


def auditions_in_full() -> QuerySet[Audition]:
    return Audition.objects.select_related(
        "promotion", "application__candidate", "project__administration", "slot__panel"
    )


def _live_card(user: User) -> Exists:
    mine = Scorecard.objects.filter(audition=OuterRef("pk"), juror__person=user)
    return Exists(mine.exclude(sheet__status=SheetStatus.RECUSED))


def auditions_visible_to(user: User) -> QuerySet[Audition]:
    """Staff see all; a candidate, their own once told; a juror.

    Those they hold a card for and did not step aside from.
    """
    auditions = auditions_in_full().order_by("during", "pk")
    if user.is_staff:
        return auditions
    own = Q(application__candidate=user, told_at__isnull=False)
    return auditions.filter(own | Q(_live_card(user)))


def auditions_of_candidate(user: User) -> QuerySet[Audition]:
    """What a candidate was told of, soonest first; those without a time come last."""
    return (
        auditions_in_full()
        .filter(application__candidate=user, told_at__isnull=False)
        .exclude(status=AuditionStatus.CANCELLED)
        .order_by(F("during").asc(nulls_last=True), "pk")
    )


def auditions_listed(
    promotion: Promotion, *, status: str = "", project: str = "", search: str = ""
) -> QuerySet[Audition]:
    """Every audition of a promotion with how many live cards it has (`cards_live`), by time then name."""
    auditions = (
        auditions_in_full()
        .filter(promotion=promotion)
        .annotate(cards_live=Count("scorecards", filter=~Q(scorecards__sheet__status=SheetStatus.RECUSED)))
    )
    if status:
        auditions = auditions.filter(status=status)
    if project:
        auditions = auditions.filter(project__code=project)
    for word in folded(search).split():
        auditions = auditions.alias(
            folded_last=french("application__candidate__last_name"),
            folded_first=french("application__candidate__first_name"),
        ).filter(Q(folded_last__contains=word) | Q(folded_first__contains=word))
    return auditions.order_by(
        F("during").asc(nulls_last=True), french("application__candidate__last_name"), "pk"
    )


def counts(promotion: Promotion) -> dict[str, int]:
    """Auditions by state; `heard_people` counts persons; `untold` placed auditions not announced yet."""
    row = Audition.objects.filter(promotion=promotion).aggregate(
        **{str(status): Count("pk", filter=Q(status=status)) for status in AuditionStatus.values},
        heard_people=Count("application", filter=Q(status=AuditionStatus.HEARD), distinct=True),
        untold=Count("pk", filter=Q(status=AuditionStatus.PLACED, told_at__isnull=True)),
    )
    return {name: int(number or 0) for name, number in row.items()}


def live_auditions(promotion: Promotion) -> QuerySet[Audition]:
    return (
        Audition.objects.filter(promotion=promotion).exclude(status=AuditionStatus.CANCELLED).order_by("pk")
    )


def people_without_audition(promotion: Promotion) -> QuerySet[Application]:
    """Preselected people whom nobody plans to hear: to offer another project, with their consent."""
    planned = live_auditions(promotion).values("application_id")
    return (
        shortlisted_applications(promotion)
        .exclude(pk__in=planned)
        .select_related("candidate", "ranking")
        .order_by(french("candidate__last_name"), french("candidate__first_name"), "pk")
    )


def auditions_to_place(promotion: Promotion) -> QuerySet[Audition]:
    """Planned auditions without a slot, of people still in the running."""
    return (
        auditions_in_full()
        .filter(
            promotion=promotion,
            status=AuditionStatus.PLANNED,
            application__status=ApplicationStatus.SHORTLISTED,
        )
        .order_by("project__title", french("application__candidate__last_name"), "pk")
    )


def free_slots(promotion: Promotion) -> QuerySet[Slot]:
    return (
        Slot.objects.filter(panel__promotion=promotion, audition__isnull=True, panel__minutes__isnull=True)
        .select_related("panel")
        .order_by("during", "panel__name", "pk")
    )


def recused_pairs(*, people: Iterable[int], applications: Iterable[int]) -> set[tuple[int, int]]:
    """(person, application) for those who stepped aside."""
    return set(
        Recusal.objects.filter(
            subject_type=SUBJECT, person_id__in=list(people), subject_id__in=list(applications)
        )
        .order_by()
        .values_list("person_id", "subject_id")
    )


def placement_problem(promotion: Promotion) -> PlacementProblem:
    """What a placement must respect: free slots, times taken, panels that must not meet a candidate."""
    auditions = list(auditions_to_place(promotion))
    busy: dict[int, list[Interval]] = defaultdict(list)
    homes: dict[int, set[int]] = defaultdict(set)
    for audition in live_auditions(promotion).filter(slot__isnull=False).select_related("slot"):
        if audition.during is not None and audition.slot is not None:
            busy[audition.application_id].append((audition.during.lower, audition.during.upper))
            homes[audition.project_id].add(audition.slot.panel_id)
    seats = list(
        PanelSeat.objects.filter(panel__promotion=promotion).select_related("juror__person").order_by("pk")
    )
    seated = {seat.panel_id for seat in seats}
    return PlacementProblem(
        auditions=tuple(Unplaced(item.pk, item.application_id, item.project_id) for item in auditions),
        slots=tuple(
            OpenSlot(slot.pk, slot.panel_id, slot.during.lower, slot.during.upper)
            for slot in free_slots(promotion)
            if slot.panel_id in seated
        ),
        busy=dict(busy),
        barred=_barred(seats, {item.application_id: item.application for item in auditions}.values()),
        homes=dict(homes),
        apart=_apart(seats),
    )


def _apart(seats: Collection[PanelSeat]) -> set[tuple[int, int]]:
    """(panel, project) where a juror is tied to the project."""
    panels: dict[int, set[int]] = defaultdict(set)
    for seat in seats:
        panels[seat.juror_id].add(seat.panel_id)
    ties = Tie.objects.filter(juror__in=panels).order_by().values_list("juror_id", "project_id")
    return {(panel, project) for juror, project in ties for panel in panels[juror]}


def _barred(seats: Collection[PanelSeat], applications: Collection[Application]) -> set[tuple[int, int]]:
    """(panel, application) where a juror stepped aside, or shows a sign of a link."""
    aside = recused_pairs(
        people={seat.juror.person_id for seat in seats}, applications=[item.pk for item in applications]
    )
    jurors = {seat.juror_id: seat.juror for seat in seats}
    linked = {
        (juror.person_id, application.pk)
        for juror in jurors.values()
        for application in applications
        if conflict_hints(juror_as_person(juror), candidate_as_person(application))
    }
    return {
        (seat.panel_id, application.pk)
        for seat in seats
        for application in applications
        if (seat.juror.person_id, application.pk) in aside | linked
    }


def juror_as_person(juror: Juror) -> Person:
    return Person(
        juror.person.email,
        juror.person.last_name,
        organisation=juror.organisation,
        first_name=juror.person.first_name,
    )


def candidate_as_person(application: Application) -> Person:
    written = " ".join(text for text in application.answers.values() if isinstance(text, str))
    return Person(application.candidate.email, application.candidate.last_name, text=written)
