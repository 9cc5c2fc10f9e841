"""An audition offered outside the wishes: proposed, accepted, withdrawn, soon closed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse

from eig.mail.outbox import Letter, post
from matching.interviews.models import Proposal
from matching.interviews.rules.booking import hour_due


def audition_proposed(proposal: Proposal, *, at: datetime) -> None:
    """An audition for a project outside the wishes: what it is, until when to answer, what refusing costs."""
    post(
        "interviews/audition_proposed",
        to=proposal.application.candidate,
        key=f"audition-proposed:{proposal.pk}",
        at=at,
        promotion_id=proposal.promotion_id,
        proposal=proposal,
        project=proposal.project,
        path=_proposal_path(proposal),
    )


def proposal_accepted(proposal: Proposal, *, at: datetime) -> None:
    post(
        "interviews/proposal_accepted",
        to=proposal.application.candidate,
        key=f"proposal-accepted:{proposal.pk}",
        at=at,
        promotion_id=proposal.promotion_id,
        project=proposal.project,
        path=reverse("interviews:audition_mine"),
    )


def proposal_withdrawn(proposal: Proposal, *, at: datetime) -> None:
    post(
        "interviews/proposal_withdrawn",
        to=proposal.application.candidate,
        key=f"proposal-withdrawn:{proposal.pk}",
        at=at,
        promotion_id=proposal.promotion_id,
        project=proposal.project,
        path=reverse("interviews:audition_mine"),
    )


def proposal_reminders(
    proposals: Iterable[Proposal], *, now: datetime, hours: Sequence[int]
) -> Iterator[Letter]:
    """For each proposal that waits, the reminder whose hour has come; the key keeps it from leaving twice."""
    for proposal in proposals:
        due = hour_due(hours, deadline=proposal.expires_at, now=now, told_at=proposal.proposed_at)
        if due:
            yield Letter(
                "interviews/proposal_reminder",
                proposal.application.candidate,
                f"proposal-reminder:{proposal.pk}:{due}",
                {"proposal": proposal, "project": proposal.project, "path": _proposal_path(proposal)},
            )


def _proposal_path(proposal: Proposal) -> str:
    return reverse("interviews:proposal_detail", args=[proposal.code])
