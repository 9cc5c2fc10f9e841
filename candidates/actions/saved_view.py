"""Keep a view of the list, forget it."""

from datetime import datetime

from django.db import transaction

from candidates.models import SavedView
from eig.accounts.models import User
from eig.promotions.models import Promotion


@transaction.atomic
def keep_view(
    promotion: Promotion, *, name: str, query: str, is_shared: bool, by: User, at: datetime
) -> SavedView:
    """Keep filters and columns under a name; the same name again replaces what it held."""
    view, _ = SavedView.objects.update_or_create(
        promotion=promotion,
        owner=by,
        name=name.strip(),
        defaults={"query": query, "is_shared": is_shared, "created_at": at},
    )
    return view


def forget_view(view: SavedView) -> None:
    view.delete()
