"""Advice as the programme team gives it: open half-days, read the day, keep notes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.design.answers import form_page, posted
from eig.lifecycle import IllegalMove
from eig.listing.views import list_page
from eig.mail.tasks import wake_after_commit
from eig.meetings.actions import TooLate, cancel_booking, close_booking, close_slot, note_booking, open_slots
from eig.meetings.choices import BookingStatus
from eig.meetings.forms import BookingNotesForm, CancellationForm, OpenSlotsForm
from eig.meetings.models import AdviceBooking, AdviceSlot
from eig.meetings.queries.listing import ADVICE
from eig.promotions.models import Promotion
from eig.promotions.queries import moment


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def staff_advice_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    """The slots ahead; the past ones on demand."""
    row = get_object_or_404(Promotion, code=promotion)
    return list_page(request, row, ADVICE, template="meetings/staff/staff_advice_list.html")


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def staff_advice_open(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    form = OpenSlotsForm(posted(request), person=request.user)
    if request.method == "POST" and form.is_valid():
        added, skipped = open_slots(
            row,
            adviser=form.cleaned_data["adviser"],
            times=form.times(),
            link=form.cleaned_data["link"],
            by=request.user,
            at=moment(row),
        )
        more = f" {skipped} existaient déjà ou chevauchaient d’autres créneaux." if skipped else ""
        messages.success(request, f"Créneaux ouverts : {added}.{more}")
        return redirect("meetings:staff_advice_list", promotion)
    context = {"promotion": row, "form": form}
    return form_page(request, "meetings/staff/staff_advice_open.html", context)


@staff_only
@require_POST
def staff_slot_close(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    rows = AdviceSlot.objects.select_related("promotion", "adviser")
    slot = get_object_or_404(rows, promotion__code=promotion, code=code)
    close_slot(slot, by=request.user, at=moment(slot.promotion))
    wake_after_commit()
    messages.success(request, "Le créneau n’est plus proposé.")
    return redirect("meetings:staff_advice_list", promotion)


def _booking(promotion: str, code: str) -> AdviceBooking:
    rows = AdviceBooking.objects.select_related("promotion", "slot__adviser")
    return get_object_or_404(rows, promotion__code=promotion, code=code)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def staff_booking_edit(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """Who comes, about what, what was said, whether they came."""
    booking = _booking(promotion, code)
    now = moment(booking.promotion)
    form = BookingNotesForm(posted(request), initial={"notes": booking.notes})
    if request.method == "POST" and form.is_valid():
        note_booking(booking, notes=form.cleaned_data["notes"], by=request.user, at=now)
        came = request.POST.get("came")
        if came in {"yes", "no"}:
            with Doing(request, (IllegalMove, TooLate)):
                close_booking(booking, held=came == "yes", by=request.user, at=now)
        messages.success(request, "Les notes sont enregistrées.")
        return redirect("meetings:staff_booking_edit", promotion, code)
    context = {
        "promotion": booking.promotion,
        "booking": booking,
        "slot": booking.slot,
        "form": form,
        "is_booked": booking.status == BookingStatus.BOOKED,
        "has_begun": booking.slot.during.lower <= now and booking.status != BookingStatus.CANCELLED,
    }
    return form_page(request, "meetings/staff/staff_booking_edit.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def staff_booking_cancel(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    booking = _booking(promotion, code)
    form = CancellationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with Doing(request, IllegalMove, said="Le rendez-vous est annulé ; la personne en est avertie."):
            cancel_booking(
                booking, by=request.user, at=moment(booking.promotion), reason=form.cleaned_data["reason"]
            )
        return redirect("meetings:staff_booking_edit", promotion, code)
    context = {"promotion": booking.promotion, "booking": booking, "slot": booking.slot, "form": form}
    return form_page(request, "meetings/staff/staff_booking_cancel.html", context)
