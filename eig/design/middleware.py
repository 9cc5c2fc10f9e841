"""NUL bytes are refused with a sentence: PostgreSQL cannot store them and would answer with an error."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse

NUL = "\x00"
REFUSAL = "Un caractère invalide se trouve dans la demande."


class RejectBadInput:
    """Refuse NUL bytes in addresses at once, and in posted data when they reached the database.

    Forms refuse them field by field with a message of their own; the second check is for the rest.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        if NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest(REFUSAL)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, DataError | ValueError) and "NUL" in str(exception):
            raise BadRequest(REFUSAL) from exception
