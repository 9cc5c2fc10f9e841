"""Where auditions could go: a free slot, the place of another, a whole placement."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.french import french
from eig.juries.rules import Judge, Judged, conflict_hints
from eig.meetings.rules import Interval
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, PanelSeat, Slot, Tie
from matching.interviews.queries.audition import auditions_in_full, live_auditions
from matching.interviews.queries.juror import candidate_as_judged, juror_as_judge, recused_pairs
from matching.interviews.rules import OpenSlot, Unplaced


@dataclass(frozen=True, slots=True)
class SwapChoice:
    """Another audition that could take the slot of this one, and give its own: `slot`."""

    audition: Audition
    slot: Slot
    obstacle: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlotChoice:
    """A free slot for one audition: what forbids it, what to know before choosing it."""

    slot: Slot
    obstacle: str
    warnings: tuple[str, ...]


def slot_choices(audition: Audition) -> list[SlotChoice]:
    """Every free slot of the promotion, with what forbids it for this audition or deserves a look."""
    room = _room_of(audition.promotion, [audition])
    return [room.choice(slot, audition) for slot in free_slots(audition.promotion)]


def swap_choices(audition: Audition) -> list[SwapChoice]:
    """Every other audition to come, with what forbids that the two change places or deserves a look."""
    if audition.slot is None or audition.status != AuditionStatus.PLACED:
        return []
    others = list(
        auditions_in_full()
        .filter(
            promotion=audition.promotion,
            status=AuditionStatus.PLACED,
            slot__isnull=False,
            slot__panel__minutes__isnull=True,
        )
        .exclude(pk=audition.pk)
        .order_by("during", french("slot__panel__name"), "pk")
    )
    room = _room_of(audition.promotion, [audition, *others])
    found = []
    for other in others:
        assert other.slot is not None
        mine = room.choice(other.slot, audition, but=other)
        theirs = room.choice(audition.slot, other, but=audition)
        obstacle = mine.obstacle or (
            f"{other.application.candidate} : {theirs.obstacle}" if theirs.obstacle else ""
        )
        about = tuple(f"{other.application.candidate} : {warning}" for warning in theirs.warnings)
        found.append(SwapChoice(other, other.slot, obstacle, mine.warnings + about))
    return found


@dataclass(frozen=True, slots=True)
class _Room:
    """What a choice is judged from: who sits where, who is heard when, who stepped aside from whom."""

    seats: Mapping[int, list[PanelSeat]]
    busy: Mapping[int, list[tuple[int, Interval]]]
    aside: set[tuple[int, int]]
    ties: set[tuple[int, int]]
    """(juror, project) of declared ties."""
    people: Mapping[int, Judged]
    seated: Mapping[int, Judge]

    def choice(self, slot: Slot, audition: Audition, *, but: Audition | None = None) -> SlotChoice:
        """A slot for an audition, which leaves its own; `but` leaves too."""
        leaving = {audition.pk, but.pk if but else 0}
        busy = [times for pk, times in self.busy.get(audition.application_id, []) if pk not in leaving]
        return _choice(slot, audition, busy, self)


def _room_of(promotion: Promotion, auditions: Iterable[Audition]) -> _Room:
    busy: dict[int, list[tuple[int, Interval]]] = defaultdict(list)
    for item in live_auditions(promotion).filter(slot__isnull=False):
        if item.during is not None:
            busy[item.application_id].append((item.pk, (item.during.lower, item.during.upper)))
    seats: dict[int, list[PanelSeat]] = defaultdict(list)
    rows = PanelSeat.objects.filter(panel__promotion=promotion).select_related("juror__person")
    for seat in rows.order_by("pk"):
        seats[seat.panel_id].append(seat)
    applications = {one.application_id: one.application for one in auditions}
    jurors = {seat.juror_id: seat.juror for one in seats.values() for seat in one}
    return _Room(
        seats,
        busy,
        recused_pairs(people=[one.person_id for one in jurors.values()], applications=applications),
        set(Tie.objects.filter(juror__in=jurors).order_by().values_list("juror_id", "project_id")),
        {pk: candidate_as_judged(one) for pk, one in applications.items()},
        {pk: juror_as_judge(one) for pk, one in jurors.items()},
    )


def _choice(slot: Slot, audition: Audition, busy: list[Interval], room: _Room) -> SlotChoice:
    application = audition.application_id
    seats = room.seats.get(slot.panel_id, [])
    tied = [seat.juror for seat in seats if (seat.juror_id, audition.project_id) in room.ties]
    aside = [seat.juror for seat in seats if (seat.juror.person_id, application) in room.aside]
    left = [seat.juror for seat in seats if seat.juror not in {*aside, *tied}]
    obstacle = ""
    if any(slot.during.lower < ends and starts < slot.during.upper for starts, ends in busy):
        obstacle = "Déjà en audition à cette heure."
    elif not left:
        obstacle = "Aucun membre du jury ne peut entendre cette personne."
    warnings = [f"{juror} se déporte." for juror in aside]
    warnings += [f"{juror} a un lien avec ce projet." for juror in tied if juror not in aside]
    for juror in left:
        hints = conflict_hints(room.seated[juror.pk], room.people[application])
        warnings += [f"{juror} : {hint}." for hint in hints]
    if not obstacle and len(left) == 1:
        warnings.append("Une seule personne pour noter.")
    return SlotChoice(slot, obstacle, tuple(warnings))


@dataclass(frozen=True, slots=True)
class PlacementProblem:
    auditions: tuple[Unplaced, ...]
    slots: tuple[OpenSlot, ...]
    busy: dict[int, list[Interval]]
    barred: set[tuple[int, int]]
    homes: dict[int, set[int]]
    apart: set[tuple[int, int]]


def auditions_to_place(promotion: Promotion) -> QuerySet[Audition]:
    """Planned auditions without a slot, of people still in the running."""
    return (
        auditions_in_full()
        .filter(
            promotion=promotion,
            status=AuditionStatus.PLANNED,
            application__status=ApplicationStatus.SHORTLISTED,
        )
        .order_by(french("project__title"), french("application__candidate__last_name"), "pk")
    )


def free_slots(promotion: Promotion) -> QuerySet[Slot]:
    return (
        Slot.objects.filter(panel__promotion=promotion, audition__isnull=True, panel__minutes__isnull=True)
        .select_related("panel")
        .order_by("during", french("panel__name"), "pk")
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
    judges = {juror.person_id: juror_as_judge(juror) for juror in jurors.values()}
    judged = {application.pk: candidate_as_judged(application) for application in applications}
    linked = {
        (person, application)
        for person, judge in judges.items()
        for application, written in judged.items()
        if conflict_hints(judge, written)
    }
    return {
        (seat.panel_id, application.pk)
        for seat in seats
        for application in applications
        if (seat.juror.person_id, application.pk) in aside | linked
    }
