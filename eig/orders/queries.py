"""Who may confirm, and what waits."""

from datetime import datetime

from django.db.models import QuerySet

from eig.accounts.models import User
from eig.accounts.queries import accounts_of
from eig.orders.choices import OrderStatus
from eig.orders.models import Order
from eig.promotions.models import Promotion


def others_than(person: User) -> QuerySet[User]:
    """The people of the team who may confirm what this one asks: a second account is no second person."""
    team = User.objects.filter(is_staff=True, is_active=True).exclude(pk__in=accounts_of(person))
    return team.order_by("pk")


def orders_listed(promotion: Promotion) -> QuerySet[Order]:
    rows = Order.objects.filter(promotion=promotion)
    return rows.select_related("promotion", "asked_by", "ended_by").order_by("-asked_at", "-pk")


def orders_waiting(promotion: Promotion, kind: str, *, at: datetime) -> QuerySet[Order]:
    return orders_listed(promotion).filter(kind=kind, status=OrderStatus.ASKED, expires_at__gt=at)
