"""Staff: the list of applications, its filters and columns, the views kept."""

from datetime import date, datetime
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from candidates.actions import forget_view, keep_view
from candidates.choices import BulkKind, Status
from candidates.forms import ApplicationFilter, SavedViewForm
from candidates.models import SavedView
from candidates.queries import (
    COLUMNS,
    applications_filtered,
    cells,
    columns_chosen,
    lens_of,
    readers_with_load,
    saved_views,
    status_counts,
    with_readings,
)
from eig.accounts.doors import SignedInRequest, staff_only
from eig.exports.rules import Cell
from eig.french import dates
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

PAGE = 25
BADGES = {
    Status.SUBMITTED: "info",
    Status.INELIGIBLE: "error",
    Status.SHORTLISTED: "success",
    Status.RESERVED: "new",
    Status.DECLINED: "",
    Status.WITHDRAWN: "warning",
}
COUNTED = {
    Status.SUBMITTED: "en lecture",
    Status.SHORTLISTED: "présélectionnées",
    Status.RESERVED: "en liste complémentaire",
    Status.DECLINED: "non retenues",
    Status.INELIGIBLE: "inéligibles",
    Status.WITHDRAWN: "retirées",
}


def _said(cell: Cell) -> str:
    if cell is None or cell == "":
        return "–"
    if isinstance(cell, datetime):
        return dates.instant(cell)
    if isinstance(cell, date):
        return dates.day(cell)
    return str(cell).replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def given_query(request: SignedInRequest) -> str:
    """The filters of the address, without the page: what a view keeps and what an export repeats."""
    given = request.GET.copy()
    given.pop("page", None)
    return given.urlencode()


def _views(request: SignedInRequest, promotion: Promotion, query: str) -> list[dict[str, object]]:
    address = reverse("candidates:staff_application_list", args=[promotion.code])
    return [
        {
            "name": view.name if view.owner_id == request.user.pk else f"{view.name} ({view.owner})",
            "code": view.code,
            "href": f"{address}?{view.query}",
            "is_current": bool(query) and QueryDict(view.query) == QueryDict(query),
            "is_mine": view.owner_id == request.user.pk,
            "forget": f"Oublier « {view.name} »",
        }
        for view in saved_views(promotion, request.user)
    ]


@staff_only
def staff_application_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    return listing_page(request, row)


def listing_page(
    request: SignedInRequest, promotion: Promotion, *, view_form: SavedViewForm | None = None
) -> HttpResponse:
    form = ApplicationFilter(
        request.GET, trades=promotion.trades.order_by("rank", "pk"), readers=readers_with_load(promotion)
    )
    lens = lens_of(promotion)
    codes = columns_chosen(form.chosen_columns())
    found = applications_filtered(promotion, form.criteria(), total_weight=lens.weight)
    page = Paginator(with_readings(found), PAGE).get_page(request.GET.get("page"))
    counts = status_counts(promotion)
    query = given_query(request)
    context = {
        "promotion": promotion,
        "form": form,
        "page": page,
        "columns": [(code, COLUMNS[code].column) for code in codes],
        "rows": [
            (
                item,
                BADGES.get(Status(item.status), ""),
                [
                    (code, COLUMNS[code].column.kind == "number", _said(cell))
                    for code, cell in zip(codes, cells(item, codes, lens), strict=True)
                ],
            )
            for item in page
        ],
        "counts": [(label, counts[code]) for code, label in COUNTED.items()],
        "total": sum(counts.values()),
        "views": _views(request, promotion, query),
        "view_form": view_form or SavedViewForm(initial={"query": query}),
        "export_kind": "candidatures",
        "export_full": "dossiers",
        "export_given": query,
        "deeds": BulkKind.choices,
    }
    status = 422 if view_form else 200
    return render(request, "candidates/staff/staff_application_list.html", context, status=status)


def _address(promotion: str, query: str) -> str:
    return f"{reverse('candidates:staff_application_list', args=[promotion])}?{QueryDict(query).urlencode()}"


@staff_only
@require_POST
def staff_view_keep(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Keep the list as it is filtered now, under a name."""
    row = get_object_or_404(Promotion, code=promotion)
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        return listing_page(request, row, view_form=form)
    view = keep_view(row, **form.cleaned_data, by=request.user, at=moment(row))
    messages.success(request, f"La vue « {view.name} » est enregistrée.")
    return redirect(_address(promotion, view.query))


@staff_only
@require_POST
def staff_view_forget(request: SignedInRequest, promotion: str, view: str) -> HttpResponse:
    """Forget one of my views; those of colleagues are theirs to forget."""
    kept = get_object_or_404(SavedView, promotion__code=promotion, owner=request.user, code=view)
    forget_view(kept)
    messages.success(request, f"La vue « {kept.name} » est oubliée.")
    return redirect("candidates:staff_application_list", promotion)
