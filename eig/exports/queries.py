"""Exports, to the only person who asked for them."""

from django.db.models import QuerySet

from eig.accounts.models import User
from eig.exports.models import Export
from eig.promotions.models import Promotion


def exports_of(person: User, promotion: Promotion) -> QuerySet[Export]:
    """What this person asked for, latest first; nobody else's, staff or not."""
    rows = Export.objects.filter(asked_by=person, promotion=promotion)
    return rows.select_related("document", "promotion").order_by("-asked_at", "-pk")
