"""Staff: the ranking within each trade, raw and adjusted; the applications on which readers disagree."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from candidates.queries import severities
from candidates.queries.standing import (
    adjusted_ranks,
    applications_in_disagreement,
    disputes_shown,
    ranked_in,
    ranked_shown,
    severities_shown,
)
from candidates.rules.severity import LEAST_READINGS
from eig.accounts.doors import SignedInRequest, staff_only
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.promotions.models import Promotion, Trade

PAGE = 25


@staff_only
def staff_standing_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    trades = list(row.trades.order_by("rank", "pk"))
    if not trades:
        raise Trade.DoesNotExist
    trade = next((item for item in trades if item.code == request.GET.get("trade")), trades[0])
    weight = grid_of(row, Stage.APPLICATION_READING).total_weight
    severe = severities(row, total_weight=weight)
    page = Paginator(ranked_in(row, trade), PAGE).get_page(request.GET.get("page"))
    others = adjusted_ranks(row, trade, severe=severe, total_weight=weight)
    context = {
        "promotion": row,
        "trades": [
            {"label": item.label, "href": f"{request.path}?trade={item.code}", "is_current": item == trade}
            for item in trades
        ],
        "trade": trade,
        "page": page,
        "rows": ranked_shown(list(page), severe=severe, others=others, total_weight=weight),
        "readers": severities_shown(row, severe),
        "least": LEAST_READINGS,
    }
    return render(request, "candidates/staff/staff_standing_list.html", context)


@staff_only
def staff_disagreement_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    grid = grid_of(row, Stage.APPLICATION_READING)
    found = applications_in_disagreement(row, total_weight=grid.total_weight)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "promotion": row,
        "page": page,
        "disputes": disputes_shown(
            list(page), total_weight=grid.total_weight, verdicts=dict(grid.grid.verdicts)
        ),
        "gap": row.third_reader_gap,
        "scale": grid.grid.scale_max,
    }
    return render(request, "candidates/staff/staff_disagreement_list.html", context)
