"""Find an administration by name or SIRET: those of published défis, then the State's register."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from eig.dossiers.rules import is_siret
from eig.french import folded, french
from eig.organisations.search import MOST, Organisation, organisations_registered
from projects.choices import Status
from projects.models import Administration, ProjectLink

SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found; `sentence` tells it to a screen reader, and what to do otherwise."""

    found: Sequence[Organisation]
    sentence: str


def administrations_published() -> QuerySet[Administration]:
    """Those that a published défi names: a draft, or a dossier being read, tells nothing here."""
    public = ProjectLink.objects.filter(administration=OuterRef("pk"), project__status=Status.PUBLISHED)
    return Administration.objects.filter(Exists(public)).order_by(french("name"), "pk")


def _known(text: str, *, siret: str) -> list[Organisation]:
    rows = administrations_published()
    if siret:
        rows = rows.filter(siret=siret)
    else:
        rows = rows.alias(heap=french("name"))
        for word in folded(text).split():
            rows = rows.filter(heap__contains=word)
    return [Organisation(row.name, row.siret or "", "", is_public=True) for row in rows[:MOST]]


def organisations_suggested(text: str) -> Suggestions:
    """By name (three letters) or by SIRET, whose key is checked before anybody is asked."""
    wanted = " ".join(text.split())[:120]
    digits = re.sub(r"\s", "", wanted)
    siret = digits if re.fullmatch(r"[0-9]{14}", digits) else ""
    if siret and not is_siret(siret):
        return Suggestions((), "Ce SIRET n’existe pas : vérifiez ses quatorze chiffres.")
    if len(digits) < SHORTEST or (digits.isdecimal() and not siret):
        return Suggestions((), "")
    known = _known(wanted, siret=siret)
    registered = organisations_registered(siret or wanted)
    taken = {item.siret for item in known if item.siret}
    found = [*known, *(item for item in registered or () if item.siret not in taken)][:MOST]
    return Suggestions(found, _sentence(len(found), is_silent=registered is None))


def _sentence(count: int, *, is_silent: bool) -> str:
    if count:
        return (
            "1 organisation trouvée. Flèche bas pour la choisir."
            if count == 1
            else f"{count} organisations trouvées. Flèches haut et bas pour choisir."
        )
    if is_silent:
        return "Aucune suggestion pour le moment : saisissez le nom et le SIRET."
    return "Aucune organisation trouvée : saisissez le nom et le SIRET."
