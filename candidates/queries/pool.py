"""The talent pool: who consented to hear of the next calls, until when."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from candidates.models import PoolMember
from eig.accounts.models import User
from eig.french import folded, french
from eig.promotions.models import Programme

ORDERS: Mapping[str, tuple[str, Sequence[Any]]] = {
    "name": ("Nom", [french("person__last_name"), french("person__first_name"), "pk"]),
    "recent": ("Consentement, du plus récent", ["-joined_at", "-pk"]),
    "ending": ("Fin du consentement, la plus proche", ["expires_on", "pk"]),
}


def pool_of(programme: Programme, *, on: date) -> QuerySet[PoolMember]:
    """Those whose consent still runs on that day: one that is over is nobody's to read."""
    rows = PoolMember.objects.filter(programme=programme, expires_on__gte=on, person__is_active=True)
    return rows.select_related("person", "application").order_by("pk")


def pool_filtered(
    programme: Programme,
    *,
    on: date,
    text: str = "",
    trade: str = "",
    years_from: int | None = None,
    order: str = "name",
) -> QuerySet[PoolMember]:
    """The pool, narrowed: words of the name, address or expertise; a trade; an experience."""
    asked = Q()
    if trade:
        asked &= Q(trades__contains=[trade])
    if years_from is not None:
        asked &= Q(experience_years__gte=years_from)
    rows = pool_of(programme, on=on).filter(asked)
    if words := folded(text).split():
        space = Value(" ")
        heap = Concat(
            "person__first_name",
            space,
            "person__last_name",
            space,
            "person__email",
            space,
            "expertise",
            output_field=TextField(),
        )
        rows = rows.alias(heap=french(heap))
        for word in words:
            rows = rows.filter(heap__contains=word)
    return rows.order_by(*ORDERS.get(order, ORDERS["name"])[1])


def pool_trades(programme: Programme, *, on: date) -> list[str]:
    """The trades that its members hold, for the filter."""
    rows = pool_of(programme, on=on).values_list("trades", flat=True)
    return sorted({trade for trades in rows for trade in trades}, key=folded)


def membership_of(person: User, programme: Programme, *, on: date) -> PoolMember | None:
    return pool_of(programme, on=on).filter(person=person).first()
