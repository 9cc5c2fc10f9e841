"""The answer to what saves itself: a sentence to show, a status that `static/design/saving.js` acts upon."""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from eig.french import dates

WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
CHANGED = HTTPStatus.CONFLICT
CLOSED = HTTPStatus.LOCKED


def saves_itself(request: HttpRequest) -> bool:
    """Does the page save by itself, or did somebody press a button?"""
    return request.headers.get("HX-Request") == "true"


def kept(request: HttpRequest, *, at: datetime, seen: str = "") -> HttpResponse:
    """`seen` is what the page now knows of the record, when two pages could write it."""
    return _said(request, f"Enregistré à {dates.hour(at)}", seen=seen)


def to_correct(request: HttpRequest, problems: Iterable[str], *, seen: str = "") -> HttpResponse:
    """Nothing, or not everything, could be kept: the page says why, and keeps what is typed."""
    return _said(
        request, "À corriger : tout n’est pas enregistré.", problems=list(problems), seen=seen, status=WRONG
    )


def closed(request: HttpRequest, reason: str) -> HttpResponse:
    """Nothing can be kept any more: the page stops trying."""
    problems = [f"{reason} Copiez votre texte si vous voulez le garder."]
    return _said(request, reason, problems=problems, status=CLOSED)


def changed(request: HttpRequest, reason: str, *, stored: str, seen: str = "") -> HttpResponse:
    """It was written elsewhere meanwhile: both stay, until somebody chooses."""
    context = {"said": "Un texte attend votre choix.", "reason": reason, "stored": stored, "seen": seen}
    return render(request, "design/changed.html", context, status=CHANGED)


def _said(
    request: HttpRequest,
    said: str,
    *,
    problems: Iterable[str] = (),
    seen: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"said": said, "problems": problems, "seen": seen}
    return render(request, "design/said.html", context, status=status)
