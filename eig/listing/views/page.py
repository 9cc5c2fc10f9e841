"""The page of a list, whatever the list."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from eig.accounts.doors import SignedInRequest
from eig.design.templatetags.words import counted
from eig.exports.rules import Cell
from eig.french import dates
from eig.listing.actions import NoRows, fill_bulk, forget_view, keep_view, prepare_bulk
from eig.listing.asking import Asked, asked_of, heading
from eig.listing.description import Listing, Look, Row
from eig.listing.documents import WHOLE
from eig.listing.forms import SavedViewForm
from eig.listing.lists import deeds_of
from eig.listing.models import SavedView
from eig.listing.queries import saved_views
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

# The column of a view that holds its query string.
LONGEST = 1000
# A moment may break before its hour: its day and its hour do not.
KINDS = {"number": "eig-number", "date": "eig-nowrap"}


def list_page(
    request: SignedInRequest, promotion: Promotion, listing: Listing, *, template: str, **context: Any
) -> HttpResponse:
    """The list as it is asked in the address. Posted to: keep or forget a view, begin a deed on many rows.

    The page of the step shows it with `listing/list.html`; what else it shows is `context`.
    """
    asked = asked_of(listing, Look(promotion, request.user, moment(promotion)), data=request.GET)
    view_form = SavedViewForm()
    if request.method == "POST":
        act = request.POST.get("act")
        if act == "deed":
            return _prepared(request, asked)
        if act == "forget":
            return _forgotten(request, asked)
        if act == "keep":
            view_form = SavedViewForm(request.POST)
            if view_form.is_valid():
                return _kept(request, asked, view_form)
    shown = {"promotion": promotion, "view_form": view_form, "empty": listing.empty}
    context = {**shown, **_shown(request, asked), **context}
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _shown(request: SignedInRequest, asked: Asked) -> dict[str, Any]:
    listing = asked.listing
    page = Paginator(listing.complete(asked.rows), listing.page).get_page(request.GET.get("page"))
    query = _query(request)
    return {
        "listing": listing,
        "asked": asked,
        "page": page,
        "heading": heading(asked),
        "rows": [(row, getattr(row, listing.key), list(_cells(asked, row))) for row in page],
        "views": list(_views(request, asked, query)),
        "query": query,
        "all_label": _all(page.paginator.count),
        "deeds": [(code, deed.label) for code, deed in deeds_of(listing).items()],
        "total": page.paginator.count,
        "export_kind": listing.code,
        "export_given": query,
        "export_full": f"{listing.code}{WHOLE}",
        "export_full_label": "Toutes les colonnes",
    }


def _all(total: int) -> str:
    return (
        f"Pour les {counted(total, 'résultat')}, pas seulement cette page"
        if total > 1
        else "Pour ce résultat"
    )


def _cells(asked: Asked, row: Row) -> Iterator[dict[str, Any]]:
    for code, cell in asked.cells(row):
        item = asked.listing.columns[code]
        yield {
            "label": item.column.label,
            "said": said(cell),
            "kind": KINDS.get(item.column.kind, ""),
            "href": item.href(row) if item.href else "",
            "is_badge": bool(item.badge and cell),
            "badge": item.badge(row, asked.lens) if item.badge else "",
            "template": item.template,
        }


def said(cell: Cell) -> str:
    """A cell as it is read on a page."""
    if cell is None or cell == "":
        return "–"
    if isinstance(cell, datetime):
        return dates.instant(cell)
    if isinstance(cell, date):
        return dates.day(cell)
    return str(cell).replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def _query(request: SignedInRequest) -> str:
    """The filters of the address, without the page: what a view keeps and what an export repeats."""
    given = request.GET.copy()
    given.pop("page", None)
    return given.urlencode()


def _views(request: SignedInRequest, asked: Asked, query: str) -> Iterator[Mapping[str, object]]:
    for view in saved_views(asked.listing, asked.look.promotion, request.user):
        is_mine = view.owner_id == request.user.pk
        yield {
            "name": view.name if is_mine else f"{view.name} ({view.owner})",
            "code": view.code,
            "href": f"?{QueryDict(view.query).urlencode()}",
            "is_current": bool(query) and QueryDict(view.query) == QueryDict(query),
            "is_mine": is_mine,
            "forget": f"Oublier « {view.name} »",
        }


def _back(asked: Asked, query: str = "") -> HttpResponse:
    address = reverse(asked.listing.door, args=[asked.look.promotion.code])
    return redirect(f"{address}?{query}" if query else address)


def _kept(request: SignedInRequest, asked: Asked, form: SavedViewForm) -> HttpResponse:
    query = _query(request)
    if len(query) > LONGEST:
        messages.error(request, "Ces filtres sont trop longs pour être enregistrés : raccourcissez-les.")
        return _back(asked, query)
    view = keep_view(
        asked.listing,
        asked.look.promotion,
        **form.cleaned_data,
        query=query,
        by=request.user,
        at=asked.look.at,
    )
    messages.success(request, f"La vue « {view.name} » est enregistrée.")
    return _back(asked, query)


def _forgotten(request: SignedInRequest, asked: Asked) -> HttpResponse:
    """Forget one of my views; those of colleagues are theirs to forget."""
    mine = SavedView.objects.filter(
        promotion=asked.look.promotion, listing=asked.listing.code, owner=request.user
    )
    kept = get_object_or_404(mine, code__in=_codes([request.POST.get("view", "")]))
    forget_view(kept)
    messages.success(request, f"La vue « {kept.name} » est oubliée.")
    return _back(asked)


def _codes(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _prepared(request: SignedInRequest, asked: Asked) -> HttpResponse:
    """Note which rows the deed is about: those ticked, or every result of the filter."""
    kind = request.POST.get("kind", "")
    if kind not in deeds_of(asked.listing):
        messages.error(request, "Choisissez un geste dans la liste.")
        return _back(asked, _query(request))
    rows = asked.rows
    if request.POST.get("scope") != "all":
        ticked = _codes(request.POST.getlist("code"))
        rows = asked.listing.rows(asked.look).filter(code__in=ticked)
    try:
        bulk = prepare_bulk(
            asked.listing,
            asked.look.promotion,
            kind=kind,
            rows=list(rows.values_list("pk", flat=True)),
            by=request.user,
            at=asked.look.at,
        )
    except NoRows as reason:
        messages.error(request, str(reason))
        return _back(asked, _query(request))
    if not deeds_of(asked.listing)[kind].form.base_fields:
        fill_bulk(bulk, given={}, by=request.user, at=asked.look.at)
    return redirect("listing:bulk_detail", asked.look.promotion.code, bulk.code)
