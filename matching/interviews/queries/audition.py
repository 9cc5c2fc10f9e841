"""Auditions: whose they are, how they are listed and counted, who has none."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from candidates.models import Application
from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus
from eig.french import french
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Scorecard
from matching.ranking.queries import shortlisted_applications


def auditions_in_full() -> QuerySet[Audition]:
    return Audition.objects.select_related(
        "promotion", "application__candidate", "project__administration", "slot__panel"
    )


def _live_card(user: User) -> Exists:
    mine = Scorecard.objects.filter(audition=OuterRef("pk"), juror__person=user)
    return Exists(mine.exclude(sheet__status=SheetStatus.RECUSED))


def auditions_visible_to(user: User) -> QuerySet[Audition]:
    """Staff see all; a candidate, their own once told; a juror, those they hold a live card for."""
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


def auditions_listed(promotion: Promotion) -> QuerySet[Audition]:
    """Every audition of a promotion with how many live cards it has (`cards_live`), by time then name."""
    live = Count("scorecards", filter=~Q(scorecards__sheet__status=SheetStatus.RECUSED))
    return (
        auditions_in_full()
        .filter(promotion=promotion)
        .annotate(cards_live=live)
        .order_by(F("during").asc(nulls_last=True), french("application__candidate__last_name"), "pk")
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
