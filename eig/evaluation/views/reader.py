"""A reader's pages: what I have to read, the grid beside the dossier, the signature, stepping aside."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design import saving
from eig.design.answers import posted
from eig.dossiers.desks import Crumb
from eig.evaluation import actions
from eig.evaluation.actions import (
    ConflictNotDeclared,
    MarksMissing,
    NotAReader,
    NothingLeft,
    ReaderBarred,
    ReadingOver,
    SheetChanged,
    SheetClosed,
    refuse_unready,
    save_review,
    sign_review,
)
from eig.evaluation.choices import SheetStatus
from eig.evaluation.desks import ReadingDesk
from eig.evaluation.forms import ReviewForm
from eig.evaluation.models import Reading, Sheet
from eig.evaluation.queries import (
    AnyReading,
    GridView,
    amendments_of,
    content_of,
    desk_of,
    grid_of,
    is_being_read,
    is_reader,
    open_to,
    queues_of,
    readable_by,
    readings_of,
    reads,
    told_of,
    waiting,
    with_marks,
)
from eig.evaluation.rules import shown_total
from eig.evaluation.views.recusal import recusal_page
from eig.lifecycle import IllegalMove
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

# What a deed on one's reading may refuse, and a queue.
REFUSALS = (ConflictNotDeclared, IllegalMove, MarksMissing, ReadingOver, SheetChanged, SheetClosed)
Over: TypeAlias = tuple[type[Exception], ...]
OVER: Over = (ReadingOver, SheetClosed)
NOT_HANDED = (NotAReader, NothingLeft, ReaderBarred, ReadingOver)
SHORTCUTS_OFF = "reading_shortcuts_off"
PAGE = 25


def own_reading(model: type[AnyReading], request: SignedInRequest, code: object) -> AnyReading:
    """Theirs, even when it is over: for deeds, which say why they are refused."""
    return get_object_or_404(readings_of(model, request.user), sheet__code=code)


def readable_reading(model: type[AnyReading], request: SignedInRequest, code: object) -> AnyReading:
    """Theirs, while the dossier is read, and no conflict declared: the door of all its content."""
    return get_object_or_404(readable_by(model, request.user), sheet__code=code)


def reading_at(model: type[AnyReading], request: SignedInRequest, code: object) -> AnyReading:
    """What a page of the dossier stands on: shown while it is read; what is posted is always answered."""
    find = readings_of if request.method == "POST" else open_to
    return get_object_or_404(find(model, request.user), sheet__code=code)


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


def _page(desk: ReadingDesk, review: Any, **more: Any) -> dict[str, Any]:
    app = desk.model._meta.app_label
    return {
        "desk": desk,
        "review": review,
        "promotion": review.dossier.promotion,
        "label": desk.label(review.dossier),
        "back": desk.door(desk.listed),
        "grid_href": desk.door("review_edit", review.sheet.code),
        "calibration": desk.calibration(review),
        "doors": {
            "edit": f"{app}:review_edit",
            "recuse": f"{app}:review_recuse",
            "shortcuts": f"{app}:reading_shortcuts",
        },
        **more,
    }


def _to_grid(desk: ReadingDesk, code: object) -> HttpResponse:
    return redirect(desk.door("review_edit", code))


def _to_list(desk: ReadingDesk) -> HttpResponse:
    return redirect(desk.door(desk.listed))


def reading_list(request: SignedInRequest, desk: ReadingDesk) -> HttpResponse:
    """What I have to read, then what I have read. Nobody else's business: others find nothing here."""
    if not reads(desk.model, request.user):
        raise Http404
    readings, left = readings_of(desk.model, request.user), waiting(desk.model, request.user)
    page = Paginator(_with_trades(desk, readings), PAGE).get_page(request.GET.get("page"))
    open_ = set(open_to(desk.model, request.user).order_by().values_list("pk", flat=True))
    signed, following = readings.filter(sheet__status=SheetStatus.SIGNED).count(), left.first()
    context = {
        "desk": desk,
        "doors": {"take": f"{desk.model._meta.app_label}:{desk.take}"},
        "page": page,
        "rows": [_row(desk, review, is_open=review.pk in open_) for review in page],
        "signed": signed,
        "total": signed + left.count(),
        "next_href": desk.door("review_edit", following.sheet.code) if following else "",
        "queues": queues_of(desk.model, request.user),
        "calibrations": desk.calibrations(request.user),
    }
    return render(request, "evaluation/reading_list.html", context)


