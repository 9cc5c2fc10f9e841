"""The candidate's doors to choose: projects side by side, projects kept aside."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from eig.accounts.doors import SignedInRequest
from eig.promotions.queries import moment
from matching.ranking.actions import keep_aside
from matching.ranking.queries import (
    projects_offered,
    projects_once_published,
    ranking_application,
    ranking_of,
    wishes_of,
)

LEAST, MOST = 2, 4


@require_safe
def project_compare(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Two to four projects side by side, in the order they were ticked."""
    application = get_object_or_404(ranking_application(request.user), code=code)
    asked = list(dict.fromkeys(request.GET.getlist("defi")))
    offered = {str(item.project.code): item for item in projects_offered(application)}
    compared = [offered[name] for name in asked if name in offered]
    if len(compared) < LEAST:
        messages.info(request, "Cochez de deux à quatre défis, puis comparez-les.")
        return redirect("ranking:ranking_edit", application.code)
    ranking = ranking_of(application)
    ranks = {wish.project_id: wish.position for wish in wishes_of(ranking)} if ranking else {}
    context = {
        "application": application,
        "promotion": application.promotion,
        "compared": [(item, ranks.get(item.project.pk, 0)) for item in compared[:MOST]],
        "left_out": [item.title for item in compared[MOST:]],
    }
    return render(request, "ranking/project_compare.html", context)


@require_POST
def bookmark_set(request: SignedInRequest, code: UUID, project: UUID) -> HttpResponse:
    """Keep a project aside, or let it go; back to where it was on the page."""
    application = get_object_or_404(ranking_application(request.user), code=code)
    kept = request.POST.get("kept") == "yes"
    found = get_object_or_404(projects_once_published(application), code=project)
    keep_aside(application, project=found, kept=kept, at=moment(application.promotion))
    if request.htmx:
        context = {"application": application, "code": found.code, "title": found.title, "kept": kept}
        return render(request, "ranking/_bookmark.html", context)
    query = QueryDict(request.POST.get("filters", "")[:500]).urlencode()
    address = reverse("ranking:ranking_edit", args=[application.code])
    return redirect(f"{address}?{query}#defi-{found.code}" if query else f"{address}#defi-{found.code}")
