"""The State's open search of organisations: an outer wall, optional, brief, remembered.

`GET <address>?q=…&per_page=…` answers JSON: `results`, each with `nom_complet`, `nature_juridique`,
`etat_administratif`, `statut_diffusion`, `siege` and `matching_etablissements` (`siret`, `libelle_commune`).
Answers are kept in the database's cache. A failure opens a circuit breaker that everybody shares: an outage
costs one time-out to one person, then nobody waits until the next try.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from http.client import HTTPException, HTTPResponse
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.cache import cache

from eig.dossiers.rules import is_siret
from eig.french import folded

MOST = 8
LARGEST_ANSWER = 512 * 1024
KEPT_SECONDS = 7 * 24 * 3600
FIRST_PAUSE, LONGEST_PAUSE = 60, 3600
PAUSED, FAILURES, TRYING = "organisations:paused", "organisations:failures", "organisations:trying"
# Legal forms of public law: 7 (administrations), 41 (public bodies of a commercial nature).
PUBLIC_FORMS = ("7", "41")


class Unavailable(Exception):
    """The register did not answer in time, or not as agreed; `pause` is what it asked for, in seconds."""

    def __init__(self, pause: int = 0) -> None:
        super().__init__()
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Organisation:
    name: str
    siret: str
    town: str
    is_public: bool


def organisations_registered(text: str) -> list[Organisation] | None:
    """What the register knows by this name or SIRET, public bodies first; None when it cannot be asked."""
    if not settings.ORGANISATION_SEARCH_URL:
        return None
    key = "organisations:" + hashlib.sha256(folded(text).encode()).hexdigest()
    known = cache.get(key)
    if known is not None:
        return [Organisation(**row) for row in known]
    # After a pause, one person tries; the others are not made to wait for the answer.
    failures = int(cache.get(FAILURES) or 0)
    if cache.get(PAUSED) or (failures and not cache.add(TRYING, 1, 10)):
        return None
    try:
        found = list(_read(_ask_within(text, seconds=settings.ORGANISATION_SEARCH_SECONDS), text=text))
    except Unavailable as failure:
        pause = failure.pause or min(FIRST_PAUSE * 2**failures, LONGEST_PAUSE)
        cache.set(PAUSED, 1, pause)
        cache.set(FAILURES, failures + 1, 2 * LONGEST_PAUSE)
        cache.delete(TRYING)
        return None
    cache.delete_many([FAILURES, TRYING])
    found.sort(key=lambda item: not item.is_public)
    cache.set(key, [asdict(item) for item in found[:MOST]], KEPT_SECONDS)
    return found[:MOST]


class _NoRedirect(HTTPRedirectHandler):
    """The address is ours to choose: an answer sends us nowhere else."""

    def redirect_request(self, *arguments: Any, **keywords: Any) -> None:
        return None


def _ask(text: str, *, seconds: float) -> Mapping[str, Any]:
    address = settings.ORGANISATION_SEARCH_URL
    if urlsplit(address).scheme not in {"http", "https"}:
        raise Unavailable
    query = urlencode({"q": text, "per_page": 2 * MOST, "page": 1})
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


def _ask_within(text: str, *, seconds: float) -> Mapping[str, Any]:
    """A socket's time-out counts each read and forgets the name server: the thread's is for all of it."""
    answers: list[Mapping[str, Any] | Unavailable] = []

    def ask() -> None:
        try:
            answers.append(_ask(text, seconds=seconds))
        except Unavailable as failure:
            answers.append(failure)

    thread = Thread(target=ask, daemon=True, name="organisations")
    thread.start()
    thread.join(seconds)
    if not answers:
        raise Unavailable
    if isinstance(answers[0], Unavailable):
        raise answers[0]
    return answers[0]


def _read(content: Mapping[str, Any], *, text: str) -> Iterator[Organisation]:
    """The organisations of an answer that are alive, public to read, and well formed."""
    for row in content["results"]:
        if not isinstance(row, dict) or row.get("etat_administratif") not in {None, "A"}:
            continue
        if row.get("statut_diffusion") == "P":
            continue
        place = _place(row, asked="".join(text.split()))
        name, siret = str(row.get("nom_complet") or "").strip(), str(place.get("siret") or "")
        if name and is_siret(siret):
            form = str(row.get("nature_juridique") or "")
            extras = row.get("complements")
            is_public = form.startswith(PUBLIC_FORMS) or (
                isinstance(extras, dict) and extras.get("est_service_public") is True
            )
            town = str(place.get("libelle_commune") or "").strip()
            yield Organisation(name[:200], siret, town[:100], is_public)


def _place(row: Mapping[str, Any], *, asked: str) -> Mapping[str, Any]:
    """The establishment asked by its SIRET, or else the head office."""
    matching = row.get("matching_etablissements")
    for place in matching if isinstance(matching, list) else []:
        if isinstance(place, dict) and place.get("siret") == asked:
            return place
    head = row.get("siege")
    return head if isinstance(head, dict) else {}
