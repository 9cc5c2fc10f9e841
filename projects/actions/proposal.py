"""Profiles of a laureate: those who lead it propose, the team agrees or sends back."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.lifecycle import lock, move
from eig.promotions.models import Trade
from projects import emails
from projects.actions.position import laureate_with, refine_position
from projects.choices import ProposalStatus
from projects.models import Position, PositionProposal


class AnswerMissing(Exception):
    """A proposal sent back says why."""


@transaction.atomic
def propose_position(
    position: Position,
    *,
    trade: Trade,
    expertise: str,
    must_have: str,
    nice_to_have: str,
    seats: int,
    by: User,
    at: datetime,
) -> PositionProposal | None:
    """Propose another wording of a profile; the one awaiting an answer is replaced.

    Nothing that changes is no proposal: None. Raises SeatsOutOfRange, IllegalMove.
    """
    project = laureate_with(position, seats=seats)
    words = {
        "trade": trade,
        "expertise": expertise.strip(),
        "must_have": must_have.strip(),
        "nice_to_have": nice_to_have.strip(),
        "seats": seats,
    }
    for awaited in position.proposals.select_for_update().filter(status=ProposalStatus.PROPOSED):
        move(awaited, ProposalStatus.REPLACED, by=by, at=at)
    if all(getattr(position, name) == value for name, value in words.items()):
        return None
    proposal = PositionProposal.objects.create(position=position, proposed_at=at, proposed_by=by, **words)
    journal("propose_position", project, by=by, at=at, position=str(position.code))
    return proposal


def _answered(proposal: PositionProposal) -> PositionProposal:
    return lock(proposal, "position__project__promotion", "position__trade", "trade", "proposed_by")


@transaction.atomic
def accept_proposal(proposal: PositionProposal, *, by: User, at: datetime) -> None:
    """The profile becomes what was proposed. Raises SeatsOutOfRange, IllegalMove."""
    row = _answered(proposal)
    refine_position(
        row.position,
        trade=row.trade,
        expertise=row.expertise,
        must_have=row.must_have,
        nice_to_have=row.nice_to_have,
        seats=row.seats,
        by=by,
        at=at,
    )
    move(row, ProposalStatus.ACCEPTED, by=by, at=at, answered_at=at, answered_by=by)
    emails.proposal_answered(row, at=at)
    proposal.refresh_from_db()


@transaction.atomic
def return_proposal(proposal: PositionProposal, *, answer: str, by: User, at: datetime) -> None:
    """Send a proposal back with a word; the profile stays as it was. Raises AnswerMissing, IllegalMove."""
    told = answer.strip()
    if not told:
        raise AnswerMissing("Dites en quelques mots ce qui est à revoir.")
    row = _answered(proposal)
    move(row, ProposalStatus.RETURNED, by=by, at=at, answered_at=at, answered_by=by, answer=told)
    emails.proposal_answered(row, at=at)
    proposal.refresh_from_db()
