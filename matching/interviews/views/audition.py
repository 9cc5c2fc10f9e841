"""The candidate's doors: who hears me and why, where and when, the calendar file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.doors import SignedInRequest
from eig.design.answers import posted
from eig.meetings.views.calendar import ics
from eig.promotions.queries import moment
from matching.interviews.actions import state_needs
from matching.interviews.choices import TIME_ZONES
from matching.interviews.documents import audition_events
from matching.interviews.forms import NeedsForm
from matching.interviews.queries import (
    auditions_for_calendar,
    auditions_known_to,
    hearings_of,
    my_audition,
    needs_of,
    seats_of,
)
from matching.interviews.rules.booking import local_time


@require_safe
def audition_mine(request: SignedInRequest) -> HttpResponse:
    running = (
        Application.objects.filter(candidate=request.user, status=ApplicationStatus.SHORTLISTED)
        .select_related("promotion")
        .order_by("-promotion__number", "-pk")
        .first()
    )
    now = moment(running.promotion) if running else timezone.now()
    context = {
        "h": hearings_of(request.user, now=now),
        "application": running,
        "rules": reverse("teams:algorithm_detail"),
    }
    return render(request, "interviews/audition_mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def audition_detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    audition = get_object_or_404(auditions_known_to(request.user), code=code)
    form = NeedsForm(posted(request), instance=audition)
    if request.method == "POST" and form.is_valid():
        needs = form.cleaned_data["needs"]
        state_needs(audition, needs=needs, by=request.user, at=moment(audition.promotion))
        messages.success(request, "Vos besoins sont enregistrés et transmis à l’équipe programme.")
        return redirect("interviews:audition_detail", code)
    mine = my_audition(audition, now=moment(audition.promotion))
    arranged = needs_of(request.user, application_id=audition.application_id)
    zone = arranged.time_zone if arranged else ""
    context = {
        "audition": audition,
        "mine": mine,
        "panel": mine.panel,
        "seats": seats_of(mine.panel) if mine.panel else [],
        "form": form,
        "needs": arranged,
        "local": local_time(mine.during.lower, zone) if mine.during and zone else "",
        "zone": dict(TIME_ZONES).get(zone, ""),
    }
    return render(request, "interviews/audition_detail.html", context)


@require_safe
def audition_download(request: SignedInRequest, code: UUID) -> HttpResponse:
    audition = get_object_or_404(auditions_for_calendar(request.user), code=code)
    return ics(audition_events([audition]), name="audition-eig")


@require_safe
def calendar_download(request: SignedInRequest) -> HttpResponse:
    events = audition_events(auditions_for_calendar(request.user))
    return ics(events, name="auditions-eig", title="Auditions EIG")
