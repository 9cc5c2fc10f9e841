"""Pages that belong to no step: legal texts, site map, contact, robots, refused forms, the gallery."""

import sys
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from eig.clashes import STOPPED
from eig.design.samples import gallery_samples

# RFC 9116 asks for a date at most a year ahead; it moves by itself, the text stays checked at each release.
SECURITY_TXT_LIFE = timedelta(days=180)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own reads the form again, for its token: it fails where the form is what is wrong.

    It also calls a deleted session whatever kept it from being written, once the deed is done.
    """
    reason: BaseException | None = exception
    while reason := reason and reason.__context__:
        if isinstance(reason, STOPPED):
            return unavailable()
    return HttpResponseBadRequest(render_to_string("400.html"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Even before the doors (a session, an account) the database may be what stopped: that is no fault."""
    if isinstance(sys.exception(), STOPPED):
        return unavailable()
    return HttpResponseServerError(render_to_string("500.html"))


def unavailable(request: HttpRequest | None = None, *, kept: object = None) -> HttpResponse:
    """The database could not do it now; `kept` is the form as it was sent, to send again as it is."""
    page = render_to_string("503.html", {"kept": kept}, request)
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "5"})


def text(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    return render(request, template, context, content_type="text/plain; charset=utf-8")


def _page(template: str) -> Callable[[HttpRequest], HttpResponse]:
    """A page of text, for everybody; it bears the name of its template."""

    def show(request: HttpRequest) -> HttpResponse:
        return render(request, template)

    show.__name__ = Path(template).stem
    return login_not_required(require_safe(show))


legal_accessibility = _page("legal/legal_accessibility.html")
legal_notice = _page("legal/legal_notice.html")
legal_privacy = _page("legal/legal_privacy.html")
legal_terms = _page("legal/legal_terms.html")
sitemap = _page("legal/sitemap.html")


@login_not_required
@require_safe
def legal_cookies(request: HttpRequest) -> HttpResponse:
    names = {"session_cookie": settings.SESSION_COOKIE_NAME, "csrf_cookie": settings.CSRF_COOKIE_NAME}
    return render(request, "legal/legal_cookies.html", names)


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/contact.html", {"security_email": settings.SECURITY_EMAIL})


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def robots_txt(request: HttpRequest) -> HttpResponse:
    return text(request, "legal/robots.txt", closed=settings.DEMO)


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    expires = (timezone.now() + SECURITY_TXT_LIFE).replace(hour=0, minute=0, second=0, microsecond=0)
    return text(
        request,
        "legal/security.txt",
        email=settings.SECURITY_EMAIL,
        expires=expires.isoformat(),
        address=f"{settings.SITE_URL}/.well-known/security.txt",
    )


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component on one page, to look at; only where people and texts are invented anyway."""
    if not settings.DEMO:
        raise Http404
    return render(request, "design/gallery.html", gallery_samples(request))


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent from a page opened too long ago, or from elsewhere: how to get out of it."""
    return render(request, "403_csrf.html", status=403)
