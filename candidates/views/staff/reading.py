"""Staff: who reads how much, what lacks a reading, the automatic distribution."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import hand_out_readings
from candidates.queries import applications_apart, lacking_readings, readers_with_load
from eig.accounts.doors import SignedInRequest, staff_only
from eig.design.templatetags.words import counted
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.evaluation.rules import shown_score
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

PAGE = 25


@staff_only
def staff_reading_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    weight = grid_of(row, Stage.APPLICATION_READING).total_weight
    wanted = [item.count for item in lacking_readings(row) if item.count]
    apart = Paginator(applications_apart(row), PAGE).get_page(request.GET.get("page"))
    readers = readers_with_load(row)
    context = {
        "promotion": row,
        "readers": readers,
        "lacking_readings": sum(wanted),
        "lacking_applications": len(wanted),
        "page": apart,
        "apart": [(item, shown_score(item.score, weight=weight)) for item in apart],
        "gap": row.third_reader_gap,
        "required": row.readers_per_application,
        "held": sum(reader.held for reader in readers),
        "signed": sum(reader.signed for reader in readers),
    }
    return render(request, "candidates/staff/staff_reading_list.html", context)


@staff_only
@require_POST
def staff_reading_distribute(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Hand out what is missing; say what nobody could take."""
    row = get_object_or_404(Promotion, code=promotion)
    made = hand_out_readings(row, by=request.user, at=moment(row))
    unmet = sum(made.unmet.values())
    if made.pairs:
        messages.success(request, f"{counted(len(made.pairs), 'lecture distribuée')}.")
    if unmet:
        messages.warning(
            request,
            f"{counted(unmet, 'lecture')} sans lecteur possible : "
            "il manque des personnes pour ces métiers, ou leurs plafonds sont atteints.",
        )
    if not made.pairs and not unmet:
        messages.info(request, "Toutes les lectures sont déjà distribuées.")
    return redirect("candidates:staff_reading_list", promotion)
