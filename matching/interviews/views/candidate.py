"""The candidate's doors: where and when, the calendar file, what to arrange."""

from collections.abc import Iterable
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from eig.accounts.doors import SignedInRequest
from eig.promotions.queries import moment
from matching.interviews.actions import state_needs
from matching.interviews.documents import calendar
from matching.interviews.forms import NeedsForm
from matching.interviews.models import Audition
from matching.interviews.queries import auditions_of_candidate, seats_of


@require_safe
def audition_mine(request: SignedInRequest) -> HttpResponse:
    return render(
        request, "interviews/audition_mine.html", {"auditions": list(auditions_of_candidate(request.user))}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def audition_detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    audition = get_object_or_404(auditions_of_candidate(request.user), code=code)
    form = NeedsForm(request.POST or None, instance=audition)
    if request.method == "POST" and form.is_valid():
        needs = form.cleaned_data["needs"]
        state_needs(audition, needs=needs, by=request.user, at=moment(audition.promotion))
        messages.success(request, "Vos besoins sont enregistrés et transmis à l’équipe programme.")
        return redirect("interviews:audition_detail", code)
    context = {
        "audition": audition,
        "panel": audition.slot.panel if audition.slot else None,
        "seats": seats_of(audition.slot.panel) if audition.slot else [],
        "form": form,
    }
    return render(request, "interviews/audition_detail.html", context)


@require_safe
def audition_download(request: SignedInRequest, code: UUID) -> HttpResponse:
    audition = get_object_or_404(auditions_of_candidate(request.user), code=code)
    return _calendar([audition], name="audition-eig.ics")


@require_safe
def calendar_download(request: SignedInRequest) -> HttpResponse:
    return _calendar(auditions_of_candidate(request.user), name="auditions-eig.ics")


def _calendar(auditions: Iterable[Audition], *, name: str) -> HttpResponse:
    host = urlsplit(settings.SITE_URL).hostname or "eig"
    content = calendar(auditions, host=host, at=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
