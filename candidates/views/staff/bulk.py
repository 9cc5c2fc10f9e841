"""Staff: one deed on many applications: prepared from the list, looked at, applied, read back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import AlreadyApplied, NoRows, apply_bulk, fill_bulk, prepare_bulk
from candidates.choices import BulkKind, BulkState
from candidates.forms import ApplicationFilter, bulk_form
from candidates.models import BulkDeed
from candidates.queries import applications_filtered, applications_listed, readers_with_load
from candidates.queries.bulk import bulk_rows, bulks_listed, forecasts
from candidates.tasks import finish_after_commit
from eig.accounts.doors import SignedInRequest, staff_only
from eig.design.templatetags.words import counted
from eig.documents.tasks import wake_workshop_after_commit
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

PAGE = 50
STATES = {BulkState.PENDING: "info", BulkState.DONE: "success", BulkState.REFUSED: "warning"}


def _deed(promotion: str, code: str) -> BulkDeed:
    row = get_object_or_404(Promotion, code=promotion)
    return get_object_or_404(bulks_listed(row), code=code)


@staff_only
def staff_bulk_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    page = Paginator(bulks_listed(row), PAGE).get_page(request.GET.get("page"))
    return render(request, "candidates/staff/staff_bulk_list.html", {"promotion": row, "page": page})


def _codes(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _chosen(request: SignedInRequest, promotion: Promotion) -> list[int]:
    """The ticked rows, or every result of the filter that was on the screen."""
    if request.POST.get("scope") != "all":
        rows = applications_listed(promotion).filter(code__in=_codes(request.POST.getlist("code")))
        return list(rows.values_list("pk", flat=True))
    form = ApplicationFilter(
        QueryDict(request.POST.get("given", "")),
        trades=promotion.trades.order_by("rank", "pk"),
        readers=readers_with_load(promotion),
    )
    weight = grid_of(promotion, Stage.APPLICATION_READING).total_weight
    rows = applications_filtered(promotion, form.criteria(), total_weight=weight)
    return list(rows.values_list("pk", flat=True))


@staff_only
@require_POST
def staff_bulk_prepare(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    kind = request.POST.get("kind", "")
    if kind not in BulkKind.values:
        messages.error(request, "Choisissez un geste dans la liste.")
        return redirect("candidates:staff_application_list", promotion)
    try:
        deed = prepare_bulk(
            row, kind=kind, applications=_chosen(request, row), by=request.user, at=moment(row)
        )
    except NoRows as reason:
        messages.error(request, str(reason))
        return redirect("candidates:staff_application_list", promotion)
    return redirect("candidates:staff_bulk_detail", promotion, deed.code)


@staff_only
def staff_bulk_detail(request: SignedInRequest, promotion: str, bulk: str) -> HttpResponse:
    """What is asked, then what each row would meet, then what each has met."""
    deed = _deed(promotion, bulk)
    form = bulk_form(deed, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            fill_bulk(deed, given=form.given(), by=request.user, at=moment(deed.promotion))
        except AlreadyApplied as reason:
            messages.error(request, str(reason))
        return redirect("candidates:staff_bulk_detail", promotion, bulk)
    page = Paginator(bulk_rows(deed), PAGE).get_page(request.GET.get("page"))
    seen = forecasts(deed, list(page)) if deed.given or deed.applied_at else []
    context = {
        "promotion": deed.promotion,
        "deed": deed,
        "form": form,
        "page": page,
        "rows": [(item, STATES[BulkState(item.row.state)]) for item in seen],
        "chosen": [row.application for row in page] if not seen else [],
        "is_applied": deed.applied_at is not None,
        "is_filled": bool(deed.given),
        "apply_label": "Reprendre" if deed.applied_at else "Appliquer",
        "apply_title": counted(deed.pending, "ligne à traiter,lignes à traiter"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "candidates/staff/staff_bulk_detail.html", context, status=status)


@staff_only
@require_POST
def staff_bulk_apply(request: SignedInRequest, promotion: str, bulk: str) -> HttpResponse:
    """Do it, row by row; pressed again, it goes on with what remains."""
    deed = _deed(promotion, bulk)
    if not deed.given:
        messages.error(request, "Dites d’abord ce qu’il faut faire.")
        return redirect("candidates:staff_bulk_detail", promotion, bulk)
    left = apply_bulk(deed, by=request.user, at=moment(deed.promotion))
    wake_after_commit()
    wake_workshop_after_commit()
    if left:
        finish_after_commit(deed)
        messages.info(request, "La suite se fait sans vous : actualisez cette page pour la suivre.")
    else:
        messages.success(request, "C’est fait. Voici le résultat, ligne par ligne.")
    return redirect("candidates:staff_bulk_detail", promotion, bulk)
