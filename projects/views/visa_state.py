"""How the visas of a project are told on its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eig.dossiers.rules import FormView
from eig.promotions.queries import moment
from projects.models import Project
from projects.queries.visa import VisaShown, visas_of
from projects.rules.visa import VisaState, visas_refusal

# Label and colour of each state.
STATES: Mapping[VisaState, tuple[str, str]] = {
    VisaState.NEEDED: ("À demander", ""),
    VisaState.ASKED: ("Demandé", "info"),
    VisaState.EXPIRED: ("Lien expiré", "warning"),
    VisaState.CHANGE_ASKED: ("Modification demandée", "warning"),
    VisaState.STALE: ("À redemander", "warning"),
    VisaState.GIVEN: ("Donné", "success"),
}


@dataclass(frozen=True, slots=True)
class VisaLine:
    item: VisaShown
    label: str
    kind: str


def visa_lines(project: Project, *, form: FormView | None = None) -> list[VisaLine]:
    shown = visas_of(project, at=moment(project.promotion), form=form)
    return [VisaLine(item, *STATES[item.state]) for item in shown]


def visas_context(project: Project, *, may_submit: bool) -> dict[str, Any]:
    """For the pages of a draft: handing in wakes up when the visas are there."""
    lines = visa_lines(project)
    refusal = visas_refusal([(line.item.rule.label, line.item.state) for line in lines])
    return {
        "visas": lines,
        "visas_refusal": refusal or "",
        "only_visas_missing": may_submit and bool(refusal),
        "may_submit": may_submit and not refusal,
    }
