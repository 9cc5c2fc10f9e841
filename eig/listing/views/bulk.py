"""The deeds on many rows: looked at, applied, read back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.design.templatetags.words import counted
from eig.documents.tasks import wake_workshop_after_commit
from eig.listing.actions import AlreadyApplied, apply_bulk, fill_bulk
from eig.listing.choices import RowState
from eig.listing.lists import DeedForm, meaning_of
from eig.listing.models import BulkDeed
from eig.listing.queries import bulk_rows, bulks_listed, forecasts
from eig.listing.tasks import finish_after_commit
from eig.listing.views.page import said
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

PAGE = 50
STATES = {RowState.PENDING: "info", RowState.DONE: "success", RowState.REFUSED: "warning"}


def _form(bulk: BulkDeed, data: Mapping[str, Any] | None = None) -> DeedForm:
    """The form of a deed, with what was already said."""
    meaning = meaning_of(bulk)
    if meaning is None:
        raise Http404
    return meaning[1].form(data, promotion=bulk.promotion, initial=bulk.given)


def _bulk(promotion: str, code: UUID) -> BulkDeed:
    row = get_object_or_404(Promotion, code=promotion)
    return get_object_or_404(bulks_listed(row), code=code)


@staff_only
def bulk_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    page = Paginator(bulks_listed(row), PAGE).get_page(request.GET.get("page"))
    rows = [(bulk, *_words(bulk)) for bulk in page]
    return render(request, "listing/bulk_list.html", {"promotion": row, "page": page, "rows": rows})


def _words(bulk: BulkDeed) -> tuple[str, str]:
    """The deed and the list in words; their codes when they are no longer declared."""
    meaning = meaning_of(bulk)
    return (meaning[1].label, meaning[0].title) if meaning else (bulk.kind, bulk.listing)


@staff_only
def bulk_detail(request: SignedInRequest, promotion: str, bulk: UUID) -> HttpResponse:
    """What is asked, then what each row would meet, then what each has met."""
    deed = _bulk(promotion, bulk)
    now = moment(deed.promotion)
    form = _form(deed, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            fill_bulk(deed, given=form.given(), by=request.user, at=now)
        except AlreadyApplied as reason:
            messages.error(request, str(reason))
        return redirect("listing:bulk_detail", promotion, bulk)
    meaning = meaning_of(deed)
    assert meaning is not None
    listing, kind = meaning
    page = Paginator(bulk_rows(deed), PAGE).get_page(request.GET.get("page"))
    is_filled = bool(deed.given)
    first = listing.columns[listing.first]
    context = {
        "promotion": deed.promotion,
        "deed": deed,
        "listing": listing,
        "label": kind.label,
        "list_href": reverse(listing.door, args=[promotion]),
        "form": form,
        "page": page,
        "heading": [listing.columns[code].column.label for code in listing.brief],
        "rows": [
            (
                item,
                [said(cell) for cell in item.cells],
                first.href(item.record) if first.href and item.record else "",
                STATES[RowState(item.row.state)],
            )
            for item in forecasts(deed, list(page), by=request.user, at=now, judged=is_filled)
        ],
        "is_applied": deed.applied_at is not None,
        "is_filled": is_filled,
        "has_fields": bool(form.fields),
        "apply_label": "Reprendre" if deed.applied_at else "Appliquer",
        "apply_title": counted(deed.pending, "ligne à traiter,lignes à traiter"),
    }
    return render(request, "listing/bulk_detail.html", context, status=422 if form.is_bound else 200)


@staff_only
@require_POST
def bulk_apply(request: SignedInRequest, promotion: str, bulk: UUID) -> HttpResponse:
    """Do it, row by row; pressed again, it goes on with what remains."""
    deed = _bulk(promotion, bulk)
    if not deed.given:
        messages.error(request, "Dites d’abord ce qu’il faut faire.")
        return redirect("listing:bulk_detail", promotion, bulk)
    left = apply_bulk(deed, by=request.user, at=moment(deed.promotion))
    wake_after_commit()
    wake_workshop_after_commit()
    if left:
        finish_after_commit(deed)
        messages.info(request, "La suite se fait sans vous : actualisez cette page pour la suivre.")
    else:
        messages.success(request, "C’est fait. Voici le résultat, ligne par ligne.")
    return redirect("listing:bulk_detail", promotion, bulk)
