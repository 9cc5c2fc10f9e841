"""A reader's desk, in what both calls do alike: one's reading, marks that are kept, one's signed sheet."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from eig.accounts.doors import SignedInRequest
from eig.design import saving
from eig.dossiers.desks import Crumb
from eig.evaluation.actions import (
    ConflictNotDeclared,
    MarksMissing,
    NotAReader,
    NothingLeft,
    ReaderBarred,
    ReadingOver,
    SheetChanged,
    SheetClosed,
)
from eig.evaluation.choices import SheetStatus
from eig.evaluation.forms import ReviewForm
from eig.evaluation.models import Reading, Sheet
from eig.evaluation.queries import (
    AnyReading,
    GridView,
    content_of,
    grid_of,
    open_to,
    readable_by,
    readings_of,
    told_of,
    with_marks,
)
from eig.evaluation.rules import shown_total
from eig.lifecycle import IllegalMove

# What a deed on one's reading may refuse, and a queue.
REFUSALS = (ConflictNotDeclared, IllegalMove, MarksMissing, ReadingOver, SheetChanged, SheetClosed)
Over: TypeAlias = tuple[type[Exception], ...]
OVER: Over = (ReadingOver, SheetClosed)
NOT_HANDED = (NotAReader, NothingLeft, ReaderBarred, ReadingOver)


def own_reading(model: type[AnyReading], request: SignedInRequest, code: object) -> AnyReading:
    """Theirs, even when it is over: for deeds, which say why they are refused."""
    return get_object_or_404(readings_of(model, request.user), sheet__code=code)


def open_reading(model: type[AnyReading], request: SignedInRequest, code: object) -> AnyReading:
    """Theirs, while the dossier is read: 404 once it is over."""
    return get_object_or_404(open_to(model, request.user), sheet__code=code)


def readable_reading(model: type[AnyReading], request: SignedInRequest, code: object) -> AnyReading:
    """Theirs, while the dossier is read, and no conflict declared: the door of all its content."""
    return get_object_or_404(readable_by(model, request.user), sheet__code=code)


def reading_at(model: type[AnyReading], request: SignedInRequest, code: object) -> AnyReading:
    """What a page of the dossier stands on: shown while it is read; what is posted is always answered."""
    find = own_reading if request.method == "POST" else open_reading
    return find(model, request, code)


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


def sheet_shown(sheet: Sheet, grid: GridView) -> dict[str, Any]:
    """What a page says of a sheet to read: each criterion with its mark, the opinion in words."""
    marks = {mark.criterion_id: mark for mark in sheet.marks.all()} if sheet.pk else {}
    return {
        "sheet": sheet,
        "grid": grid.grid,
        "marks": [(criterion, marks.get(criterion.pk)) for criterion in grid.criteria],
        "verdict": dict(grid.grid.verdicts).get(sheet.verdict, ""),
    }


def sign_page(
    request: SignedInRequest, sheet: Sheet, grid: GridView, *, crumbs: Sequence[Crumb], **said: Any
) -> HttpResponse:
    """One's sheet read again before it is signed: `said` are its title, subject, words and label.

    The last of `crumbs` is the page where it is filled.
    """
    context = {**sheet_shown(sheet, grid), **said, "crumbs": crumbs, "back": crumbs[-1].href}
    return render(request, "evaluation/sign.html", context)


def own_sheet(model: type[Reading], request: SignedInRequest, code: object, **context: Any) -> HttpResponse:
    """One's own signed sheet, as it was signed; it outlives the reading, without the dossier."""
    review = own_reading(model, request, code)
    if review.sheet.status != SheetStatus.SIGNED:
        raise Http404
    prefetch_related_objects([review], with_marks())
    grid = grid_of(review.dossier.promotion_id, review.KIND.stage)
    context |= {
        "review": review,
        "sheet": review.sheet,
        "grid": grid.grid,
        "mean": shown_total(review.sheet.total, weight=grid.total_weight),
        "verdict": dict(grid.grid.verdicts).get(review.sheet.verdict, ""),
    }
    return render(request, "evaluation/review_detail.html", context)
