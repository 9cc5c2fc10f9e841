"""The demonstration's own doors: one-click sign-in and every mail sent. They do not exist elsewhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from demo.cast import cast, in_cast
from eig.accounts.models import User
from eig.mail.choices import Status as MailStatus
from eig.mail.models import Message
from eig.mail.queries import messages_listed
from journey.middleware import CHECKED


def demonstration_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Outside the demonstration the page does not exist."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(door)


@demonstration_only
def demo_cast(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/demo_cast.html", {"cast": cast()})


@demonstration_only
@require_POST
def demo_enter(request: HttpRequest, code: UUID) -> HttpResponse:
    """Sign in as someone of the cast, second factor and re-authentication included."""
    person = get_object_or_404(User, code=code, is_active=True)
    if not in_cast(person):
        raise Http404
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    record_authentication(request, person, "password", email=person.email, reauthenticated=True)
    request.session[CHECKED] = person.pk
    return redirect("journey:dashboard")


@demonstration_only
def demo_mail_list(request: HttpRequest) -> HttpResponse:
    """Every mail sent, latest first, as the sink received it."""
    messages = messages_listed().filter(status__in=[MailStatus.SENT, MailStatus.NEW, MailStatus.SENDING])
    search = request.GET.get("q", "").strip()[:100]
    if search:
        messages = messages.filter(to_email__icontains=search) | messages.filter(subject__icontains=search)
    page = Paginator(messages, 30).get_page(request.GET.get("page"))
    return render(request, "demo/demo_mail_list.html", {"page": page, "search": search})


@demonstration_only
def demo_mail_detail(request: HttpRequest, code: UUID) -> HttpResponse:
    message = get_object_or_404(Message, code=code)
    if message.status == MailStatus.HELD:
        raise Http404
    return render(request, "demo/demo_mail_detail.html", {"message": message})
