"""Standings per project and per position, and what is missing before deliberating."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from eig.accounts.doors import SignedInRequest
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from matching.interviews.queries import (
    counts,
    missing_before_deliberation,
    project_standings_listed,
    standings,
    standings_by_position,
)


@require_safe
@promotion_desk
def standing_list(request: SignedInRequest, row: Promotion) -> HttpResponse:
    context = {"promotion": row, "projects": list(project_standings_listed(row)), "counts": counts(row)}
    return render(request, "interviews/staff/standing_list.html", context)


@require_safe
@promotion_desk
def standing_show(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    project = get_object_or_404(project_standings_listed(row), code=code)
    lines = standings(project)
    context = {
        "promotion": row,
        "project": project,
        "lines": lines,
        "positions": standings_by_position(project, lines),
    }
    return render(request, "interviews/staff/standing_show.html", context)


@require_safe
@promotion_desk
def deliberation_check(request: SignedInRequest, row: Promotion) -> HttpResponse:
    context = {"promotion": row, "missing": missing_before_deliberation(row), "counts": counts(row)}
    return render(request, "interviews/staff/deliberation_check.html", context)
