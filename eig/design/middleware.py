"""What every demand and answer goes through: strange ones are refused, pages get the spaces of French.

What comes when the disk is full is said with a sentence.
"""

import errno
import logging
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from psycopg.errors import DiskFull

from eig.french.spaces import spaced_html

logger = logging.getLogger(__name__)

# Browsers send no other; some libraries would take a PUT for a POST.
VERBS = ("GET", "HEAD", "POST")
NUL = "\x00"
REFUSAL = "Un caractère invalide se trouve dans la demande."
# How errors name what forms let through: a NUL, a number of more than 4,300 digits, JSON too deep.
UNREADABLE = ("NUL", "integer string conversion", "decoding a JSON")


class RejectBadInput:
    """Refuse at once other verbs and NUL bytes in addresses; in posted data, what broke who read it.

    Forms refuse NUL field by field with a message of their own; the second check is for the rest: Django's
    forms.JSONField, which reads a key of the second factor, lets two errors of Python through.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        if request.method not in VERBS:
            return HttpResponseNotAllowed(VERBS)
        if NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest(REFUSAL)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        told = str(exception) if isinstance(exception, DataError | ValueError | RecursionError) else ""
        if any(word in told for word in UNREADABLE):
            raise BadRequest(REFUSAL) from exception


class FrenchSpaces:
    """No-break spaces in every page and every part of one, whoever wrote its words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = spaced_html(response.content.decode()).encode()
        return response


def is_disk_full(error: Exception) -> bool:
    """Of this machine, or of the database's."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    return isinstance(error, OperationalError) and isinstance(error.__cause__, DiskFull)


class SayFull:
    """Nothing was kept of this request; what was kept before is safe, and pages are still read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_disk_full(exception):
            return None
        logger.critical("The disk is full: a %s could not be kept", request.method)
        return HttpResponse(render_to_string("503_full.html"), status=503, headers={"Retry-After": "600"})
