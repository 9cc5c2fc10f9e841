"""The readers' queue: what I have to read, one more, the next one."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import CalibrationFirst, NotAReader, ReaderBarred, ReadingOver, hand_out_next
from candidates.choices import Status
from candidates.models import Review
from candidates.queries import is_application_reader, promotions_read, readings_of
from eig.accounts.doors import SignedInRequest
from eig.evaluation.choices import SheetStatus
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

SHORTCUTS_OFF = "reading_shortcuts_off"


def waiting_among(reviews: Iterable[Review]) -> list[Review]:
    return [
        review
        for review in reviews
        if review.sheet.status == SheetStatus.DRAFT and review.application.status == Status.SUBMITTED
    ]


def reading_list(request: SignedInRequest) -> HttpResponse:
    """What I have to read, what I have read. Nobody else's business: others find nothing here."""
    promotions = promotions_read(request.user)
    reviews = list(readings_of(request.user))
    if not promotions and not reviews:
        raise Http404
    waiting = waiting_among(reviews)
    signed = [review for review in reviews if review.sheet.status == SheetStatus.SIGNED]
    calibrated = {review.application.promotion for review in reviews if review.calibration}
    context = {
        "promotions": promotions,
        "waiting": waiting,
        "signed": signed,
        "total": len(waiting) + len(signed),
        "following": waiting[0] if waiting else None,
        "calibrated": sorted(calibrated, key=lambda row: -row.number),
    }
    return render(request, "candidates/reading_list.html", context)


@require_POST
def reading_next(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Ask for one more application to read."""
    row = get_object_or_404(Promotion, code=promotion)
    if not is_application_reader(request.user, row):
        raise Http404
    return _one_more(request, row)


def _one_more(request: SignedInRequest, promotion: Promotion) -> HttpResponse:
    """The queue: a place held for half an hour, or a word that says why there is none."""
    try:
        review = hand_out_next(request.user, promotion=promotion, at=moment(promotion))
    except (NotAReader, ReaderBarred, ReadingOver, CalibrationFirst) as reason:
        messages.warning(request, str(reason))
        return redirect("candidates:reading_list")
    if review is None:
        messages.info(request, "Aucune candidature n’attend de lecture pour vous. Merci !")
        return redirect("candidates:reading_list")
    return redirect("candidates:review_edit", review.sheet.code)


def following(request: SignedInRequest, review: Review) -> HttpResponse:
    """The next one: what is assigned to me first, then the queue."""
    rest = [item for item in waiting_among(readings_of(request.user)) if item.pk != review.pk]
    if not rest:
        return _one_more(request, review.application.promotion)
    # After this one in my list, then from the top: what I leave for later comes round again.
    later = [item for item in rest if (item.assigned_at, item.pk) > (review.assigned_at, review.pk)]
    return redirect("candidates:review_edit", (later or rest)[0].sheet.code)


@require_POST
def reading_shortcuts(request: SignedInRequest) -> HttpResponse:
    """Switch the one-key shortcuts off or on, for this session (WCAG 2.1.4)."""
    if not promotions_read(request.user):
        raise Http404
    request.session[SHORTCUTS_OFF] = not request.session.get(SHORTCUTS_OFF, False)
    code = request.POST.get("sheet", "")
    if readings_of(request.user).filter(sheet__code__in=_uuids(code)).exists():
        return redirect("candidates:review_edit", code)
    return redirect("candidates:reading_list")


def _uuids(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []
