"""Withdraw everywhere: explained first, done once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from candidates.models import Application
from eig.accounts.doors import SignedInRequest
from eig.journey.actions.withdrawal import withdraw_application
from eig.lifecycle import IllegalMove, may_move
from eig.mail.tasks import wake_after_commit
from eig.promotions.queries import moment


def application_withdraw(request: SignedInRequest, code: UUID) -> HttpResponse:
    """The page says what leaving undoes; the post does it, in every step at once."""
    application = get_object_or_404(
        Application.objects.filter(candidate=request.user).select_related("promotion"), code=code
    )
    if not may_move(application, "withdrawn"):
        messages.warning(request, "Cette candidature est déjà terminée.")
        return redirect("candidates:application_detail", code)
    if request.method == "POST":
        try:
            withdraw_application(application, by=request.user, at=moment(application.promotion))
        except IllegalMove as reason:
            messages.error(request, str(reason))
        else:
            wake_after_commit()
            messages.success(request, "Votre candidature est retirée. Merci de l’avoir portée jusqu’ici.")
        return redirect("candidates:application_detail", code)
    return render(
        request,
        "journey/application_withdraw.html",
        {"application": application, "promotion": application.promotion},
    )
