"""The timetable as it stands, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Sequence

from eig.evaluation.choices import SheetStatus
from eig.juries.choices import JurorKind
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus, InvitationStatus
from matching.interviews.models import (
    Audition,
    AuditionRules,
    Availability,
    JuryInvitation,
    Panel,
    PanelSeat,
    Scorecard,
    Tie,
)
from matching.interviews.queries.juror import recused_pairs
from matching.interviews.queries.week import half_days_of, rules_of, seat_type
from matching.interviews.rules.fault import Bench, Fault, Hearing, Sitting, faults


def week_faults(promotion: Promotion, *, rules: AuditionRules | None = None) -> list[Fault]:
    """What is wrong with the timetable as it stands; those that block its publication come first."""
    rules = rules or rules_of(promotion)
    panels = list(
        Panel.objects.filter(promotion=promotion)
        .prefetch_related("seats__juror__person")
        .order_by("during", "pk")
    )
    sittings = [
        Sitting(
            panel.pk,
            panel.name,
            panel.room,
            (panel.during.lower, panel.during.upper),
            tuple(seat.juror_id for seat in panel.seats.all()),
        )
        for panel in panels
    ]
    return faults(sittings, _hearings(promotion), _bench(promotion, panels, rules))


def _hearings(promotion: Promotion) -> list[Hearing]:
    marking: dict[int, list[int]] = defaultdict(list)
    cards = Scorecard.objects.filter(audition__promotion=promotion).exclude(sheet__status=SheetStatus.RECUSED)
    for audition, juror in cards.order_by("pk").values_list("audition_id", "juror_id"):
        marking[audition].append(juror)
    placed = (
        Audition.objects.filter(promotion=promotion, status=AuditionStatus.PLACED)
        .select_related("application__candidate", "project", "slot")
        .order_by("pk")
    )
    return [
        Hearing(
            one.pk,
            one.application_id,
            str(one.application.candidate),
            one.project_id,
            one.project.title,
            one.slot.panel_id,
            (one.during.lower, one.during.upper),
            tuple(marking[one.pk]),
        )
        for one in placed
        if one.slot is not None and one.during is not None
    ]


def _bench(promotion: Promotion, panels: Sequence[Panel], rules: AuditionRules) -> Bench:
    seats = [(seat, panel) for panel in panels for seat in panel.seats.all()]
    jurors = {seat.juror_id: seat.juror for seat, _ in seats}
    people = {juror.person_id: pk for pk, juror in jurors.items()}
    candidates = Audition.objects.filter(promotion=promotion, status=AuditionStatus.PLACED)
    aside = recused_pairs(people=people, applications=candidates.values_list("application_id", flat=True))
    ties = Tie.objects.filter(juror__in=jurors).order_by("pk").values_list("juror_id", "project_id")
    return Bench(
        names={pk: str(juror) for pk, juror in jurors.items()},
        types={pk: seat_type(juror.kind, rules.panel) for pk, juror in jurors.items()},
        absent=_absent(promotion, seats),
        apart={(people[person], application) for person, application in aside},
        tied=set(ties),
        wanted=rules.panel,
        words={kind.value: kind.label for kind in JurorKind},
    )


def _absent(promotion: Promotion, seats: Sequence[tuple[PanelSeat, Panel]]) -> set[tuple[int, int]]:
    """(juror, panel) for those who answered and are not free then; nothing is known of the others."""
    days = {(day.during.lower, day.during.upper): day.pk for day in half_days_of(promotion)}
    rows = Availability.objects.filter(juror__promotion=promotion).order_by("pk")
    free = set(rows.values_list("juror_id", "half_day_id"))
    answered = set(
        JuryInvitation.objects.filter(juror__promotion=promotion)
        .exclude(status=InvitationStatus.SENT)
        .order_by("pk")
        .values_list("juror_id", flat=True)
    )
    return {
        (seat.juror_id, panel.pk)
        for seat, panel in seats
        if seat.juror_id in answered
        and (day := days.get((panel.during.lower, panel.during.upper))) is not None
        and (seat.juror_id, day) not in free
    }
