"""After the closing, a wish whose project was withdrawn or changed may be adjusted: only it, for a while.

The list never stops being certified: it goes from one certified state to the next in one transaction, and the
frozen snapshot follows.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from candidates.choices import Status as ApplicationStatus
from eig.accounts.models import User
from eig.french import deadline
from eig.journal.actions import record as journal
from eig.lifecycle import lock, move
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import opened_gate
from eig.promotions.rules import end_of_day
from matching.ranking import emails
from matching.ranking.actions.certifying import content_digest
from matching.ranking.actions.editing import NotOffered, StaleRanking, TooManyWishes
from matching.ranking.actions.locking import hold_application, hold_projects, ranked_ids
from matching.ranking.actions.snapshots import refreeze_lists
from matching.ranking.choices import Cause, SnapshotReason, Status
from matching.ranking.models import Adjustment, Choice, Ranking
from matching.ranking.queries import offered_ids, wishes_of
from matching.ranking.rules import Freedom, adjustment_fault
from projects.choices import Status as ProjectStatus
from projects.models import Project


class NothingToAdjust(Exception):
    """No wish of this list may change, or no longer; the sentence says why, with the official time."""


class UnfairAdjustment(Exception):
    """More than the wish concerned would change."""


class NothingToTell(Exception):
    """The project is not published, or the words are missing."""


@transaction.atomic
def announce_change(project: Project, *, words: str, by: User, at: datetime) -> int:
    """Tell those who ranked a published project that it is no longer what it was; returns how many people.

    While the ranking is open they may edit their list as they like. Afterwards the certified ones may adjust
    this wish until the end of the delay. Raises PhaseNotOpen, NothingToTell.
    """
    if not words.strip():
        raise NothingToTell("Dites en une phrase ce qui change : les personnes concernées la liront.")
    gate = opened_gate(project.promotion_id, PhaseKind.RANKING)
    hold_projects([project.pk])
    project.refresh_from_db(fields=["status"])
    if project.status != ProjectStatus.PUBLISHED:
        raise NothingToTell("Seul un défi publié peut être signalé comme modifié.")
    over = gate.phase.is_over(gate.now)
    choices = list(
        Choice.objects.filter(project=project, ranking__application__status=ApplicationStatus.SHORTLISTED)
        .select_related("ranking__application__candidate", "ranking__application__promotion")
        .order_by("ranking_id")
    )
    if over:
        choices = [choice for choice in choices if choice.ranking.status == Status.CERTIFIED]
    until = (
        end_of_day(gate.now, days=project.promotion.wish_adjustment_days) if over else gate.phase.closes_at
    )
    for choice in choices:
        if over:
            Adjustment.objects.create(
                ranking=choice.ranking,
                project=project,
                cause=Cause.CHANGED,
                words=words.strip(),
                position=choice.position,
                opened_at=gate.now,
                until=until,
            )
        emails.wish_changed(choice, project=project, words=words.strip(), until=until, over=over, at=gate.now)
    journal("announce_change", project, by=by, at=at, promotion_id=project.promotion_id, people=len(choices))
    return len(choices)


@transaction.atomic
def adjust_wishes(ranking: Ranking, *, projects: Sequence[Project], version: int, by: User) -> None:
    """Replace the list by one that differs only by the wishes that may change: receipt, journal, snapshot.

    Keeping the list as it is uses the right too. Raises NothingToAdjust, StaleRanking, UnfairAdjustment,
    NotOffered, TooManyWishes.
    """
    gate = opened_gate(ranking.application.promotion_id, PhaseKind.RANKING)
    hold_application(ranking.application_id)
    wanted = [project.pk for project in projects]
    hold_projects(ranked_ids(ranking.pk) | set(wanted))
    locked = lock(ranking, "application__promotion", "application__candidate")
    live = _live(locked, now=gate.now)
    if locked.version != version:
        raise StaleRanking
    before = {choice.project_id: choice for choice in wishes_of(locked)}
    _check(locked, before=list(before), after=wanted, live=live)
    if locked.status == Status.CERTIFIED:
        move(locked, Status.DRAFT, by=by, at=gate.now, certified_at=None, content_sha256="")
    _write(locked, before, wanted)
    wishes = wishes_of(locked)
    Adjustment.objects.filter(pk__in=[item.pk for item in live]).update(used_at=gate.now)
    move(
        locked,
        Status.CERTIFIED,
        by=by,
        at=gate.now,
        certified_at=gate.now,
        content_sha256=content_digest(locked, wishes, certified_at=gate.now),
        version=locked.version + 1,
        updated_at=gate.now,
    )
    journal(
        "adjust_wishes",
        locked,
        by=by,
        at=gate.now,
        promotion_id=locked.application.promotion_id,
        before=list(before),
        after=wanted,
    )
    emails.wishes_adjusted(locked, wishes=wishes, at=gate.now)
    refreeze_lists(locked.application.promotion, reason=SnapshotReason.ADJUSTMENT, by=by, at=gate.now)
    for field in ("status", "version", "updated_at", "certified_at", "content_sha256"):
        setattr(ranking, field, getattr(locked, field))


def _live(locked: Ranking, *, now: datetime) -> list[Adjustment]:
    """The rights still open, by the official clock. Raises NothingToAdjust."""
    unused = list(Adjustment.objects.filter(ranking=locked, used_at__isnull=True).order_by("pk"))
    live = [item for item in unused if now <= item.until]
    if live:
        return live
    if unused:
        last = max(item.until for item in unused)
        raise NothingToAdjust(
            f"Le délai pour ajuster ce vœu est passé : il courait jusqu’au {deadline(last)}."
        )
    raise NothingToAdjust("L’expression des vœux est close : aucun de vos vœux n’est à ajuster.")


def _check(locked: Ranking, *, before: list[int], after: list[int], live: list[Adjustment]) -> None:
    changed = frozenset(item.project_id for item in live if item.cause == Cause.CHANGED)
    withdrawn = sum(item.cause == Cause.WITHDRAWN for item in live)
    if fault := adjustment_fault(before, after, Freedom(loose=changed, openings=withdrawn)):
        raise UnfairAdjustment(fault)
    if set(after) - set(before) - offered_ids(locked.application):
        raise NotOffered("Ce défi n’est plus proposé, ou ne recherche aucun de vos métiers.")
    most = locked.application.promotion.wishes_max
    if len(after) > most:
        raise TooManyWishes(f"Une liste compte {most} vœux au plus.")


def _write(locked: Ranking, before: dict[int, Choice], after: list[int]) -> None:
    Choice.objects.filter(ranking=locked).exclude(project_id__in=after).delete()
    for position, project_id in enumerate(after, start=1):
        choice = before.get(project_id)
        if choice is None:
            Choice.objects.create(ranking=locked, project_id=project_id, position=position)
        elif choice.position != position:
            Choice.objects.filter(pk=choice.pk).update(position=position)
