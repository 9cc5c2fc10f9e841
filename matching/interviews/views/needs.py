"""The candidate's door on what to arrange."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.doors import SignedInRequest
from eig.design.answers import posted
from eig.promotions.queries import moment
from matching.interviews.actions import keep_needs
from matching.interviews.forms import ArrangementsForm
from matching.interviews.queries import needs_of


@require_http_methods(["GET", "HEAD", "POST"])
def needs_edit(request: SignedInRequest, code: UUID) -> HttpResponse:
    """What to arrange for every audition of an application."""
    application = get_object_or_404(
        Application.objects.select_related("promotion"),
        code=code,
        candidate=request.user,
        status=ApplicationStatus.SHORTLISTED,
    )
    form = ArrangementsForm(posted(request), instance=needs_of(request.user, application_id=application.pk))
    if request.method == "POST" and form.is_valid():
        keep_needs(application, **form.cleaned_data, by=request.user, at=moment(application.promotion))
        messages.success(request, "Vos besoins sont enregistrés et transmis à l’équipe programme.")
        return redirect("interviews:audition_mine")
    return render(request, "interviews/needs_edit.html", {"form": form, "application": application})
