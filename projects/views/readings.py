"""The readings of projects on the pages that both calls have alike (`eig.evaluation`)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse

from eig.accounts.doors import SignedInRequest
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown
from eig.evaluation.choices import Stage
from eig.evaluation.desks import Line, ReadingDesk
from eig.evaluation.queries import grid_of
from eig.promotions.models import Promotion
from projects.actions import dismiss_reader, take_next
from projects.models import Project, Review
from projects.queries import PROJECTS, projects_being_read, projects_listed
from projects.queries.reading import reader_ties, reading_lines
from projects.views.desk import DESK


def _lines(promotion: Promotion, keys: Sequence[int]) -> Mapping[int, Line]:
    here = promotion.code
    return {
        row.pk: Line(
            row.title,
            reverse("projects:staff_project_detail", args=[here, row.code]),
            str(row.administration or ""),
        )
        for row in projects_listed(promotion).filter(pk__in=keys)
    }


def _progress(request: SignedInRequest, promotion: Promotion, wanted: Mapping[int, int]) -> Mapping[str, Any]:
    """Each project with its readers: what it lacks, how far apart they are."""
    weight, gap = grid_of(promotion, Stage.PROJECT_READING).total_weight, promotion.third_reader_gap
    page = Paginator(projects_being_read(promotion), 40).get_page(request.GET.get("page"))
    return {"page": page, "rows": reading_lines(list(page.object_list), wanted, weight=weight, gap=gap)}


def _detail(project: Project) -> str:
    return " · ".join(filter(None, (project.number, str(project.administration or ""))))


READINGS = ReadingDesk(
    model=Review,
    dossiers=DESK,
    listing=PROJECTS,
    ties=reader_ties,
    dismiss=dismiss_reader,
    heading=("Projet", "Administration"),
    preview="staff_reading_preview",
    ask="staff_reading_ask",
    apart="staff_reading_list",
    listed="review_list",
    take="review_take",
    label=lambda project: project.title,
    detail=_detail,
    before=lambda request, review: redirect("projects:conflict_declare", review.sheet.code),
    dossier="dossiers/answers.html",
    shown=lambda project: {
        "detail": _detail(project),
        "sections": answers_shown(
            form_of(project.promotion, FormKind.PROJECT), project.answers, readers_only=True
        ),
    },
    take_next=take_next,
    names_readers=True,
    lines=_lines,
    menu="projects/staff/_nav.html",
    style="projects/projects.css",
    progress="projects/staff/reading_progress.html",
    progressing=_progress,
)
