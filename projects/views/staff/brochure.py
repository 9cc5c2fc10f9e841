"""The reveal: which laureates are ready, publish them, print the brochure and watch it being made."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, grave, staff_only
from eig.deeds import Doing
from eig.documents.printing import printing_of
from eig.lifecycle import IllegalMove
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import PhaseNotOpen
from eig.promotions.models import Promotion
from eig.promotions.queries import moment, phase_of
from projects.actions import NotDescribed, NothingToPrint, ask_brochure, publish_projects
from projects.queries import projects_to_publish, published_projects
from projects.queries.page import BROCHURE


@staff_only
def staff_publication(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    laureates = list(projects_to_publish(row))
    reveal = phase_of(row, PhaseKind.REVEAL)
    context = {
        "promotion": row,
        "laureates": [(project, hasattr(project, "page_draft")) for project in laureates],
        "published": published_projects(row),
        "reveal": reveal,
        "may_publish": bool(reveal and reveal.opens_at <= moment(row)) and bool(laureates),
        "printing": printing_of(BROCHURE, row.pk),
    }
    return render(request, "projects/staff/staff_publication.html", context)


@require_POST
@staff_only
@grave
def staff_project_publish(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    with Doing(request, (IllegalMove, NotDescribed, PhaseNotOpen), prints=True) as done:
        count = publish_projects(row, by=request.user, at=moment(row))
        done.said = f"{count} défi{'s publiés' if count > 1 else ' publié'}."
    return redirect("projects:staff_publication", promotion)


@require_POST
@staff_only
def staff_brochure_ask(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    with Doing(request, NothingToPrint, said="La brochure est en préparation.", prints=True):
        ask_brochure(row, by=request.user, at=moment(row))
    return redirect("projects:staff_publication", promotion)


@staff_only
def staff_brochure_progress(request: SignedInRequest, promotion: str) -> HttpResponse:
    """The fragment that htmx asks again every second while the brochure is being made."""
    row = get_object_or_404(Promotion, code=promotion)
    context = {"promotion": row, "printing": printing_of(BROCHURE, row.pk)}
    return render(request, "projects/staff/staff_publication.html#brochure", context)
