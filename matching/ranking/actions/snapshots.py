"""Freeze the certified lists as they stand, with their hash."""

from datetime import UTC, datetime

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion
from matching.ranking.choices import SnapshotReason
from matching.ranking.models import Snapshot
from matching.ranking.queries import certified_rankings, latest_snapshot
from matching.ranking.rules import digest


def freeze_lists(promotion: Promotion, *, reason: SnapshotReason, by: User, at: datetime) -> Snapshot:
    """A snapshot of this instant; the last one again when nothing changed since.

    Whoever freezes holds the promotion's row until the end of their transaction: of two adjustments at the
    same moment, the second reads what the first one wrote.
    """
    Promotion.objects.select_for_update(no_key=True, of=("self",)).get(pk=promotion.pk)
    lists = _lists(promotion)
    fingerprint = digest(lists)
    last = latest_snapshot(promotion)
    if last is not None and last.sha256 == fingerprint:
        return last
    snapshot = Snapshot.objects.create(
        promotion=promotion, taken_at=at, taken_by=by, lists=lists, sha256=fingerprint, reason=reason
    )
    journal("snapshot_rankings", snapshot, by=by, at=at, lists=len(lists), sha256=fingerprint)
    return snapshot


def refreeze_lists(promotion: Promotion, *, reason: SnapshotReason, by: User | None, at: datetime) -> None:
    """Freeze again after a change that came once the lists were closed; before, the closing will do it."""
    last = latest_snapshot(promotion)
    if last is not None:
        freeze_lists(promotion, reason=reason, by=by or last.taken_by, at=at)


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
