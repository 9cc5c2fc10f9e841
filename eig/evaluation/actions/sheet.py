"""Fill a sheet, sign it, step aside."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import AnchorAmendment, Criterion, Mark, Recusal, Sheet
from eig.evaluation.queries import content_of, grid_of, marks_of
from eig.evaluation.rules import Content, needs_comment, out_of_scale, unmarked, weighted_total
from eig.journal.actions import record as journal
from eig.lifecycle import lock, move
from eig.promotions.models import Promotion

CHANGED = "Cette grille a été modifiée ailleurs, dans un autre onglet ou sur un autre appareil."


class SheetClosed(Exception):
    """The sheet is signed or recused: its marks can no longer change."""


class SheetChanged(Exception):
    """Written elsewhere since the page was opened: in another tab, on another device."""


class MarksMissing(Exception):
    """Signing needs every criterion marked, within the scale."""


class ReasonNeeded(Exception):
    """Stepping aside is recorded with its reason."""


class CommentMissing(MarksMissing):
    """A severe sheet must be explained."""


@transaction.atomic
def save_marks(
    sheet: Sheet,
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
    """Keep the evaluator's marks so far (criterion code → mark).

    `seen` is the fingerprint of the sheet that the page knew, if it says one: what it never saw is not
    overwritten. Raises SheetClosed, SheetChanged, MarksMissing.
    """
    locked = lock(sheet, "grid")
    if locked.status != SheetStatus.DRAFT or locked.evaluator_id != by.pk:
        raise SheetClosed("Cette grille est signée : ses notes ne peuvent plus changer.")
    criteria = {item.code: item for item in Criterion.objects.filter(grid_id=locked.grid_id)}
    known = {code: value for code, value in marks.items() if code in criteria}
    if out_of_scale(known, low=locked.grid.scale_min, high=locked.grid.scale_max):
        raise MarksMissing(
            f"Chaque note doit être comprise entre {locked.grid.scale_min} et {locked.grid.scale_max}."
        )
    texts = appreciations or {}
    stored = content_of(locked)
    written = {criteria[code].pk: (value, texts.get(code, "")) for code, value in known.items()}
    typed = Content({**stored.marks, **written}, comment, verdict, favourite)
    # What the page itself had sent, its answer lost or still on its way, is no change of somebody else's.
    if seen and seen != stored.fingerprint and not typed.holds(stored):
        raise SheetChanged(CHANGED)
    Mark.objects.bulk_create(
        [
            Mark(sheet=locked, criterion_id=criterion, value=value, appreciation=text)
            for criterion, (value, text) in written.items()
        ],
        update_conflicts=True,
        unique_fields=["sheet", "criterion"],
        update_fields=["value", "appreciation"],
    )
    Sheet.objects.filter(pk=sheet.pk).update(
        comment=comment, verdict=verdict, favourite=favourite, saved_at=at
    )
    sheet.comment, sheet.verdict, sheet.favourite, sheet.saved_at = comment, verdict, favourite, at


def refuse_changed(sheet: Sheet, *, seen: str) -> None:
    """Raises SheetChanged when the sheet, locked by the caller, is not the one `seen`, if any was."""
    if seen and seen != content_of(Sheet.objects.get(pk=sheet.pk)).fingerprint:
        raise SheetChanged(CHANGED)


def refuse_unready(sheet: Sheet) -> int:
    """The total of a sheet that may be signed. Raises MarksMissing, CommentMissing."""
    view = grid_of(sheet.grid.promotion_id, sheet.grid.stage)
    marks = marks_of(sheet)
    missing = unmarked(marks, view.weights)
    if missing:
        labels = [item.label for item in view.criteria if item.code in missing]
        raise MarksMissing(f"Il reste à noter : {', '.join(labels)}.")
    total = weighted_total(marks, view.weights)
    below = view.grid.comment_required_below
    if needs_comment(total, weight=view.total_weight, below=below) and not sheet.comment.strip():
        raise CommentMissing(
            f"La moyenne est inférieure à {below} : "
            "expliquez-la en quelques mots dans l’appréciation générale."
        )
    return total


@transaction.atomic
def sign_sheet(sheet: Sheet, *, by: User, at: datetime) -> int:
    """Freeze the marks and write their total. Raises MarksMissing, CommentMissing, SheetClosed, IllegalMove.

    `sheet` says signed only once nothing can be refused any more: who shows it must not show a signature
    that did not happen, nor what a signature opens.
    """
    locked = lock(sheet, "grid", "evaluator")
    if locked.status != SheetStatus.DRAFT or locked.evaluator_id != by.pk:
        raise SheetClosed("Cette grille est déjà signée.")
    total = refuse_unready(locked)
    move(locked, SheetStatus.SIGNED, by=by, at=at, signed_at=at, total=total)
    sheet.status, sheet.signed_at, sheet.total = SheetStatus.SIGNED, at, total
    return total


@transaction.atomic
def declare_recusal(
    person: User,
    *,
    promotion: Promotion,
    subject_type: str,
    subject_id: int,
    reason: str,
    by: User,
    at: datetime,
) -> Recusal:
    """Record that a person steps aside from an object. Raises ReasonNeeded.

    The person's row is locked first (design rule J1).
    """
    if not reason.strip():
        raise ReasonNeeded("Indiquez en quelques mots le motif du déport.")
    User.objects.select_for_update().get(pk=person.pk)
    recusal, created = Recusal.objects.get_or_create(
        person=person,
        subject_type=subject_type,
        subject_id=subject_id,
        defaults={
            "promotion": promotion,
            "reason": reason.strip()[:300],
            "declared_at": at,
            "declared_by": by,
        },
    )
    if created:
        journal("recuse", recusal, by=by, at=at, subject_type=subject_type, subject_id=subject_id)
    return recusal


@transaction.atomic
def recuse_sheet(sheet: Sheet, *, by: User, at: datetime) -> None:
    """Take a sheet out of the means; its marks stay on record."""
    if sheet.status != SheetStatus.RECUSED:
        move(sheet, SheetStatus.RECUSED, by=by, at=at)


class AnchorsRefused(Exception):
    """An anchor needs words, the scale does not move, and a reason is given."""


@transaction.atomic
def amend_anchors(
    criterion: Criterion, *, anchors: Mapping[str, str], reason: str, by: User, at: datetime
) -> AnchorAmendment | None:
    """Make the words of a criterion's anchors clearer; the former ones are kept. None when nothing changes.

    Marks already given stay: the marks that have an anchor cannot change, only their words. Raises
    AnchorsRefused.
    """
    locked = Criterion.objects.select_for_update().get(pk=criterion.pk)
    said = {mark: " ".join(words.split()) for mark, words in anchors.items()}
    if set(said) != set(locked.anchors) or not all(said.values()):
        raise AnchorsRefused("Chaque repère garde sa note et doit être rédigé.")
    if said == locked.anchors:
        return None
    if not reason.strip():
        raise AnchorsRefused("Dites pourquoi ce repère change : les lecteurs le liront.")
    amendment = AnchorAmendment.objects.create(
        criterion=locked,
        version=locked.amendments.count() + 2,
        before=locked.anchors,
        after=said,
        reason=reason.strip()[:300],
        amended_at=at,
        amended_by=by,
    )
    Criterion.objects.filter(pk=locked.pk).update(anchors=said)
    criterion.anchors = said
    journal("amend_anchors", locked, by=by, at=at, version=amendment.version)
    return amendment
