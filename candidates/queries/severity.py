"""How severe each reader has been, computed in the database from signed sheets, exactly."""

from collections.abc import Mapping

from django.db.models import Count, F, IntegerField, Sum

from candidates.models import Review
from candidates.rules.severity import Severity, severity
from eig.evaluation.choices import SheetStatus
from eig.evaluation.rules import COMMON_MULTIPLE
from eig.promotions.models import Promotion


def severities(promotion: Promotion, *, total_weight: int) -> Mapping[int, Severity]:
    """Reader id → severity, over the applications that somebody else has read too."""
    excess = Sum(F("sheet__total") * COMMON_MULTIPLE - F("application__score"), output_field=IntegerField())
    rows = (
        Review.objects.filter(
            application__promotion=promotion,
            application__reviews_signed__gte=2,
            application__score__isnull=False,
            sheet__status=SheetStatus.SIGNED,
            counts=True,
        )
        .values("reader_id")
        .annotate(readings=Count("pk"), excess=excess)
        .order_by("reader_id")
        .values_list("reader_id", "readings", "excess")
    )
    return {
        reader: severity(reader, readings=readings, excess=excess, weight=total_weight)
        for reader, readings, excess in rows
    }
