"""What the preselection must feed: the seats of the projects, by trade. Seen from the roof only."""

from collections.abc import Mapping

from django.db.models import Count, Sum

from eig.promotions.models import Promotion
from projects.choices import Status
from projects.models import Position

CHOSEN = (Status.LAUREATE, Status.PUBLISHED)


def seats_by_trade(promotion: Promotion) -> Mapping[str, int]:
    """Trade code → seats that the chosen projects want to fill."""
    rows = (
        Position.objects.filter(project__promotion=promotion, project__status__in=CHOSEN)
        .values("trade__code")
        .annotate(seats=Sum("seats"))
        .order_by("trade__code")
    )
    return {row["trade__code"]: row["seats"] or 0 for row in rows}


def projects_by_trade(promotion: Promotion) -> Mapping[str, int]:
    """Trade code → how many chosen projects look for it."""
    rows = (
        Position.objects.filter(project__promotion=promotion, project__status__in=CHOSEN)
        .values("trade__code")
        .annotate(projects=Count("project", distinct=True))
        .order_by("trade__code")
    )
    return {row["trade__code"]: row["projects"] for row in rows}
