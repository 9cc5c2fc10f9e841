"""A reader's list: what I have to read, one more from the queue, the shortcuts of the grid."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.evaluation.actions import NotAReader, NothingLeft, ReaderBarred, ReadingOver
from eig.evaluation.choices import SheetStatus
from eig.evaluation.desks import ReadingDesk
from eig.evaluation.queries import is_reader, open_to, queues_of, readings_of, reads, waiting
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

NOT_HANDED = (NotAReader, NothingLeft, ReaderBarred, ReadingOver)
SHORTCUTS_OFF = "reading_shortcuts_off"
PAGE = 25


def to_grid(desk: ReadingDesk, code: object) -> HttpResponse:
    return redirect(desk.door("review_edit", code))


def to_list(desk: ReadingDesk) -> HttpResponse:
    return redirect(desk.door(desk.listed))


def reading_list(request: SignedInRequest, desk: ReadingDesk) -> HttpResponse:
    """What I have to read, then what I have read. Nobody else's business: others find nothing here."""
    if not reads(desk.model, request.user):
        raise Http404
    readings, left = readings_of(desk.model, request.user), waiting(desk.model, request.user)
    page = Paginator(_with_trades(desk, readings), PAGE).get_page(request.GET.get("page"))
    open_ = set(open_to(desk.model, request.user).order_by().values_list("pk", flat=True))
    signed, first = readings.filter(sheet__status=SheetStatus.SIGNED).count(), left.first()
    context = {
        "desk": desk,
        "doors": {"take": f"{desk.model._meta.app_label}:{desk.take}"},
        "page": page,
        "rows": [_row(desk, review, is_open=review.pk in open_) for review in page],
        "signed": signed,
        "total": signed + left.count(),
        "next_href": desk.door("review_edit", first.sheet.code) if first else "",
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
    return one_more(request, desk, row)


def one_more(request: SignedInRequest, desk: ReadingDesk, promotion: Promotion) -> HttpResponse:
    """The queue: a place held for half an hour, or a word that says why there is none."""
    with Doing(request, NOT_HANDED, refused=messages.info):
        review = desk.take_next(promotion, by=request.user, at=moment(promotion))
        return to_grid(desk, review.sheet.code)
    return to_list(desk)


def following(request: SignedInRequest, desk: ReadingDesk, review: Any) -> HttpResponse:
    """The next one: what is assigned to me first, then the queue."""
    rest = list(waiting(desk.model, request.user).exclude(pk=review.pk))
    if not rest:
        return one_more(request, desk, review.dossier.promotion)
    # After this one in my list, then from the top: what I leave for later comes round again.
    later = [item for item in rest if (item.assigned_at, item.pk) > (review.assigned_at, review.pk)]
    return to_grid(desk, (later or rest)[0].sheet.code)


@require_POST
def reading_shortcuts(request: SignedInRequest, desk: ReadingDesk) -> HttpResponse:
    """Switch the one-key shortcuts off or on, for this session (WCAG 2.1.4)."""
    if not reads(desk.model, request.user):
        raise Http404
    request.session[SHORTCUTS_OFF] = not request.session.get(SHORTCUTS_OFF, False)
    code = request.POST.get("sheet", "")
    if waiting(desk.model, request.user).filter(sheet__code__in=_uuids(code)).exists():
        return to_grid(desk, code)
    return to_list(desk)


def _uuids(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []
