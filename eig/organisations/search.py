"""What the register knows by a name or a SIRET: kept in the database's cache, behind a circuit breaker.

A failure opens the breaker, which everybody shares: an outage costs one time-out to one person, then nobody
waits until the next try.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache

from eig.dossiers.rules import is_siret
from eig.french import folded
from eig.organisations.client import LONGEST_PAUSE, Unavailable, ask

MOST = 8
KEPT_SECONDS = 7 * 24 * 3600
FIRST_PAUSE = 60
PAUSED, FAILURES, TRYING = "organisations:paused", "organisations:failures", "organisations:trying"
# Legal forms of public law: 7 (administrations), 41 (public bodies of a commercial nature).
PUBLIC_FORMS = ("7", "41")


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
        found = list(_read(ask(text, most=2 * MOST, seconds=settings.ORGANISATION_SEARCH_SECONDS), text=text))
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


def _read(content: Mapping[str, Any], *, text: str) -> Iterator[Organisation]:
    """The organisations of an answer that are alive, public to read, and well formed."""
    for row in content["results"]:
        if not isinstance(row, dict) or row.get("etat_administratif") not in {None, "A"}:
            continue
        if row.get("statut_diffusion") == "P":
            continue
        place = _place(row, asked="".join(text.split()))
        name, siret = str(row.get("nom_complet") or "").strip(), str(place.get("siret") or "")
        if name and is_siret(siret) and place.get("etat_administratif") in {None, "A"}:
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
