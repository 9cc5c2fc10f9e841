"""On the questionnaire's pages nobody is anybody: no session, no address, no browser, no trace."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PREFIX = "/questionnaire/"
TELLTALE = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_USER_AGENT", "HTTP_REFERER")


class Untraced:
    """First of all: what follows (sessions, accounts, journal) sees an unknown visitor from nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        request.META["REMOTE_ADDR"] = "0.0.0.0"  # noqa: S104 — nobody's address
        for name in TELLTALE:
            request.META.pop(name, None)
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        return response
