"""The waves of projects on the team's screens (`eig.waves`): what is read before deciding."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse

from eig.accounts.doors import SignedInRequest
from eig.design.templatetags.words import counted
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of, reading_summary
from eig.evaluation.rules import shown_score
from eig.promotions.models import Promotion
from eig.waves.desks import PAGE, Line, WaveDesk
from projects.actions.decision import WAVES
from projects.choices import HearingStatus
from projects.models import Decision, Project
from projects.queries import projects_listed, projects_to_decide, reviews_of
from projects.queries.hearing import hearing_of
from projects.queries.reading import reason_built


def _line(project: Project, *, weight: int, promotion: str, decision: Decision | None = None) -> Line:
    return Line(
        code=project.code,
        label=project.title,
        href=reverse("projects:staff_project_detail", args=[promotion, project.code]),
        detail=str(project.administration or ""),
        mark=shown_score(project.score, weight=weight),
        decision=decision,
    )


def _lines(promotion: Promotion, decisions: Sequence[Decision]) -> list[Line]:
    weight = grid_of(promotion, Stage.PROJECT_READING).total_weight
    return [_line(item.project, weight=weight, promotion=promotion.code, decision=item) for item in decisions]


def _propose(request: SignedInRequest, promotion: Promotion) -> Mapping[str, Any]:
    weight = grid_of(promotion, Stage.PROJECT_READING).total_weight
    left = Paginator(projects_to_decide(promotion), PAGE).get_page(request.GET.get("left"))
    lines = [(project, _line(project, weight=weight, promotion=promotion.code)) for project in left]
    return {"left_page": left, "to_decide": lines}


def _target(promotion: Promotion, code: UUID) -> Project:
    return get_object_or_404(projects_listed(promotion), code=code)


def _read(project: Project) -> tuple[Mapping[str, Any], str]:
    reviews = list(reviews_of(project))
    summary = reading_summary(reviews, gap=project.promotion.third_reader_gap)
    hearing = hearing_of(project)
    context = {
        "project": project,
        "summary": summary,
        "hearing": hearing if hearing and hearing.status == HearingStatus.HEARD else None,
        "reviews": [review for review in reviews if review.sheet.total is not None],
    }
    return context, reason_built(project, summary, hearing)


def _left(promotion: Promotion) -> str:
    waiting = projects_to_decide(promotion).count()
    return f"{counted(waiting, 'projet attend,projets attendent')} une décision."


DESK = WaveDesk(
    kind=WAVES,
    app="projects",
    title="Décisions sur les projets",
    above=("Projets", "projects:staff_project_list"),
    menu="projects/staff/_nav.html",
    style="projects/projects.css",
    kept_title="Lauréats",
    one_title="Projet",
    lines=_lines,
    target=_target,
    reading="projects/staff/decision_reading.html",
    read=_read,
    left=_left,
    proposing="projects/staff/wave_proposing.html",
    propose=_propose,
)
