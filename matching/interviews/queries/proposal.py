"""Auditions offered outside the wishes: whose they are, which wait, which call for another run."""

from django.db.models import Q, QuerySet

from eig.accounts.models import User
from eig.french import french
from eig.promotions.models import Promotion
from matching.interviews.choices import ProposalStatus
from matching.interviews.models import Proposal


def _all() -> QuerySet[Proposal]:
    return Proposal.objects.select_related(
        "promotion", "application__candidate", "project__administration", "project__public_page", "audition"
    )


def proposals_of_candidate(user: User) -> QuerySet[Proposal]:
    """Those of the person who signs in, the latest first; not those taken back."""
    return (
        _all()
        .filter(application__candidate=user)
        .exclude(status=ProposalStatus.WITHDRAWN)
        .order_by("-proposed_at", "-pk")
    )


def proposals_listed(promotion: Promotion, *, status: str = "") -> QuerySet[Proposal]:
    """Every proposal of a promotion, those that wait first, by name."""
    proposals = _all().filter(promotion=promotion)
    if status:
        proposals = proposals.filter(status=status)
    waiting = Q(status=ProposalStatus.SENT)
    return proposals.alias(waits=waiting).order_by(
        "-waits", french("application__candidate__last_name"), "-proposed_at", "pk"
    )


def settled_pairs(promotion: Promotion) -> set[tuple[int, int]]:
    """(application, project) already proposed, whatever the answer: never to offer again."""
    return set(
        Proposal.objects.filter(promotion=promotion)
        .exclude(status=ProposalStatus.WITHDRAWN)
        .order_by()
        .values_list("application_id", "project_id")
    )


def waiting_pairs(promotion: Promotion) -> set[tuple[int, int]]:
    """(application, project) that wait for an answer: each holds a place until its deadline."""
    return set(
        Proposal.objects.filter(promotion=promotion, status=ProposalStatus.SENT)
        .order_by()
        .values_list("application_id", "project_id")
    )
