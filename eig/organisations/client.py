"""One question to the register, in a bounded time.

`GET <address>?q=…&per_page=…` answers JSON: `results`, each with `nom_complet`, `nature_juridique`,
`etat_administratif`, `statut_diffusion`, `siege` and `matching_etablissements` (`siret`, `libelle_commune`).
"""

import json
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

LARGEST_ANSWER = 512 * 1024
LONGEST_PAUSE = 3600


class Unavailable(Exception):
    """The register did not answer in time, or not as agreed; `pause` is what it asked for, in seconds."""

    def __init__(self, pause: int = 0) -> None:
        super().__init__()
        self.pause = pause


class _NoRedirect(HTTPRedirectHandler):
    """The address is ours to choose: an answer sends us nowhere else."""

    def redirect_request(self, *arguments: Any, **keywords: Any) -> None:
        return None


def _ask(text: str, *, most: int, seconds: float) -> Mapping[str, Any]:
    address = settings.ORGANISATION_SEARCH_URL
    if urlsplit(address).scheme not in {"http", "https"}:
        raise Unavailable
    query = urlencode({"q": text, "per_page": most, "page": 1})
    request = Request(f"{address}?{query}", headers={"Accept": "application/json"})  # noqa: S310
    try:
        answer: HTTPResponse
        with build_opener(_NoRedirect).open(request, timeout=seconds) as answer:
            content = json.loads(answer.read(LARGEST_ANSWER + 1)[: LARGEST_ANSWER + 1])
    except HTTPError as error:
        error.close()
        wait = error.headers.get("Retry-After", "")
        raise Unavailable(min(int(wait), LONGEST_PAUSE) if wait.isdecimal() else 0) from error
    except (OSError, HTTPException, ValueError) as error:
        raise Unavailable from error
    if not isinstance(content, dict) or not isinstance(content.get("results"), list):
        raise Unavailable
    return content


def ask(text: str, *, most: int, seconds: float) -> Mapping[str, Any]:
    """A socket's time-out counts each read and forgets the name server: the thread's is for all of it."""
    answers: list[Mapping[str, Any] | Unavailable] = []

    def answer() -> None:
        try:
            answers.append(_ask(text, most=most, seconds=seconds))
        except Unavailable as failure:
            answers.append(failure)

    thread = Thread(target=answer, daemon=True, name="organisations")
    thread.start()
    thread.join(seconds)
    if not answers:
        raise Unavailable
    if isinstance(answers[0], Unavailable):
        raise answers[0]
    return answers[0]
