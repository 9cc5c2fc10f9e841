"""Open and close the ranking of a promotion; take a withdrawn project out of every list."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.lifecycle import move
from eig.orders.kinds import Given, OrderKind
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import Gate, PhaseNotOpen, closing_gate, open_gate, opened_gate, refusal
from eig.promotions.models import Phase, Promotion
from eig.promotions.rules import end_of_day
from matching.ranking import emails
from matching.ranking.actions.certifying import content_digest
from matching.ranking.actions.locking import hold_projects, ranked_ids
from matching.ranking.actions.snapshots import freeze_lists, refreeze_lists
from matching.ranking.choices import Cause, SnapshotReason, Status
from matching.ranking.models import Adjustment, Choice, Ranking, Snapshot
from matching.ranking.queries import counts, shortlisted_applications, wishes_of
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
    return freeze_lists(promotion, reason=SnapshotReason.CLOSING, by=by, at=gate.now)


def _close(promotion: Promotion, given: Given, *, reason: str, by: User, at: datetime) -> str:
    lists = close_rankings(promotion, by=by).lists
    return f"L’expression des vœux est close ; {len(lists)} listes certifiées sont figées."


def _closing_words(promotion: Promotion, given: Given) -> list[str]:
    count = counts(promotion)
    return [
        f"Listes certifiées : {count['certified']}, pour {count['total']} personnes présélectionnées.",
        f"Les listes non certifiées ({count['started']}) comptent comme une absence de vœux.",
        "Plus aucun vœu ne pourra changer ensuite.",
    ]


# Before the announced hour only: after it, the lists are over for everybody.
CLOSING = OrderKind("close_rankings", run=_close, refusals=(PhaseNotOpen,), words=_closing_words)


@transaction.atomic
def drop_withdrawn_project(project: Project, *, by: User | None, at: datetime) -> int:
    """Take a withdrawn project out of every list, and tell each candidate; returns how many lists changed.

    While the ranking is open, a certified list returns to draft and must be certified again. Afterwards the
    other wishes keep their order and stay certified; their candidate may replace the one that left.
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
    if gate.phase.is_over(gate.now):
        refreeze_lists(project.promotion, reason=SnapshotReason.WITHDRAWAL, by=by, at=gate.now)
    return len(touched)


def _drop(ranking: Ranking, project: Project, *, gate: Gate, by: User | None, at: datetime) -> None:
    certified_at, over = ranking.certified_at, gate.phase.is_over(gate.now)
    until = _let_adjust(ranking, project, now=gate.now) if certified_at and over else None
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
    stays = bool(certified_at and wishes and over)
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
        ranking,
        project=project,
        left=len(wishes),
        stays_certified=stays,
        until=until,
        phase=gate.phase,
        at=gate.now,
    )


def _let_adjust(ranking: Ranking, project: Project, *, now: datetime) -> datetime:
    """Open the right to replace a wish that leaves a certified list after the closing; returns until when."""
    until = end_of_day(now, days=project.promotion.wish_adjustment_days)
    choice = Choice.objects.get(ranking=ranking, project=project)
    Adjustment.objects.create(
        ranking=ranking,
        project=project,
        cause=Cause.WITHDRAWN,
        position=choice.position,
        opened_at=now,
        until=until,
    )
    return until
