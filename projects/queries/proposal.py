"""Profiles as they are and as they are proposed, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from projects.choices import ProposalStatus
from projects.models import PositionProposal, Project

FIELDS = (
    ("trade", "Métier"),
    ("expertise", "Expertise"),
    ("must_have", "Indispensable"),
    ("nice_to_have", "Apprécié"),
    ("seats", "Places"),
)


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ProposalShown:
    proposal: PositionProposal
    changes: Sequence[Change]


def proposals_of(project: Project) -> QuerySet[PositionProposal]:
    """Latest first; those replaced by their own authors are left out."""
    return (
        PositionProposal.objects.filter(position__project=project)
        .exclude(status=ProposalStatus.REPLACED)
        .select_related("position__trade", "position__project", "trade", "proposed_by", "answered_by")
        .order_by("-proposed_at", "-pk")
    )


def proposals_awaited(project: Project) -> list[ProposalShown]:
    """What waits for the team, with what would change."""
    rows = proposals_of(project).filter(status=ProposalStatus.PROPOSED)
    return [ProposalShown(row, changes_of(row)) for row in rows]


def changes_of(proposal: PositionProposal) -> list[Change]:
    found = []
    for name, label in FIELDS:
        before, after = getattr(proposal.position, name), getattr(proposal, name)
        if before != after:
            found.append(Change(label, str(before), str(after)))
    return found
