"""Private pages are kept by no cache; the list of one's sessions says when each was last seen."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

SEEN = "seen_at"
SEEN_EVERY_SECONDS = 300


class PrivatePages:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        return response


class SeenNowAndThen:
    """Date the session for « Connexions actives » every few minutes: a write at each page would cost more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.session.session_key:
            now = int(timezone.now().timestamp())
            if now - request.session.get(SEEN, 0) >= SEEN_EVERY_SECONDS:
                request.session[SEEN] = now
                UserSession.objects.create_from_request(request)
        return self.get_response(request)
