"""Scorecards: given when an audition is placed or a juror seated, written and signed alone.

Taken back while blank, counted when signed.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from eig.accounts.models import User
from eig.evaluation.actions import recuse_sheet, save_marks, sign_sheet
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Grid, Sheet
from eig.lifecycle import broken, move
from matching.interviews.actions.lock import hold_audition, hold_people
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Juror, Scorecard, Tie
from matching.interviews.queries import recused_pairs
from matching.interviews.rules import audition_score

MOST_JURORS = 6
APART = {"interviews_scorecard_no_sheet_for_the_recused", "interviews_no_card_for_the_tied"}


class JurorInConflict(Exception):
    """The juror stepped aside from this candidate."""


def give_cards(audition: Audition, jurors: Iterable[Juror], *, grid: Grid, at: datetime) -> int:
    """A blank card to each juror who has none and did not step aside.

    Returns how many live cards there are.
    """
    jurors = list(jurors)
    aside = recused_pairs(
        people=[juror.person_id for juror in jurors], applications=[audition.application_id]
    )
    tied = set(
        Tie.objects.filter(project_id=audition.project_id, juror__in=jurors).values_list(
            "juror_id", flat=True
        )
    )
    held = dict(Scorecard.objects.filter(audition=audition).values_list("juror_id", "sheet__status"))
    for juror in jurors:
        if juror.pk in tied or juror.pk in held or (juror.person_id, audition.application_id) in aside:
            continue
        sheet = Sheet.objects.create(grid=grid, evaluator_id=juror.person_id, created_at=at)
        try:
            with transaction.atomic():
                Scorecard.objects.create(audition=audition, juror=juror, sheet=sheet)
        except IntegrityError as error:
            if broken(error) not in APART:
                raise
            raise JurorInConflict(f"{juror} vient de se déporter pour cette personne.") from error
        held[juror.pk] = SheetStatus.DRAFT
    return sum(status != SheetStatus.RECUSED for status in held.values())


def take_back_cards(audition: Audition, *, keep: Iterable[int] = (), by: User, at: datetime) -> None:
    """Remove the blank cards of an audition that leaves its panel; written ones stay, out of the means."""
    cards = (
        Scorecard.objects.filter(audition=audition, sheet__status=SheetStatus.DRAFT)
        .exclude(juror_id__in=list(keep))
        .select_related("sheet")
        .order_by("pk")
    )
    for card in cards:
        if card.sheet.saved_at is None:
            sheet = card.sheet
            card.delete()
            sheet.delete()
        else:
            recuse_sheet(card.sheet, by=by, at=at)


def recount(audition: Audition) -> None:
    """Keep the number of signed cards, and the score once every live card is signed."""
    totals = [
        total if status == SheetStatus.SIGNED else None
        for status, total in Sheet.objects.filter(scorecard__audition=audition)
        .exclude(status=SheetStatus.RECUSED)
        .order_by("pk")
        .values_list("status", "total")
    ]
    audition.cards_signed = sum(total is not None for total in totals)
    audition.score = audition_score(totals)
    audition.save(update_fields=["cards_signed", "score"])


def audition_grid(promotion_id: int) -> Grid:
    return Grid.objects.get(promotion_id=promotion_id, stage=Stage.AUDITION)


HELD = frozenset({AuditionStatus.PLACED, AuditionStatus.HEARD})


class NotHeld(Exception):
    """Marks are for auditions that take place: not before their time, not when cancelled or missed."""


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
    seen: str = "",
) -> None:
    """Keep a juror's marks so far. Raises NotHeld, SheetClosed, SheetChanged, MarksMissing."""
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
        seen=seen,
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
    sign_sheet(scorecard.sheet, by=by, at=at)
    recount(held)
