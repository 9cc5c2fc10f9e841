"""One reading: the question of conflict, the grid beside the dossier, the signature, stepping aside."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design import saving
from eig.design.answers import posted
from eig.dossiers.desks import Crumb
from eig.evaluation import actions
from eig.evaluation.actions import MarksMissing, refuse_unready, save_review, sign_review
from eig.evaluation.choices import SheetStatus
from eig.evaluation.desks import ReadingDesk
from eig.evaluation.forms import ReviewForm
from eig.evaluation.models import Reading
from eig.evaluation.queries import (
    AnyReading,
    amendments_of,
    content_of,
    desk_of,
    grid_of,
    is_being_read,
    is_decided,
    open_to,
    readable_by,
    readings_of,
    waiting,
    with_marks,
)
from eig.evaluation.views.reader import SHORTCUTS_OFF, following, to_grid, to_list
from eig.evaluation.views.recusal import recusal_page
from eig.evaluation.views.sheet import REFUSALS, autosaved, keep, sheet_shown
from eig.journal.choices import Reader, Shown
from eig.journal.doors import shows
from eig.promotions.queries import moment


def own_reading(model: type[AnyReading], request: SignedInRequest, code: object) -> AnyReading:
    """Theirs, even when it is over: for deeds, which say why they are refused."""
    return get_object_or_404(readings_of(model, request.user), sheet__code=code)


def readable_reading(model: type[AnyReading], request: SignedInRequest, code: object) -> AnyReading:
    """Theirs, while the dossier is read, and no conflict declared: the door of its files."""
    review = get_object_or_404(readable_by(model, request.user), sheet__code=code)
    shows(request, review.dossier, what=Shown.FILE, reader=Reader.READER)
    return review


def reading_at(model: type[AnyReading], request: SignedInRequest, code: object) -> AnyReading:
    """What a page of the dossier stands on: shown while it is read; what is posted is always answered."""
    find = readings_of if request.method == "POST" else open_to
    return get_object_or_404(find(model, request.user), sheet__code=code)


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
    return following(request, desk, review) if then == "next" else to_grid(desk, code)


def _refused(request: SignedInRequest, desk: ReadingDesk, review: Any, form: ReviewForm) -> HttpResponse:
    """What was typed, and why it is refused; nothing more of a dossier that is no longer read."""
    if is_being_read(review):
        return _reading_page(request, desk, review, form, status=422)
    messages.error(request, " ".join(map(str, form.non_field_errors())))
    return to_list(desk)


def _reading_page(
    request: SignedInRequest, desk: ReadingDesk, review: Any, form: ReviewForm, *, status: int = 200
) -> HttpResponse:
    grid, dossier, others = form.grid, review.dossier, desk_of(review)
    shows(request, dossier, reader=Reader.READER)
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
        return to_grid(desk, code)
    read = request.POST.get("read", "")
    if request.method == "POST" and (read or not is_being_read(review)):
        with Doing(request, REFUSALS) as done:
            sign_review(review, by=request.user, at=moment(review.dossier.promotion), seen=read)
            done.said = f"Votre lecture de « {desk.label(review.dossier)} » est signée. Merci !"
        if not done:
            return to_grid(desk, code) if is_being_read(review) else to_list(desk)
        return following(request, desk, review) if request.POST.get("then") == "next" else to_list(desk)
    if review.sheet.status != SheetStatus.DRAFT:
        return to_grid(desk, code)
    shows(request, review.dossier, reader=Reader.READER)
    prefetch_related_objects([review], with_marks())
    grid = grid_of(review.dossier.promotion_id, desk.model.KIND.stage)
    read, lacks = content_of(review.sheet).fingerprint, ""
    try:
        refuse_unready(review.sheet)
    except MarksMissing as reason:
        lacks = str(reason)
    context = _page(desk, review, mine=sheet_shown(review.sheet, grid), read=read, lacks=lacks)
    return render(request, "evaluation/review_sign.html", context)


def _aside(desk: ReadingDesk, dossier: Any) -> str:
    if is_decided(dossier):
        return "Votre déport est enregistré, et l’équipe est prévenue. La note qui a servi à décider reste."
    return f"Votre déport est enregistré : une autre personne lira {desk.model.KIND.this}."


def review_recuse(request: SignedInRequest, code: UUID, desk: ReadingDesk) -> HttpResponse:
    """Step aside, before or after having read."""
    review = own_reading(desk.model, request, code)
    dossier, label = review.dossier, desk.label(review.dossier)
    return recusal_page(
        request,
        dossier.promotion,
        partial(actions.recuse_reader, desk.model, dossier, person=request.user),
        subject=label,
        words="La décision est connue : ce que vous avez signé reste dans la note, et l’équipe est prévenue."
        if is_decided(dossier)
        else "Vos notes sur ce dossier ne compteront pas, et une autre personne le lira.",
        crumbs=[
            Crumb(desk.mine, desk.door(desk.listed)),
            Crumb(label, desk.door("review_edit", review.sheet.code)),
        ],
        said=_aside(desk, dossier),
    )


def step_aside(request: SignedInRequest, desk: ReadingDesk, review: Reading, reason: str) -> HttpResponse:
    dossier, at = review.dossier, moment(review.dossier.promotion)
    actions.recuse_reader(desk.model, dossier, person=request.user, reason=reason, by=request.user, at=at)
    messages.success(request, _aside(desk, dossier))
    return to_list(desk)


def review_detail(request: SignedInRequest, code: UUID, desk: ReadingDesk) -> HttpResponse:
    """What I signed, as I signed it; it outlives the reading, without the dossier."""
    review = own_reading(desk.model, request, code)
    if review.sheet.status != SheetStatus.SIGNED:
        raise Http404
    prefetch_related_objects([review], with_marks())
    grid = grid_of(review.dossier.promotion_id, desk.model.KIND.stage)
    context = _page(desk, review, mine=sheet_shown(review.sheet, grid))
    return render(request, "evaluation/review_detail.html", context)
