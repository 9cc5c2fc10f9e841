"""Open and close the ranking of a promotion; take a withdrawn project out of every list."""

from datetime import UTC, datetime

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.lifecycle import move
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import Gate, PhaseNotOpen, closing_gate, open_gate, opened_gate, refusal
from eig.promotions.models import Phase, Promotion
from matching.ranking import emails
from matching.ranking.actions.certifying import content_digest
from matching.ranking.actions.locking import hold_projects, ranked_ids
from matching.ranking.choices import Status
from matching.ranking.models import Choice, Ranking, Snapshot
from matching.ranking.queries import (
    certified_rankings,
    latest_snapshot,
    shortlisted_applications,
    wishes_of,
)
from matching.ranking.rules import digest
from projects.models import Project


@transaction.atomic
def invite_to_rank(promotion: Promotion, *, by: User, at: datetime) -> int:
    """Write to every preselected candidate that the ranking is open; each is told once.

    Raises PhaseNotOpen.
    """
    gate = open_gate(promotion, PhaseKind.RANKING)
    applications = list(shortlisted_applications(promotion).order_by("pk"))
    told = emails.ranking_opened(applications, promotion=promotion, phase=gate.phase, at=at)
    journal("invite_to_rank", promotion, by=by, at=at, promotion_id=promotion.pk, people=told)
    return told


@transaction.atomic
def close_rankings(promotion: Promotion, *, by: User) -> Snapshot:
    """Close the ranking and keep the certified lists as they stand, with their hash.

    Waits for every deed under way, admits none after. Closing again keeps the same snapshot. Raises
    PhaseNotOpen.
    """
    gate = closing_gate(promotion, PhaseKind.RANKING)
    if gate.now < gate.phase.opens_at:
        raise PhaseNotOpen(refusal(gate.phase, gate.now))
    if not gate.phase.is_over(gate.now):
        Phase.objects.filter(pk=gate.phase.pk).update(closed_at=gate.now, closed_by=by)
        journal("close_phase", gate.phase, by=by, at=gate.now, promotion_id=promotion.pk)
    lists = _lists(promotion)
    fingerprint = digest(lists)
    last = latest_snapshot(promotion)
    if last is not None and last.sha256 == fingerprint:
        return last
    snapshot = Snapshot.objects.create(
        promotion=promotion, taken_at=gate.now, taken_by=by, lists=lists, sha256=fingerprint
    )
    journal("snapshot_rankings", snapshot, by=by, at=gate.now, lists=len(lists), sha256=fingerprint)
    return snapshot


def _lists(promotion: Promotion) -> list[dict[str, object]]:
    rows = [
        {
            "application": str(ranking.application.code),
            "accepts_other_project": ranking.accepts_other_project,
            "certified_at": ranking.certified_at.astimezone(UTC).isoformat() if ranking.certified_at else "",
            "wishes": [str(choice.project.code) for choice in ranking.choices.all()],
        }
        for ranking in certified_rankings(promotion)
    ]
    return sorted(rows, key=lambda row: str(row["application"]))


@transaction.atomic
def drop_withdrawn_project(project: Project, *, by: User | None, at: datetime) -> int:
    """Take a withdrawn project out of every list, and tell each candidate; returns how many lists changed.

    While the ranking is open, a certified list returns to draft and must be certified again. Afterwards its
    candidate can do nothing more: the other wishes keep their order and stay certified.
    """
    touched = list(
        Choice.objects.filter(project=project).order_by("ranking_id").values_list("ranking_id", flat=True)
    )
    if not touched:
        return 0
    gate = opened_gate(project.promotion_id, PhaseKind.RANKING)
    hold_projects(ranked_ids(*touched) - {project.pk})
    rankings = (
        Ranking.objects.select_for_update(of=("self",))
        .filter(pk__in=touched)
        .select_related("application__candidate", "application__promotion")
        .order_by("pk")
    )
    for ranking in rankings:
        _drop(ranking, project, gate=gate, by=by, at=at)
    return len(touched)


def _drop(ranking: Ranking, project: Project, *, gate: Gate, by: User | None, at: datetime) -> None:
    certified_at = ranking.certified_at
    if ranking.status == Status.CERTIFIED:
        move(ranking, Status.DRAFT, by=by, at=at, certified_at=None, content_sha256="")
    Choice.objects.filter(ranking=ranking, project=project).delete()
    wishes = wishes_of(ranking)
    for position, wish in enumerate(wishes, start=1):
        if wish.position != position:
            Choice.objects.filter(pk=wish.pk).update(position=position)
    ranking.version += 1
    ranking.updated_at = at
    ranking.save(update_fields=["version", "updated_at"])
    stays = bool(certified_at and wishes and gate.phase.is_over(gate.now))
    if certified_at and stays:
        sha256 = content_digest(ranking, wishes, certified_at=certified_at)
        move(ranking, Status.CERTIFIED, by=by, at=at, certified_at=certified_at, content_sha256=sha256)
    journal(
        "drop_wish",
        ranking,
        by=by,
        at=at,
        promotion_id=project.promotion_id,
        project=project.pk,
        certified=stays,
    )
    emails.wish_removed(
        ranking, project=project, left=len(wishes), stays_certified=stays, phase=gate.phase, at=gate.now
    )
