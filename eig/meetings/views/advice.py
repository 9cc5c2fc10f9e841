"""Advice slots: what is free, booking, one's own appointment."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eig.accounts.doors import TOO_MANY_LETTERS, may_write_to, personal_link
from eig.deeds import Doing
from eig.design.answers import posted
from eig.lifecycle import IllegalMove
from eig.mail.tasks import wake_after_commit
from eig.meetings.actions import AlreadyBooked, SlotTaken, TooLate, book_advice, cancel_booking, move_booking
from eig.meetings.choices import BookingStatus
from eig.meetings.forms import BookingForm
from eig.meetings.models import AdviceBooking, AdviceSlot
from eig.meetings.queries import (
    advice_days,
    advice_slots_free,
    booking_behind,
    booking_event,
    booking_token,
    bookings_of,
    project_of_ticket,
)
from eig.meetings.views.calendar import ics
from eig.meetings.views.webinar import person_of, unknown_link
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

SHOWN = 120


@login_not_required
@require_safe
def advice_list(request: HttpRequest, promotion: str) -> HttpResponse:
    """The free slots by day; first, the appointments that the person has."""
    row = get_object_or_404(Promotion, code=promotion, is_archived=False)
    person = person_of(request)
    mine = [(item, booking_token(item.code)) for item in bookings_of(person, row)] if person else []
    ticket = request.GET.get("projet", "")
    context = {
        "promotion": row,
        "days": advice_days(advice_slots_free(row, at=moment(row))[:SHOWN]),
        "mine": mine,
        "query": f"?projet={ticket}" if project_of_ticket(ticket) else "",
    }
    return render(request, "meetings/advice_list.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def advice_book(request: HttpRequest, code: str) -> HttpResponse:
    slot = get_object_or_404(AdviceSlot.objects.select_related("promotion", "adviser"), code=code)
    form = BookingForm(posted(request), person=request.user)
    project = project_of_ticket(request.GET.get("projet", ""))
    refused = False
    if request.method == "POST" and form.is_valid():
        if not may_write_to(form.cleaned_data["email"], request):
            form.add_error(None, TOO_MANY_LETTERS)
        else:
            try:
                booking = book_advice(slot, by=person_of(request), project=project, **form.cleaned_data)
            except (SlotTaken, AlreadyBooked, TooLate) as reason:
                form.add_error(None, str(reason))
                refused = True
            else:
                wake_after_commit()
                messages.success(request, "Votre rendez-vous est pris. La confirmation part par courriel.")
                return redirect("meetings:booking_detail", booking_token(booking.code))
    free = advice_slots_free(slot.promotion, at=moment(slot.promotion))
    context = {
        "slot": slot,
        "promotion": slot.promotion,
        "form": form,
        "is_free": free.filter(pk=slot.pk).exists(),
        "others": list(free.exclude(pk=slot.pk)[:6]),
    }
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "meetings/advice_book.html", context, status=status)


@personal_link
@require_safe
def booking_detail(request: HttpRequest, token: str) -> HttpResponse:
    booking = booking_behind(token)
    if booking is None:
        return unknown_link(request)
    context = {
        "booking": booking,
        "slot": booking.slot,
        "promotion": booking.promotion,
        "token": token,
        "is_booked": booking.status == BookingStatus.BOOKED,
        "is_cancelled": booking.status == BookingStatus.CANCELLED,
        "may_change": _may_change(booking),
    }
    return render(request, "meetings/booking_detail.html", context)


def _may_change(booking: AdviceBooking) -> bool:
    now = moment(booking.promotion)
    return booking.status == BookingStatus.BOOKED and booking.slot.during.lower > now


@personal_link
@require_http_methods(["GET", "HEAD", "POST"])
def booking_move(request: HttpRequest, token: str) -> HttpResponse:
    """Choose another slot; the first one is kept until the second is had."""
    booking = booking_behind(token)
    if booking is None:
        return unknown_link(request)
    if request.method == "POST":
        asked = request.POST.get("slot") or str(booking.slot.code)
        slots = AdviceSlot.objects.filter(promotion=booking.promotion).order_by("pk")
        # Compared as text: what was sent may be no code at all.
        slot = next((slot for slot in slots if str(slot.code) == asked), None)
        if slot is None:
            raise Http404
        with Doing(request, (SlotTaken, TooLate, IllegalMove)) as done:
            move_booking(booking, slot=slot, by=person_of(request))
            done.said = "Votre rendez-vous est déplacé. Un message le confirme."
        return redirect("meetings:booking_detail" if done else "meetings:booking_move", token)
    context = {
        "booking": booking,
        "slot": booking.slot,
        "promotion": booking.promotion,
        "token": token,
        "may_change": _may_change(booking),
        "days": advice_days(advice_slots_free(booking.promotion, at=moment(booking.promotion))[:SHOWN]),
    }
    return render(request, "meetings/booking_move.html", context)


@personal_link
@require_POST
def booking_cancel(request: HttpRequest, token: str) -> HttpResponse:
    booking = booking_behind(token)
    if booking is None:
        return unknown_link(request)
    with Doing(request, IllegalMove, said="Votre rendez-vous est annulé. Le créneau est rendu."):
        cancel_booking(booking, by=person_of(request), at=moment(booking.promotion))
    return redirect("meetings:booking_detail", token)


@personal_link
@require_safe
def booking_download(request: HttpRequest, token: str) -> HttpResponse:
    booking = booking_behind(token)
    if booking is None:
        return unknown_link(request)
    return ics([booking_event(booking)], name="rendez-vous-eig")
