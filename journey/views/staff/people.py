"""Invite readers and colleagues; roles come from accepted invitations only."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eig.accounts.doors import TOO_MANY_LETTERS, SignedInRequest, grave, may_write_to, staff_only
from eig.design.answers import posted
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion
from journey.actions.invitations import invite_by_mail, revoke
from journey.forms import InviteForm
from journey.queries.people import people_of


@staff_only
def staff_people(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    context = {"promotion": row, "people": people_of(row, now=timezone.now()), "form": InviteForm()}
    return render(request, "journey/staff/staff_people.html", context)


@staff_only
@grave
def staff_person_invite(request: SignedInRequest, promotion: str) -> HttpResponse:
    """A role is a grave matter: the person proves again who they are, then the mail leaves."""
    row = get_object_or_404(Promotion, code=promotion)
    form = InviteForm(posted(request))
    if form.is_valid() and not may_write_to(form.cleaned_data["email"], request):
        form.add_error("email", TOO_MANY_LETTERS)
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        invite_by_mail(
            form.cleaned_data["email"],
            purpose=purpose,
            subject="" if purpose == "staff" else row.code,
            by=request.user,
            at=timezone.now(),
        )
        wake_after_commit()
        messages.success(request, f"Invitation envoyée à {form.cleaned_data['email']}.")
        return redirect("journey:staff_people", row.code)
    context = {"promotion": row, "people": people_of(row, now=timezone.now()), "form": form}
    return render(request, "journey/staff/staff_people.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_only
def staff_invitation_revoke(request: SignedInRequest, promotion: str, pk: int) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    now = timezone.now()
    invitation = get_object_or_404(people_of(row, now=now).invitations, pk=pk)
    revoke(invitation, by=request.user, at=now)
    messages.success(request, f"L’invitation de {invitation.email} est annulée.")
    return redirect("journey:staff_people", row.code)
