"""Webinars: what is coming, registering, one's own registration."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eig.accounts.doors import TOO_MANY_LETTERS, may_write_to, personal_link
from eig.accounts.models import User
from eig.deeds import Doing
from eig.design.answers import form_page, posted
from eig.mail.tasks import wake_after_commit
from eig.meetings.actions import WebinarOver, leave_webinar, register_for_webinar
from eig.meetings.choices import RegistrationStatus, WebinarStatus
from eig.meetings.forms import RegistrationForm, WebinarFilter
from eig.meetings.models import Webinar
from eig.meetings.queries import (
    people_waiting,
    registration_behind,
    registration_event,
    seats_taken,
    waiting_rank,
    webinar_event,
    webinars_coming,
)
from eig.meetings.views.calendar import ics
from eig.promotions.models import Promotion
from eig.promotions.queries import moment


def person_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@login_not_required
@require_safe
def webinar_list(request: HttpRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion, is_archived=False)
    form = WebinarFilter(request.GET, promotion=row)
    webinars = list(webinars_coming(row, at=moment(row), **form.criteria())[:50])
    return render(
        request, "meetings/webinar_list.html", {"promotion": row, "form": form, "webinars": webinars}
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def webinar_detail(request: HttpRequest, code: str) -> HttpResponse:
    """What it is about, and the registration; the answer does not tell who is registered already."""
    webinar = get_object_or_404(Webinar.objects.select_related("promotion"), code=code)
    form = RegistrationForm(posted(request), person=request.user)
    if request.method == "POST" and form.is_valid():
        if not may_write_to(form.cleaned_data["email"], request):
            form.add_error(None, TOO_MANY_LETTERS)
        else:
            return _register(request, webinar, form)
    is_open = webinar.status == WebinarStatus.PLANNED and webinar.ends_at > moment(webinar.promotion)
    context = {
        "webinar": webinar,
        "promotion": webinar.promotion,
        "form": form,
        "is_open": is_open,
        "is_cancelled": webinar.status == WebinarStatus.CANCELLED,
        "left": max(webinar.capacity - seats_taken(webinar), 0),
        "waiting": people_waiting(webinar),
    }
    return form_page(request, "meetings/webinar_detail.html", context)


def _register(request: HttpRequest, webinar: Webinar, form: RegistrationForm) -> HttpResponse:
    with Doing(request, WebinarOver) as done:
        register_for_webinar(webinar, by=person_of(request), **form.cleaned_data)
        email = form.cleaned_data["email"]
        done.said = (
            f"C’est noté. Un message part à {email} : il dit si vous avez une place, et donne votre lien."
        )
    return redirect("meetings:webinar_detail", webinar.code)


@login_not_required
@require_safe
def webinar_download(request: HttpRequest, code: str) -> HttpResponse:
    webinar = get_object_or_404(Webinar, code=code)
    return ics([webinar_event(webinar)], name="webinaire-eig")


def unknown_link(request: HttpRequest) -> HttpResponse:
    return render(request, "meetings/link_unknown.html", status=404)


@personal_link
@require_safe
def registration_detail(request: HttpRequest, token: str) -> HttpResponse:
    registration = registration_behind(token)
    if registration is None:
        return unknown_link(request)
    webinar = registration.webinar
    status = registration.status
    is_ahead = webinar.status == WebinarStatus.PLANNED and webinar.ends_at > moment(webinar.promotion)
    context = {
        "registration": registration,
        "webinar": webinar,
        "promotion": webinar.promotion,
        "token": token,
        "has_a_seat": status == RegistrationStatus.REGISTERED,
        "waits": status == RegistrationStatus.WAITING,
        "rank": waiting_rank(registration) if status == RegistrationStatus.WAITING else 0,
        "is_cancelled": webinar.status == WebinarStatus.CANCELLED,
        "may_leave": is_ahead and status != RegistrationStatus.CANCELLED,
    }
    return render(request, "meetings/registration_detail.html", context)


@personal_link
@require_POST
def registration_leave(request: HttpRequest, token: str) -> HttpResponse:
    registration = registration_behind(token)
    if registration is None:
        return unknown_link(request)
    leave_webinar(registration, by=None, at=moment(registration.webinar.promotion))
    wake_after_commit()
    messages.success(request, "Votre inscription est annulée.")
    return redirect("meetings:registration_detail", token)


@personal_link
@require_safe
def registration_download(request: HttpRequest, token: str) -> HttpResponse:
    registration = registration_behind(token)
    if registration is None:
        return unknown_link(request)
    return ics([registration_event(registration)], name="webinaire-eig")
