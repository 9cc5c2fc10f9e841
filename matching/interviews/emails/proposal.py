"""An audition offered outside the wishes: proposed, accepted, withdrawn, soon closed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse

from eig.mail.outbox import Letter
from matching.interviews.emails.audition import tell
from matching.interviews.models import Proposal
from matching.interviews.rules.booking import hour_due


def audition_proposed(proposal: Proposal, *, at: datetime) -> None:
    """An audition for a project outside the wishes: what it is, until when to answer, what refusing costs."""
    told = {"proposal": proposal, "path": _proposal_path(proposal)}
    tell("interviews/audition_proposed", proposal, key=f"audition-proposed:{proposal.pk}", at=at, **told)


def proposal_accepted(proposal: Proposal, *, at: datetime) -> None:
    tell("interviews/proposal_accepted", proposal, key=f"proposal-accepted:{proposal.pk}", at=at)


def proposal_withdrawn(proposal: Proposal, *, at: datetime) -> None:
    tell("interviews/proposal_withdrawn", proposal, key=f"proposal-withdrawn:{proposal.pk}", at=at)


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
                good_until=proposal.expires_at,
            )


def _proposal_path(proposal: Proposal) -> str:
    return reverse("interviews:proposal_detail", args=[proposal.code])
