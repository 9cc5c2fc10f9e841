"""Day passes: behind a link, behind a session, on the team's page."""

from datetime import date, datetime

from django.db.models import QuerySet

from eig.accounts.queries import token_hash
from eig.french import french
from eig.promotions.models import Promotion
from matching.interviews.models import DayPass, Panel

# Where a session remembers the pass that opened it.
SESSION_KEY = "jury_day_pass"


def pass_behind(token: str) -> DayPass | None:
    """The live pass of a link; none when unknown or revoked."""
    return (
        DayPass.objects.filter(token_hash=token_hash(token), revoked_at__isnull=True)
        .select_related("juror__person", "juror__promotion")
        .first()
    )


def is_open(pass_id: object, *, person_id: int | None, at: datetime) -> bool:
    """Whether a session opened by this pass may go on."""
    if not isinstance(pass_id, int):
        return False
    return DayPass.objects.filter(
        pk=pass_id, juror__person=person_id, revoked_at__isnull=True, opens_at__lte=at, expires_at__gt=at
    ).exists()


def passes_of_day(promotion: Promotion, day: date) -> QuerySet[DayPass]:
    return (
        DayPass.objects.filter(juror__promotion=promotion, day=day, revoked_at__isnull=True)
        .select_related("juror__person")
        .order_by(french("juror__person__last_name"), "pk")
    )


def panels_on(promotion: Promotion, day: date) -> QuerySet[Panel]:
    return (
        Panel.objects.filter(promotion=promotion, during__startswith__date=day)
        .select_related("promotion", "minutes")
        .order_by("during", "room", "pk")
    )


def days_with_panels(promotion: Promotion) -> list[date]:
    days = (
        Panel.objects.filter(promotion=promotion)
        .order_by("during")
        .values_list("during__startswith__date", flat=True)
    )
    return sorted(set(days))
