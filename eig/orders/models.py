"""A grave deed that one person of the team asks for, and that another one does (decision 20)."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from eig.orders.choices import OrderStatus
from eig.promotions.models import Promotion


class Order(models.Model):
    LIFECYCLE: ClassVar = {
        OrderStatus.ASKED: {OrderStatus.DONE, OrderStatus.REFUSED, OrderStatus.EXPIRED},
        OrderStatus.DONE: set(),
        OrderStatus.REFUSED: set(),
        OrderStatus.EXPIRED: set(),
    }

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="orders")
    # One of `settings.ORDER_KINDS`.
    kind = models.CharField(max_length=40)
    # What it is given, as plain values; with it two orders of a kind are not the same.
    given = models.JSONField(default=dict)
    title = models.CharField("geste", max_length=200)
    reason = models.TextField("motif", max_length=500)
    status = models.CharField(max_length=10, choices=OrderStatus, default=OrderStatus.ASKED)
    asked_at = models.DateTimeField("demandé le")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField("valable jusqu’au")
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "geste à deux"
        verbose_name_plural = "gestes à deux"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=OrderStatus.DONE)
                | Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(ended_by=F("asked_by")),
                name="who_asks_for_a_deed_does_not_do_it",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_order_has_a_reason"),
            models.UniqueConstraint(
                fields=["promotion", "kind", "given"],
                condition=Q(status=OrderStatus.ASKED),
                name="a_deed_is_asked_for_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title
