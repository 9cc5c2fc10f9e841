"""The candidate's door after the closing: adjust the wish whose project was withdrawn or changed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from candidates.models import Application
from eig.accounts.doors import SignedInRequest
from eig.mail.tasks import wake_after_commit
from eig.promotions.gate import PhaseNotOpen
from eig.promotions.queries import moment
from matching.ranking import actions
from matching.ranking.choices import Cause
from matching.ranking.forms import AdjustmentForm
from matching.ranking.models import Adjustment
from matching.ranking.queries import (
    OfferedProject,
    adjustments_open,
    projects_offered,
    ranking_application,
    ranking_of,
    wishes_of,
)
from projects.models import Project

REFUSALS = (
    PhaseNotOpen,
    actions.NotOffered,
    actions.NotShortlisted,
    actions.NothingToAdjust,
    actions.StaleRanking,
    actions.TooManyWishes,
    actions.UnfairAdjustment,
)
Adjusted = list[tuple[Adjustment, AdjustmentForm]]


@require_http_methods(["GET", "HEAD", "POST"])
def ranking_adjust(request: SignedInRequest, code: UUID) -> HttpResponse:
    application = get_object_or_404(ranking_application(request.user), code=code)
    ranking = ranking_of(application)
    open_now = adjustments_open(ranking, now=moment(application.promotion)) if ranking else []
    if ranking is None or not open_now:
        messages.info(request, "Aucun de vos vœux n’est à ajuster.")
        return redirect("ranking:ranking_edit", code)
    wishes = wishes_of(ranking)
    listed = [wish.project for wish in wishes]
    offers = projects_offered(application)
    adjusted = _forms(request, application, open_now, listed=listed, offers=offers)
    refusal = ""
    if request.method == "POST" and all(form.is_valid() for _, form in adjusted):
        order = _order(listed, adjusted, offers=offers)
        try:
            actions.adjust_wishes(ranking, projects=order, version=_version(request), by=request.user)
        except REFUSALS as reason:
            refusal = str(reason)
        else:
            wake_after_commit()
            messages.success(request, "Votre liste est ajustée et certifiée. Vous recevez un nouvel accusé.")
            return redirect("ranking:ranking_receipt", code)
    context = {
        "application": application,
        "promotion": application.promotion,
        "ranking": ranking,
        "wishes": wishes,
        "touched": {item.project_id for item in open_now},
        "adjusted": adjusted,
        "forms": [form for _, form in adjusted],
        "until": min(item.until for item in open_now),
        "refusal": refusal,
    }
    return render(request, "ranking/ranking_adjust.html", context, status=409 if refusal else 200)


def _forms(
    request: SignedInRequest,
    application: Application,
    open_now: list[Adjustment],
    *,
    listed: list[Project],
    offers: list[OfferedProject],
) -> Adjusted:
    ids = {project.pk for project in listed}
    free = [
        (str(item.project.code), item.title)
        for item in offers
        if item.is_offered and item.project.pk not in ids
    ]
    withdrawn = sum(item.cause == Cause.WITHDRAWN for item in open_now)
    ranks = min(application.promotion.wishes_max, len(listed) + withdrawn)
    data = request.POST if request.method == "POST" else None
    return [(item, AdjustmentForm(data, adjustment=item, offers=free, ranks=ranks)) for item in open_now]


def _order(listed: list[Project], adjusted: Adjusted, *, offers: list[OfferedProject]) -> list[Project]:
    """The other wishes as they stand, each adjusted one put at the rank chosen for it."""
    by_code = {str(item.project.code): item.project for item in offers}
    loose = {item.project_id for item, _ in adjusted}
    order = [project for project in listed if project.pk not in loose]
    chosen: list[tuple[int, Project]] = []
    for item, form in adjusted:
        code, rank = form.cleaned_data["project"], form.cleaned_data["rank"]
        if code == AdjustmentForm.KEEP:
            chosen.append((rank, item.project))
        elif code in by_code:
            chosen.append((rank, by_code[code]))
    for rank, project in sorted(chosen, key=lambda pair: pair[0]):
        order.insert(rank - 1, project)
    return order


def _version(request: SignedInRequest) -> int:
    value = request.POST.get("version", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0
