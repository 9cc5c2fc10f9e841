"""« Mes données »: read, take away, correct, erase."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, grave
from eig.deeds import Doing
from eig.design.answers import posted
from eig.documents.doors import serve
from privacy.actions import NotYet, ask_copy, correct_name, erase_person
from privacy.choices import CopyStatus
from privacy.forms import ErasureForm, NameForm
from privacy.models import DataCopy
from privacy.queries import groups_of, in_progress, obstacles, purposes_held
from privacy.queries.mine import endings_of
from privacy.tasks import wake_copies_after_commit

LINES_SHOWN = 20


def my_data(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    copy = DataCopy.objects.filter(person=request.user).order_by("-asked_at", "-pk").first()
    context = {
        "groups": groups_of(request.user, at=now, most=LINES_SHOWN),
        "endings": endings_of(request.user, at=now),
        "copy": copy,
        "copy_is_ready": copy is not None and copy.status == CopyStatus.READY,
        "copy_is_waiting": copy is not None and copy.status == CopyStatus.QUEUED,
        "copy_has_failed": copy is not None and copy.status == CopyStatus.FAILED,
    }
    return render(request, "privacy/my_data.html", context)


@require_POST
def copy_ask(request: SignedInRequest) -> HttpResponse:
    ask_copy(request.user, at=timezone.now())
    wake_copies_after_commit()
    messages.success(
        request, "Votre copie est en préparation : un courriel vous préviendra dès qu’elle sera prête."
    )
    return redirect("privacy:my_data")


def copy_download(request: SignedInRequest, code: UUID) -> HttpResponseBase:
    """Theirs only, and until its end."""
    copy = get_object_or_404(
        DataCopy.objects.select_related("document"),
        code=code,
        person=request.user,
        status=CopyStatus.READY,
        expires_at__gt=timezone.now(),
    )
    return serve(copy.document)


def name_edit(request: SignedInRequest) -> HttpResponse:
    """The name is theirs to change; the address has its own page, which proves the new one."""
    user = request.user
    form = NameForm(posted(request), initial={"first_name": user.first_name, "last_name": user.last_name})
    if form.is_valid():
        if correct_name(user, **form.cleaned_data, at=timezone.now()):
            messages.success(request, "Votre nom est corrigé.")
        return redirect("privacy:my_data")
    return render(request, "privacy/name_edit.html", {"form": form}, status=422 if form.is_bound else 200)


@grave
def account_erase(request: SignedInRequest) -> HttpResponse:
    """What goes, what stays and why, what is in the way; then, confirmed, it is done at once."""
    now = timezone.now()
    form = ErasureForm(posted(request))
    if form.is_valid():
        with Doing(request, NotYet, prints=True) as done:
            erase_person(request.user, at=now)
        if not done:
            return redirect("privacy:account_erase")
        logout(request)
        return redirect("privacy:account_erased")
    context = {
        "form": form,
        "obstacles": obstacles(request.user, at=now),
        "in_progress": in_progress(request.user, at=now),
        "purposes": purposes_held(request.user),
    }
    return render(request, "privacy/account_erase.html", context, status=422 if form.is_bound else 200)
