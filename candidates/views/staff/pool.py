"""Staff: the talent pool, and the letter that tells it of a call."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from candidates.actions import CallNotOpen, tell_pool
from candidates.queries.pool import POOL
from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.design.templatetags.words import counted
from eig.listing.views import list_page
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Promotion
from eig.promotions.queries import moment, phase_of


@staff_only
def staff_pool_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion.objects.select_related("programme"), code=promotion)
    phase = phase_of(row, PhaseKind.APPLICATIONS)
    return list_page(
        request,
        row,
        POOL,
        template="candidates/staff/staff_pool_list.html",
        is_open=bool(phase and phase.is_open(moment(row))),
    )


@staff_only
@require_POST
def staff_pool_tell(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Write to the pool that this promotion's call is open."""
    row = get_object_or_404(Promotion.objects.select_related("programme"), code=promotion)
    with Doing(request, CallNotOpen) as done:
        count = tell_pool(row, by=request.user, at=moment(row))
        done.said = f"{counted(count, 'personne prévenue,personnes prévenues')}, une seule fois chacune."
    return redirect("candidates:staff_pool_list", promotion)
