"""Certify one's wishes before the deadline, open them again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.lifecycle import move
from matching.ranking import emails
from matching.ranking.actions.editing import StaleRanking
from matching.ranking.actions.locking import hold_ranking
from matching.ranking.choices import Status
from matching.ranking.models import Choice, Ranking
from matching.ranking.queries import offered_ids, wishes_of
from matching.ranking.rules import Wish, certified_content, digest, wishes_needed


class NotReady(Exception):
    """The list cannot be certified yet; the sentence says what is missing."""


@transaction.atomic
def certify_ranking(ranking: Ranking, *, by: User, version: int | None = None) -> None:
    """Certify the list as it stands: receipt, journal, mail. Certifying twice gives the same receipt.

    `version` is that of the list shown to the person who certifies. Raises PhaseNotOpen, NotReady,
    StaleRanking.
    """
    gate, locked = hold_ranking(ranking)
    if locked.status != Status.CERTIFIED:
        if version is not None and locked.version != version:
            raise StaleRanking
        wishes = wishes_of(locked)
        _check_ready(locked, wishes)
        move(
            locked,
            Status.CERTIFIED,
            by=by,
            at=gate.now,
            certified_at=gate.now,
            content_sha256=content_digest(locked, wishes, certified_at=gate.now),
        )
        emails.ranking_certified(locked, wishes=wishes, phase=gate.phase, at=gate.now)
    _mirror(ranking, locked)


@transaction.atomic
def reopen_ranking(ranking: Ranking, *, by: User) -> None:
    """Change one's mind before the deadline: the list is a draft again, and must be certified again."""
    gate, locked = hold_ranking(ranking)
    if locked.status == Status.CERTIFIED:
        move(
            locked,
            Status.DRAFT,
            by=by,
            at=gate.now,
            certified_at=None,
            content_sha256="",
            version=locked.version + 1,
            updated_at=gate.now,
        )
    _mirror(ranking, locked)


def content_digest(ranking: Ranking, wishes: Sequence[Choice], *, certified_at: datetime) -> str:
    """The fingerprint of a list as certified."""
    return digest(
        certified_content(
            application=str(ranking.application.code),
            wishes=[Wish(str(wish.project.code), wish.reason) for wish in wishes],
            accepts_other_project=ranking.accepts_other_project,
            certified_at=certified_at,
        )
    )


def _check_ready(ranking: Ranking, wishes: Sequence[Choice]) -> None:
    offered = offered_ids(ranking.application)
    gone = [wish.project.title for wish in wishes if wish.project_id not in offered]
    if gone:
        raise NotReady(f"Ces défis ne sont plus proposés, retirez-les de votre liste : {', '.join(gone)}.")
    needed = wishes_needed(ranking.application.promotion.wishes_min, len(offered))
    if len(wishes) < needed:
        least = "au moins un vœu" if needed == 1 else f"au moins {needed} vœux"
        raise NotReady(f"Il faut {least} pour certifier votre liste ; elle en compte {len(wishes)}.")


def _mirror(ranking: Ranking, locked: Ranking) -> None:
    """The caller's object follows the row."""
    for field in ("status", "version", "updated_at", "certified_at", "content_sha256"):
        setattr(ranking, field, getattr(locked, field))
