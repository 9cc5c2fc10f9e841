"""« Où en est ma candidature ? »: the step tells its own part, the roof tells the rest."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from candidates.choices import Status
from candidates.models import Application
from candidates.queries import decision_told
from candidates.views.candidate import application_detail
from eig.accounts.doors import SignedInRequest
from journey.queries.situation import STEPS, phases_told, situation_after_shortlist


def application_situation(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Same address as `candidates:application_detail`, in front of it: once shortlisted, the roof answers."""
    mine = Application.objects.filter(candidate=request.user).select_related("promotion", "candidate")
    application = get_object_or_404(mine, code=code)
    if application.status != Status.SHORTLISTED:
        return application_detail(request, str(code))
    context = {
        "application": application,
        "promotion": application.promotion,
        "situation": situation_after_shortlist(application),
        "steps": STEPS,
        "calendar": phases_told(application.promotion),
        "decision": decision_told(application),
    }
    return render(request, "journey/application_situation.html", context)