def _with_trades(desk: ReadingDesk, readings: QuerySet[Any]) -> QuerySet[Any]:
    kind = desk.model.KIND
    return readings.prefetch_related(f"{kind.dossier}__{kind.trades}") if kind.trades else readings


def _row(desk: ReadingDesk, review: Any, *, is_open: bool) -> dict[str, Any]:
    is_signed = review.sheet.status == SheetStatus.SIGNED
    door = "review_edit" if is_open else "review_detail" if is_signed else ""
    state, kind = (
        ("Signée", "success")
        if is_signed
        else ("Lecture close", "")
        if not is_open
        else ("Commencée", "info")
        if review.sheet.saved_at
        else ("À noter", "new")
        if review.cleared_at
        else ("À ouvrir", "new")
    )
    return {
        "review": review,
        "label": desk.label(review.dossier),
        "detail": desk.detail(review.dossier),
        "href": desk.door(door, review.sheet.code) if door else "",
        "is_calibration": bool(desk.calibration(review)),
        "state": state,
        "kind": kind,
    }


@require_POST
def reading_take(request: SignedInRequest, promotion: str, desk: ReadingDesk) -> HttpResponse:
    """Ask for one more dossier to read."""
    row = get_object_or_404(Promotion, code=promotion)
    if not is_reader(request.user, row, desk.model.KIND.stage):
        raise Http404
    return _one_more(request, desk, row)


def _one_more(request: SignedInRequest, desk: ReadingDesk, promotion: Promotion) -> HttpResponse:
    """The queue: a place held for half an hour, or a word that says why there is none."""
    with Doing(request, NOT_HANDED, refused=messages.info):
        review = desk.take_next(promotion, by=request.user, at=moment(promotion))
        return _to_grid(desk, review.sheet.code)
    return _to_list(desk)


def _following(request: SignedInRequest, desk: ReadingDesk, review: Any) -> HttpResponse:
    """The next one: what is assigned to me first, then the queue."""
    rest = list(waiting(desk.model, request.user).exclude(pk=review.pk))
    if not rest:
        return _one_more(request, desk, review.dossier.promotion)
    # After this one in my list, then from the top: what I leave for later comes round again.
    later = [item for item in rest if (item.assigned_at, item.pk) > (review.assigned_at, review.pk)]
    return _to_grid(desk, (later or rest)[0].sheet.code)


@require_POST
def reading_shortcuts(request: SignedInRequest, desk: ReadingDesk) -> HttpResponse:
    """Switch the one-key shortcuts off or on, for this session (WCAG 2.1.4)."""
    if not reads(desk.model, request.user):
        raise Http404
    request.session[SHORTCUTS_OFF] = not request.session.get(SHORTCUTS_OFF, False)
    code = request.POST.get("sheet", "")
    if waiting(desk.model, request.user).filter(sheet__code__in=_uuids(code)).exists():
        return _to_grid(desk, code)
    return _to_list(desk)


