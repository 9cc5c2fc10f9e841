"""A candidate's own consent to be told of the next calls: given, changed, taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from candidates.actions import ConsentMissing, join_pool, leave_pool
from candidates.forms import PoolForm
from candidates.queries import own_applications
from candidates.queries.pool import membership_of
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import posted
from eig.promotions.models import Programme


def pool_edit(request: SignedInRequest, programme: str) -> HttpResponse:
    """The consent as it stands; its end may be moved, or it may be given."""
    row = get_object_or_404(Programme, code=programme)
    now = timezone.now()
    today = localtime(now).date()
    application = (
        own_applications(request.user).filter(promotion__programme=row, submitted_at__isnull=False).first()
    )
    member = membership_of(request.user, row, on=today)
    initial = {"initial": {"until": member.expires_on, "consents": True}} if member else {}
    form = PoolForm(posted(request), today=today, **initial)
    if request.method == "POST" and application is not None and form.is_valid():
        with Doing(request, ConsentMissing, said="C’est noté : nous vous préviendrons du prochain appel."):
            join_pool(application, **form.cleaned_data, by=request.user, at=now)
        return redirect("candidates:pool_edit", programme)
    context = {"programme": row, "member": member, "application": application, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "candidates/pool_edit.html", context, status=status)


@require_POST
def pool_leave(request: SignedInRequest, programme: str) -> HttpResponse:
    """Take the consent back, without explaining."""
    row = get_object_or_404(Programme, code=programme)
    now = timezone.now()
    member = membership_of(request.user, row, on=localtime(now).date())
    if member is not None:
        leave_pool(member, by=request.user, at=now)
        messages.success(request, "Vous avez quitté le vivier. Nous n’en gardons rien.")
    return redirect("candidates:pool_edit", programme)
