"""Corrections of projects: what both calls do is in `eig.dossiers`; here, what their answers lead to."""

from functools import partial
from typing import Any

from eig.dossiers import actions as dossiers
from eig.dossiers.choices import FormKind
from eig.dossiers.kinds import CorrectionKind, Files
from eig.dossiers.rules import FormView
from projects.actions.administration import tie_administrations
from projects.actions.project import add_positions
from projects.choices import Status
from projects.emails import team_of
from projects.models import Correction, Project
from projects.models.project import NAME
from projects.rules import squeezed

TIES = frozenset({"operator", "operator_kind", "beneficiary", "ministry", "partners"})
POSITIONS = "positions"


def _settle(correction: Correction, project: Project, form: FormView) -> Files:
    asked = set(correction.questions)
    changed: dict[str, Any] = {}
    if POSITIONS in asked:
        project.positions.all().delete()
        add_positions(project)
    if TIES & asked:
        project.links.all().delete()
        changed["administration"] = tie_administrations(project)
    if NAME in asked:
        changed["title"] = squeezed(str(project.answers[NAME]))
    if changed:
        Project.objects.filter(pk=project.pk).update(**changed)
    return {}


CORRECTIONS = CorrectionKind(
    model=Correction,
    form=FormKind.PROJECT,
    app="projects",
    allowed=(Status.SUBMITTED, Status.ELIGIBLE),
    related=("administration",),
    subject=lambda project: f"Le projet « {project.title} »",
    people=team_of,
    settle=_settle,
)
ask_project_correction = partial(dossiers.ask_correction, CORRECTIONS)
answer_project_correction = partial(dossiers.answer_correction, CORRECTIONS)
cancel_project_correction = partial(dossiers.cancel_correction, CORRECTIONS)
expire_project_corrections = partial(dossiers.expire_corrections, CORRECTIONS)