def _uuids(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []


def review_edit(request: SignedInRequest, code: UUID, desk: ReadingDesk) -> HttpResponse:
    """The question of conflict first, then the dossier beside the grid; to sign, it is read again."""
    review = reading_at(desk.model, request, code)
    if review.cleared_at is None:
        answer: HttpResponse = desk.before(request, review)
        return answer
    grid = grid_of(review.dossier.promotion_id, desk.model.KIND.stage)
    form = ReviewForm(posted(request), grid=grid, sheet=review.sheet)
    if request.method != "POST":
        return _reading_page(request, desk, review, form)
    at = moment(review.dossier.promotion)
    kept = keep(form, partial(save_review, review, by=request.user, at=at))
    if saving.saves_itself(request):
        return autosaved(request, form, sheet=review.sheet, kept=kept)
    then = request.POST.get("then")
    if kept and then == "sign":
        with Doing(request, MarksMissing, form=form):
            refuse_unready(review.sheet)
            return redirect(desk.door("review_sign", code))
        kept = False
    if not kept:
        return _refused(request, desk, review, form)
    messages.success(
        request, "Vos notes sont enregistrées. Elles restent modifiables, et comptent une fois signées."
    )
    return _following(request, desk, review) if then == "next" else _to_grid(desk, code)


def _refused(request: SignedInRequest, desk: ReadingDesk, review: Any, form: ReviewForm) -> HttpResponse:
    """What was typed, and why it is refused; nothing more of a dossier that is no longer read."""
    if is_being_read(review):
        return _reading_page(request, desk, review, form, status=422)
    messages.error(request, " ".join(map(str, form.non_field_errors())))
    return _to_list(desk)


def _reading_page(
    request: SignedInRequest, desk: ReadingDesk, review: Any, form: ReviewForm, *, status: int = 200
) -> HttpResponse:
    grid, dossier, others = form.grid, review.dossier, desk_of(review)
    mine = readings_of(desk.model, request.user).filter(
        **{f"{desk.model.KIND.dossier}__promotion": dossier.promotion_id}
    )
    counts = mine.aggregate(
        signed=Count("pk", filter=Q(sheet__status=SheetStatus.SIGNED)),
        left=Count("pk", filter=Q(pk__in=waiting(desk.model, request.user).order_by().values("pk"))),
    )
    form.amendments = {item.criterion_id: item for item in reversed(amendments_of(grid))}
    context = _page(
        desk,
        review,
        form=form,
        is_signed=review.sheet.status == SheetStatus.SIGNED,
        mine=sheet_shown(review.sheet, grid),
        others=[
            sheet_shown(other.sheet, grid, who=_named(desk, other, rank))
            for rank, other in enumerate(others, start=1)
        ],
        signed_count=counts["signed"],
        all_count=counts["signed"] + counts["left"],
        shortcuts=not request.session.get(SHORTCUTS_OFF, False),
        **desk.shown(dossier),
    )
    return render(request, "evaluation/review_edit.html", context, status=status)


def _named(desk: ReadingDesk, review: Any, rank: int) -> str:
    return str(review.reader) if desk.names_readers else f"Lecture n° {rank}"


def review_sign(request: SignedInRequest, code: UUID, desk: ReadingDesk) -> HttpResponse:
    """Two steps: read the marks again, then sign those that were read; signed, they no longer change."""
    review = reading_at(desk.model, request, code)
    if review.cleared_at is None:
        return _to_grid(desk, code)
    read = request.POST.get("read", "")
    if request.method == "POST" and (read or not is_being_read(review)):
        with Doing(request, REFUSALS) as done:
            sign_review(review, by=request.user, at=moment(review.dossier.promotion), seen=read)
            done.said = f"Votre lecture de « {desk.label(review.dossier)} » est signée. Merci !"
        if not done:
            return _to_grid(desk, code) if is_being_read(review) else _to_list(desk)
        return _following(request, desk, review) if request.POST.get("then") == "next" else _to_list(desk)
    if review.sheet.status != SheetStatus.DRAFT:
        return _to_grid(desk, code)
    prefetch_related_objects([review], with_marks())
    grid = grid_of(review.dossier.promotion_id, desk.model.KIND.stage)
    read, lacks = content_of(review.sheet).fingerprint, ""
    try:
        refuse_unready(review.sheet)
    except MarksMissing as reason:
        lacks = str(reason)
    context = _page(desk, review, mine=sheet_shown(review.sheet, grid), read=read, lacks=lacks)
    return render(request, "evaluation/review_sign.html", context)


def review_recuse(request: SignedInRequest, code: UUID, desk: ReadingDesk) -> HttpResponse:
    """Step aside, before or after having read."""
    review = own_reading(desk.model, request, code)
    dossier, label = review.dossier, desk.label(review.dossier)
    return recusal_page(
        request,
        dossier.promotion,
        partial(actions.recuse_reader, desk.model, dossier, person=request.user),
        subject=label,
        words="Vos notes sur ce dossier ne compteront pas, et une autre personne le lira.",
        crumbs=[
            Crumb(desk.mine, desk.door(desk.listed)),
            Crumb(label, desk.door("review_edit", review.sheet.code)),
        ],
        said=f"Votre déport est enregistré : une autre personne lira {desk.model.KIND.this}.",
    )


def step_aside(request: SignedInRequest, desk: ReadingDesk, review: Reading, reason: str) -> HttpResponse:
    dossier, at = review.dossier, moment(review.dossier.promotion)
    actions.recuse_reader(desk.model, dossier, person=request.user, reason=reason, by=request.user, at=at)
    messages.success(
        request, f"Votre déport est enregistré : une autre personne lira {desk.model.KIND.this}."
    )
    return _to_list(desk)


def review_detail(request: SignedInRequest, code: UUID, desk: ReadingDesk) -> HttpResponse:
    """What I signed, as I signed it; it outlives the reading, without the dossier."""
    review = own_reading(desk.model, request, code)
    if review.sheet.status != SheetStatus.SIGNED:
        raise Http404
    prefetch_related_objects([review], with_marks())
    grid = grid_of(review.dossier.promotion_id, desk.model.KIND.stage)
    context = _page(desk, review, mine=sheet_shown(review.sheet, grid))
    return render(request, "evaluation/review_detail.html", context)
