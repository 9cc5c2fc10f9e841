"""The answers made of several fields: who, where, which administration, which profiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from eig.dossiers.choices import QuestionType


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a composite answer.

    `kind` is text, long_text, email, phone, siret, postcode, percent, trade or seats.
    """

    code: str
    label: str
    kind: str = "text"
    required: bool = True
    max_length: int = 200
    help: str = ""


_ADMINISTRATION = (
    Part("name", "Nom de l’administration"),
    Part("siret", "SIRET", "siret", max_length=20, help="Quatorze chiffres, avec ou sans espaces."),
)

PARTS: Mapping[str, tuple[Part, ...]] = MappingProxyType(
    {
        QuestionType.PLACE: (
            Part("town", "Commune", max_length=100),
            Part("postcode", "Code postal", "postcode", max_length=5, help="Cinq chiffres."),
        ),
        QuestionType.PERSON: (
            Part("first_name", "Prénom", max_length=80),
            Part("last_name", "Nom", max_length=80),
            Part("function", "Fonction", max_length=120),
            Part("service", "Direction ou service", required=False, max_length=160),
            Part(
                "email",
                "Adresse électronique",
                "email",
                max_length=254,
                help="Par exemple : nom@administration.fr",
            ),
            Part("phone", "Téléphone", "phone", required=False, max_length=25),
        ),
        QuestionType.ADMINISTRATION: _ADMINISTRATION,
        QuestionType.ADMINISTRATIONS: (
            _ADMINISTRATION[0],
            Part("siret", "SIRET", "siret", required=False, max_length=20, help=_ADMINISTRATION[1].help),
        ),
        QuestionType.TEAM_TABLE: (
            Part("function", "Fonction", max_length=120),
            Part("status", "Statut", max_length=80, help="Titulaire, contractuel, apprenti, prestataire…"),
            Part("percent", "Part du temps (%)", "percent"),
            Part("contribution", "Apport au projet", max_length=300),
        ),
        QuestionType.POSITIONS: (
            Part("trade", "Métier", "trade"),
            Part("expertise", "Expertise attendue"),
            Part("must_have", "Compétences indispensables", "long_text", max_length=1000),
            Part("nice_to_have", "Compétences appréciées", "long_text", required=False, max_length=1000),
            Part("seats", "Nombre de places", "seats"),
        ),
    }
)

# Composite answers given several times.
ROWS = frozenset({QuestionType.ADMINISTRATIONS, QuestionType.TEAM_TABLE, QuestionType.POSITIONS})
ROW_NAMES: Mapping[str, str] = MappingProxyType(
    {
        QuestionType.ADMINISTRATIONS: "Partenaire",
        QuestionType.TEAM_TABLE: "Agent",
        QuestionType.POSITIONS: "Profil",
    }
)
# Filled in advance, so that alone they do not make a row.
SILENT = frozenset({"seats"})
MOST_ROWS = 12


def filled(value: Any) -> bool:
    """Whether an answer says something; zero is an answer, « non » too, an unticked box is not."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping):
        return any(filled(item) for key, item in value.items() if key not in SILENT)
    if isinstance(value, list | tuple):
        return any(filled(item) for item in value)
    return value is not None and value is not False
