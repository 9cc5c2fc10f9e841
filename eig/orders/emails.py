"""Tell: those who may confirm, then whoever asked."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from eig.accounts.models import User
from eig.mail.outbox import post_each
from eig.orders.choices import OrderStatus
from eig.orders.models import Order


def _post(template: str, order: Order, people: Iterable[User], *, at: datetime) -> None:
    context = {
        "order": order,
        "promotion": order.promotion,
        "is_done": order.status == OrderStatus.DONE,
        "path": reverse("orders:order_detail", args=[order.promotion.code, order.code]),
    }
    post_each(
        template, people, key=f"{template}:{order.pk}", at=at, promotion_id=order.promotion_id, **context
    )


def order_asked(order: Order, people: Iterable[User], *, at: datetime) -> None:
    _post("orders/order_asked", order, people, at=at)


def order_ended(order: Order, *, at: datetime) -> None:
    _post("orders/order_ended", order, [order.asked_by], at=at)
