"""Staff: the talent pool, and the letter that tells it of a call."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from candidates.actions import CallNotOpen, tell_pool
from candidates.forms import PoolFilter
from candidates.queries.pool import pool_filtered, pool_trades
from candidates.views.staff.listing import given_query
from eig.accounts.doors import SignedInRequest, staff_only
from eig.design.templatetags.words import counted
from eig.mail.tasks import wake_after_commit
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

PAGE = 25


@staff_only
def staff_pool_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion.objects.select_related("programme"), code=promotion)
    now = moment(row)
    today = localtime(now).date()
    form = PoolFilter(request.GET, trades=pool_trades(row.programme, on=today))
    page = Paginator(pool_filtered(row.programme, on=today, **form.values()), PAGE).get_page(
        request.GET.get("page")
    )
    phase = row.phases.filter(kind=PhaseKind.APPLICATIONS).first()
    context = {
        "promotion": row,
        "form": form,
        "page": page,
        "is_open": bool(phase and phase.is_open(now)),
        "export_kind": "vivier",
        "export_given": given_query(request),
    }
    return render(request, "candidates/staff/staff_pool_list.html", context)


@staff_only
@require_POST
def staff_pool_tell(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Write to the pool that this promotion's call is open."""
    row = get_object_or_404(Promotion.objects.select_related("programme"), code=promotion)
    try:
        count = tell_pool(row, by=request.user, at=moment(row))
    except CallNotOpen as reason:
        messages.error(request, str(reason))
    else:
        wake_after_commit()
        messages.success(
            request, f"{counted(count, 'personne prévenue,personnes prévenues')}, une seule fois chacune."
        )
    return redirect("candidates:staff_pool_list", promotion)
