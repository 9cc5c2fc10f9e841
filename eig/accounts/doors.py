"""The doors, and their decorators. Login is everywhere by default; these say more."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django_htmx.middleware import HtmxDetails

from eig.accounts.models import User

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponseBase)


class SignedInRequest(HttpRequest):
    """A request behind `LoginRequiredMiddleware`: its user is one of ours."""

    user: User
    htmx: HtmxDetails


def door(address: str, view: Callable[..., HttpResponseBase], *, name: str = "", **given: Any) -> URLPattern:
    """A page at its address. It is named after its view, unless steps share it: each says what is `given`."""
    return path(address, view, given, name=name or view.__name__)


TOO_MANY_LETTERS = (
    "Trop de messages sont déjà partis vers cette adresse, ou d’ici. Attendez une heure, puis recommencez."
)


def may_write_to(address: str, request: HttpRequest) -> bool:
    """Whether a door may send one letter more to an address that somebody typed: `letters`, settings."""
    return bool(ratelimit.consume(request, action="letters", key=address.strip().lower()))


def staff_only(
    view: Callable[Concatenate[SignedInRequest, P], Response],
) -> Callable[Concatenate[SignedInRequest, P], Response]:
    """Programme team only; for anybody else the page does not exist."""

    @wraps(view)
    def door(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return door


def grave(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponse],
) -> Callable[Concatenate[SignedInRequest, P], HttpResponse]:
    """A deed that asks again who is there: publish, sign, close, change roles (ASVS 7.5.1)."""
    return reauthentication_required(view)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Entrance:
    """Why one is asked to sign in before a page, and with which address when it is known."""

    reason: str = ""
    address: str = ""


def entrance(why: Callable[..., Entrance] | str) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """What the pages to sign in and to sign up say of this one; a function is given its URL arguments."""

    def say(view: Callable[P, Response]) -> Callable[P, Response]:
        view.entrance = (lambda **_: Entrance(why)) if isinstance(why, str) else why  # type: ignore[attr-defined]
        return view

    return say


def personal_link(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A door that a link in a mail opens, without an account: the address is a secret.

    It is told to no other site, kept by no cache, and found by no search engine. (« no-referrer » would say
    no more, and would make browsers hide the origin of the page's own forms, which the CSRF check needs.)
    """

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(door)
