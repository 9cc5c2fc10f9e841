"""Staff: what waits for a second person; one deed, to confirm or to give up."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, grave, staff_only
from eig.accounts.queries import accounts_of
from eig.deeds import Doing
from eig.design.answers import posted
from eig.orders import actions
from eig.orders.choices import OrderStatus
from eig.orders.forms import ReasonForm
from eig.orders.kinds import Given, OrderKind, kinds
from eig.orders.models import Order
from eig.orders.queries import orders_listed, orders_waiting, others_than
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

PAGE = 30
ASKED = "La demande est envoyée : une autre personne de l’équipe la confirme."
BADGES = {OrderStatus.ASKED: "info", OrderStatus.DONE: "success"}


def _order(promotion: str, code: UUID) -> Order:
    row = get_object_or_404(Promotion, code=promotion)
    return get_object_or_404(orders_listed(row), code=code)


def _shown(order: Order) -> dict[str, Any]:
    is_late = order.status == OrderStatus.ASKED and moment(order.promotion) >= order.expires_at
    status = OrderStatus.EXPIRED if is_late else OrderStatus(order.status)
    return {"order": order, "state": status.label, "badge": BADGES.get(status, "warning"), "is_late": is_late}


def order_page(
    request: SignedInRequest,
    promotion: Promotion,
    kind: OrderKind,
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    given: Given,
    form: ReasonForm | None = None,
) -> HttpResponse:
    """The page of a deed that somebody else confirms: says who may, and asks for it with its reason.

    `form` holds the reason when the page asks for more; it was found valid.
    """
    at = moment(promotion)
    asking = form or ReasonForm(posted(request))
    if asking.is_valid():
        with Doing(request, actions.REFUSALS, form=asking) as done:
            order = actions.ask_order(
                promotion,
                kind=kind,
                title=title,
                given=given,
                reason=asking.cleaned_data["reason"],
                by=request.user,
                at=at,
            )
            done.said = ASKED
        if done:
            return redirect("orders:order_detail", promotion.code, order.code)
    shown = {
        "promotion": promotion,
        "form": asking,
        "others": others_than(request.user),
        "waiting": orders_waiting(promotion, kind.code, at=at),
        **context,
    }
    return render(request, template, shown, status=422 if asking.is_bound else 200)


@staff_only
def order_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    page = Paginator(orders_listed(row), PAGE).get_page(request.GET.get("page"))
    context = {"promotion": row, "page": page, "rows": [_shown(order) for order in page]}
    return render(request, "orders/order_list.html", context)


@staff_only
def order_detail(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    order = _order(promotion, code)
    shown = _shown(order)
    is_waiting = order.status == OrderStatus.ASKED and not shown["is_late"]
    is_mine = order.asked_by_id in accounts_of(request.user)
    context = {
        "promotion": order.promotion,
        "words": kinds()[order.kind].words(order.promotion, order.given) if is_waiting else [],
        "is_waiting": is_waiting,
        "is_mine": is_mine,
        **shown,
    }
    return render(request, "orders/order_detail.html", context)


@staff_only
@require_POST
@grave
def order_confirm(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    order = _order(promotion, code)
    refusals = (*actions.REFUSALS, *kinds()[order.kind].refusals)
    with Doing(request, refusals) as done:
        done.said = actions.confirm_order(order, by=request.user, at=moment(order.promotion))
    return redirect("orders:order_detail", promotion, code)


@staff_only
@require_POST
def order_refuse(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    order = _order(promotion, code)
    with Doing(request, actions.REFUSALS, said="La demande est abandonnée."):
        actions.refuse_order(order, by=request.user, at=moment(order.promotion))
    return redirect("orders:order_detail", promotion, code)
