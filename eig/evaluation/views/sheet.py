"""A sheet on a page: kept as it is typed, shown to be read, read again before it is signed."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from eig.accounts.doors import SignedInRequest
from eig.design import saving
from eig.dossiers.desks import Crumb
from eig.evaluation.actions import ConflictNotDeclared, MarksMissing, ReadingOver, SheetChanged, SheetClosed
from eig.evaluation.forms import ReviewForm
from eig.evaluation.models import Sheet
from eig.evaluation.queries import GridView, content_of, told_of
from eig.evaluation.rules import shown_total
from eig.lifecycle import IllegalMove

# What a deed on one's reading may refuse.
REFUSALS = (ConflictNotDeclared, IllegalMove, MarksMissing, ReadingOver, SheetChanged, SheetClosed)
Over: TypeAlias = tuple[type[Exception], ...]
OVER: Over = (ReadingOver, SheetClosed)


def keep(form: ReviewForm, save: Callable[..., None], *, refusals: Over = REFUSALS) -> bool:
    """Save what is good of the grid; False when something was wrong, and said."""
    valid = form.is_valid()
    try:
        save(**form.values())
    except refusals as reason:
        form.refusal = reason
        form.add_error(None, str(reason))
        return False
    return valid


def autosaved(
    request: SignedInRequest, form: ReviewForm, *, sheet: Sheet, kept: bool, over: Over = OVER
) -> HttpResponse:
    """The answer to a grid that saved itself; after a refusal of `over`, nothing is kept any more."""
    seen = content_of(sheet).fingerprint
    if kept:
        return saving.kept(request, at=timezone.now(), seen=seen)
    if isinstance(form.refusal, SheetChanged):
        return saving.changed(request, str(form.refusal), stored=told_of(sheet), seen=seen)
    if isinstance(form.refusal, over):
        return saving.closed(request, str(form.refusal))
    errors = [str(error) for group in form.errors.values() for error in group]
    return saving.to_correct(request, errors, seen=seen)


def sheet_shown(sheet: Sheet, grid: GridView, *, who: str = "") -> dict[str, Any]:
    """What a page says of a sheet to read: each criterion with its mark, the opinion in words, the mean."""
    marks = {mark.criterion_id: mark for mark in sheet.marks.all()} if sheet.pk else {}
    return {
        "sheet": sheet,
        "grid": grid.grid,
        "marks": [(criterion, marks.get(criterion.pk)) for criterion in grid.criteria],
        "verdict": dict(grid.grid.verdicts).get(sheet.verdict, ""),
        "mean": shown_total(sheet.total, weight=grid.total_weight),
        "who": who,
    }


def sign_page(
    request: SignedInRequest, sheet: Sheet, grid: GridView, *, crumbs: Sequence[Crumb], **said: Any
) -> HttpResponse:
    """One's sheet read again before it is signed: `said` are its title, subject, words and label.

    The last of `crumbs` is the page where it is filled.
    """
    context = {**sheet_shown(sheet, grid), **said, "crumbs": crumbs, "back": crumbs[-1].href}
    return render(request, "evaluation/sign.html", context)
