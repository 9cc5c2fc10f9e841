"""What a form held when it could not be taken: shown again to its author, who sends it again.

When the session had ended, it waits an hour in the new one, which nobody has signed in to yet; it is told to
no other account.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest

KEPT_SECONDS = 3600
# Beyond, the session's row would be a file.
LONGEST = 500_000
KEY = "typed"
# Of allauth's own pages nothing is kept: codes and passwords.
CLOSED = "/compte/"
FORGET = "oublier"


@dataclass(frozen=True, slots=True)
class Typed:
    """One form: where it was going, from which page, and its fields as they were sent."""

    path: str
    origin: str
    fields: tuple[tuple[str, str], ...]
    # Files cannot be kept: they are to be chosen again.
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """What a person wrote in their own words, to read again."""
        return [value for _, value in self.fields if " " in value.strip()]


def _fields(request: HttpRequest) -> list[list[str]]:
    secret = ("csrfmiddlewaretoken", "password")
    return [
        [name, value]
        for name, values in request.POST.lists()
        if not any(word in name for word in secret)
        for value in values
    ]


def take(request: HttpRequest) -> dict[str, Any] | None:
    """What is worth keeping of this request, before its session is closed."""
    if request.method != "POST" or request.path.startswith(CLOSED) or "HX-Request" in request.headers:
        return None
    fields = _fields(request)
    if not fields or sum(len(value) for _, value in fields) > LONGEST:
        return None
    return {
        "person": request.user.pk,
        "path": request.get_full_path(),
        "origin": urlsplit(request.headers.get("Referer", "")).path or request.path,
        "fields": fields,
        "files": bool(request.FILES),
    }


def keep(request: HttpRequest, taken: dict[str, Any]) -> None:
    request.session[KEY] = taken
    request.session.set_expiry(KEPT_SECONDS)


def waiting(request: HttpRequest) -> Typed | None:
    """What this person had sent to this very address. Sending it again, or giving it up, forgets it."""
    kept = request.session.get(KEY)
    if kept is None:
        return None
    is_there = urlsplit(kept["path"]).path == request.path
    if kept["person"] != request.user.pk or FORGET in request.GET or (is_there and request.method == "POST"):
        del request.session[KEY]
        return None
    return as_typed(kept) if is_there else None


def as_typed(taken: dict[str, Any]) -> Typed:
    fields = tuple((name, value) for name, value in taken["fields"])
    return Typed(taken["path"], taken["origin"], fields, taken["files"])
