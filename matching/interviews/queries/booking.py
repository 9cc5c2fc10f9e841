"""The time of an audition as its candidate sees it: slots they may choose or move to, until when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from candidates.choices import Status as ApplicationStatus
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Booking, Slot
from matching.interviews.queries.slot import slot_choices
from matching.interviews.rules.booking import Moves, at_home, last_moment, move_obstacle, reachable


@dataclass(frozen=True, slots=True)
class Freedom:
    """What the candidate may do with the time of one audition, and why not."""

    chooses: bool
    moves: bool
    # When nothing may be done: the sentence; when something may: until when.
    obstacle: str
    until: datetime | None


def freedom_of(audition: Audition, booking: Booking | None, *, now: datetime) -> Freedom:
    """For display, and again under the lock by the deed itself."""
    if audition.status == AuditionStatus.PLANNED:
        return _choice(audition, booking, now=now)
    if audition.status != AuditionStatus.PLACED or audition.during is None or audition.told_at is None:
        return Freedom(False, False, "", None)
    rules = moves_allowed(audition.promotion, booking)
    starts = audition.during.lower
    obstacle = move_obstacle(rules, starts=starts, now=now)
    until = None if obstacle else last_moment(starts, notice_days=rules.notice_days)
    return Freedom(False, not obstacle, obstacle, until)


def _choice(audition: Audition, booking: Booking | None, *, now: datetime) -> Freedom:
    until = booking.choose_until if booking else None
    if until is None:
        return Freedom(False, False, "", None)
    if now > until:
        return Freedom(False, False, "Le choix des horaires est terminé : nous vous en donnons un.", None)
    return Freedom(True, False, "", until)


def moves_allowed(promotion: Promotion, booking: Booking | None) -> Moves:
    return Moves(
        allowed=promotion.audition_moves,
        made=booking.moves if booking else 0,
        notice_days=promotion.audition_move_days,
    )


def compatible_slots(audition: Audition, *, now: datetime) -> list[Slot]:
    """Free slots where this candidate may go by themselves, soonest first.

    Not at the time of another audition, not before someone who stepped aside or shows a sign of a link, not
    too soon for the jury; with the panels that already hear the project when one of them has room.
    """
    notice = audition.promotion.audition_move_days
    fit = [
        choice.slot
        for choice in slot_choices(audition)
        if not choice.obstacle
        and not choice.warnings
        and choice.slot.during != audition.during
        and reachable(choice.slot.during.lower, now=now, notice_days=notice)
    ]
    homes = set(
        Audition.objects.filter(project_id=audition.project_id, slot__isnull=False)
        .exclude(status=AuditionStatus.CANCELLED)
        .order_by()
        .values_list("slot__panel_id", flat=True)
    )
    panels = at_home({slot.panel_id for slot in fit}, homes)
    return [slot for slot in fit if slot.panel_id in panels]


def auditions_to_choose(promotion: Promotion) -> QuerySet[Audition]:
    """Auditions of people still in the running that have no time yet."""
    return (
        Audition.objects.filter(
            promotion=promotion,
            status=AuditionStatus.PLANNED,
            application__status=ApplicationStatus.SHORTLISTED,
        )
        .select_related("application__candidate", "project")
        .order_by("application_id", "pk")
    )


def auditions_to_remind(promotion: Promotion, *, now: datetime, until: datetime) -> QuerySet[Audition]:
    """Placed auditions that were told and begin between two instants."""
    return (
        Audition.objects.filter(
            Q(during__startswith__gt=now, during__startswith__lte=until),
            promotion=promotion,
            status=AuditionStatus.PLACED,
            told_at__isnull=False,
        )
        .select_related("application__candidate", "project", "slot__panel")
        .order_by("during", "pk")
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """How the candidates' choice of a time goes: invited, chosen, moved; when it ends."""

    invited: int
    chosen: int
    moved: int
    until: datetime | None


def choices_listed(promotion: Promotion) -> Choices:
    row = Booking.objects.filter(audition__promotion=promotion).aggregate(
        invited=Count("pk", filter=Q(choose_until__isnull=False)),
        chosen=Count("pk", filter=Q(chosen_at__isnull=False)),
        moved=Count("pk", filter=Q(moves__gt=0)),
        until=Max("choose_until"),
    )
    return Choices(**row)
