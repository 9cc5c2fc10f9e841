"""The views of the list that a member of the team may open: theirs, and those their colleagues share."""

from django.db.models import Q, QuerySet

from candidates.models import SavedView
from eig.accounts.models import User
from eig.promotions.models import Promotion


def saved_views(promotion: Promotion, person: User) -> QuerySet[SavedView]:
    """Theirs first, then the shared ones, by name."""
    seen = Q(owner=person) | Q(is_shared=True)
    rows = SavedView.objects.filter(seen, promotion=promotion).select_related("owner")
    return rows.order_by("name", "pk")
