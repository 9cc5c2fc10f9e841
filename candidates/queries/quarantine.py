"""Files of a promotion's applications that nobody can open yet, or that were refused."""

from django.db.models import QuerySet

from candidates.models import Attachment
from eig.documents.choices import FileStatus
from eig.promotions.models import Promotion


def quarantined_files(promotion: Promotion) -> QuerySet[Attachment]:
    """Waiting ones first, the oldest first; then those that were refused and not replaced."""
    return (
        Attachment.objects.filter(
            application__promotion=promotion, document__status__in=[FileStatus.PENDING, FileStatus.REFUSED]
        )
        .select_related("document", "application")
        .order_by("document__status", "added_at", "pk")
    )
