"""The jury day: heard or absent, each juror's card written and signed alone."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime

from eig.accounts.models import User
from eig.evaluation.actions import MarksMissing, SheetClosed, save_marks, sign_sheet
from eig.evaluation.models import Sheet
from eig.evaluation.queries import grid_of
from eig.lifecycle import move
from matching.interviews.actions.cards import recount
from matching.interviews.actions.locking import hold_audition, hold_people
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Scorecard
from matching.interviews.rules import needs_comment

HELD = frozenset({AuditionStatus.PLACED, AuditionStatus.HEARD})


class NotHeld(Exception):
    """Marks are for auditions that take place: not before their time, not when cancelled or missed."""


@transaction.atomic
def mark_heard(audition: Audition, *, by: User, at: datetime) -> None:
    """The audition took place. Raises NotHeld before its time."""
    held = hold_audition(audition.pk)
    if held.status == AuditionStatus.PLACED and held.during and at < held.during.lower:
        when = date_format(localtime(held.during.lower), "l j F à H:i")
        raise NotHeld(
            f"Cette audition n’a pas encore commencé : elle est prévue le {when}. "
            "Si l’horaire a changé, déplacez-la d’abord."
        )
    move(held, AuditionStatus.HEARD, by=by, at=at, heard_at=at)
    audition.status, audition.heard_at = held.status, at


@transaction.atomic
def mark_absent(audition: Audition, *, by: User, at: datetime) -> None:
    """The candidate did not come; the audition can be placed again."""
    held = hold_audition(audition.pk)
    move(held, AuditionStatus.ABSENT, by=by, at=at)
    audition.status = held.status


@transaction.atomic
def save_scorecard(
    scorecard: Scorecard,
    *,
    by: User,
    at: datetime,
    marks: Mapping[str, int],
    appreciations: Mapping[str, str] | None = None,
    comment: str = "",
    verdict: str = "",
    favourite: bool = False,
) -> None:
    """Keep a juror's marks so far. Raises NotHeld, SheetClosed, MarksMissing."""
    hold_people([by.pk])
    held = hold_audition(scorecard.audition_id)
    if held.status not in HELD:
        raise NotHeld("Cette audition n’a pas lieu : il n’y a rien à noter.")
    save_marks(
        scorecard.sheet,
        by=by,
        at=at,
        marks=marks,
        appreciations=appreciations,
        comment=comment,
        verdict=verdict,
        favourite=favourite,
    )


@transaction.atomic
def sign_scorecard(scorecard: Scorecard, *, by: User, at: datetime) -> None:
    """Freeze one's card. The first signature says that the candidate was heard; the last one gives the score.

    Raises NotHeld, SheetClosed, MarksMissing.
    """
    hold_people([by.pk])
    held = hold_audition(scorecard.audition_id)
    if held.status not in HELD:
        raise NotHeld("Cette audition n’a pas lieu : il n’y a rien à signer.")
    if held.status == AuditionStatus.PLACED:
        if held.during is None or at < held.during.lower:
            raise NotHeld("Une fiche se signe une fois la personne entendue.")
        move(held, AuditionStatus.HEARD, by=by, at=at, heard_at=at)
    total = sign_sheet(scorecard.sheet, by=by, at=at)
    sheet = Sheet.objects.select_related("grid").get(pk=scorecard.sheet_id)
    weight = grid_of(sheet.grid.promotion_id, sheet.grid.stage).total_weight
    below = sheet.grid.comment_required_below
    if needs_comment(total, weight=weight, below=below) and not sheet.comment.strip():
        raise MarksMissing(
            f"La moyenne de vos notes est inférieure à {below} : expliquez-la dans l’appréciation générale."
        )
    recount(held)
    scorecard.sheet = sheet


__all__ = [
    "MarksMissing",
    "NotHeld",
    "SheetClosed",
    "mark_absent",
    "mark_heard",
    "save_scorecard",
    "sign_scorecard",
]
