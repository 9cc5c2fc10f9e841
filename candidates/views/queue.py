"""The readers' queue: what I have to read, one more, the next one."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import take_next
from candidates.models import Review
from candidates.queries import is_application_reader, promotions_read, readings_of
from candidates.queries.reading import being_read
from eig.accounts.doors import SignedInRequest
from eig.accounts.models import User
from eig.deeds import Doing
from eig.evaluation.choices import SheetStatus
from eig.evaluation.views.reader import NOT_HANDED
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

SHORTCUTS_OFF = "reading_shortcuts_off"


def waiting(user: User) -> QuerySet[Review]:
    """What this reader has left to sign, in the order of their list."""
    return readings_of(user).filter(sheet__status=SheetStatus.DRAFT, application__in=being_read())


def reading_list(request: SignedInRequest) -> HttpResponse:
    """What I have to read, what I have read. Nobody else's business: others find nothing here."""
    promotions = promotions_read(request.user)
    reviews = list(readings_of(request.user))
    if not promotions and not reviews:
        raise Http404
    left = list(waiting(request.user))
    signed = [review for review in reviews if review.sheet.status == SheetStatus.SIGNED]
    calibrated = {review.application.promotion for review in reviews if review.calibration}
    context = {
        "promotions": promotions,
        "waiting": left,
        "signed": signed,
        "open": set(being_read().filter(reviews__reader=request.user).values_list("pk", flat=True)),
        "total": len(left) + len(signed),
        "following": left[0] if left else None,
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
    with Doing(request, NOT_HANDED, refused=messages.info):
        review = take_next(promotion, by=request.user, at=moment(promotion))
        return redirect("candidates:review_edit", review.sheet.code)
    return redirect("candidates:reading_list")


def following(request: SignedInRequest, review: Review) -> HttpResponse:
    """The next one: what is assigned to me first, then the queue."""
    rest = list(waiting(request.user).exclude(pk=review.pk))
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
    if waiting(request.user).filter(sheet__code__in=_uuids(code)).exists():
        return redirect("candidates:review_edit", code)
    return redirect("candidates:reading_list")


def _uuids(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []
