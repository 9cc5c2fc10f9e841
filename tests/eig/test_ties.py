"""Signs of a tie between who judges and what is judged: the same rule for both juries and both calls."""

from pathlib import Path

import pytest
from django.conf import settings

from eig.juries.rules import Judge, Judged, conflict_hints
from eig.juries.rules.conflict import SHARED_DOMAINS

NOBODY = "x@ailleurs.example"


@pytest.mark.parametrize(
    ("organisation", "text"),
    [
        ("Agence nationale de l’habitat", "Trois ans à l'Agence nationale de l'habitat"),
        ("Agence nationale de l'habitat", "Trois ans à l’Agence nationale de l’habitat"),
        ("Bercy-Numérique", "Six mois à Bercy Numérique, puis au guichet."),
        ("Atelier des Marées", "Cinq ans à l’atelier des marees."),
        ("Œuvre des forêts", "Bénévole de l’Oeuvre des forets"),
    ],
)
def test_an_organisation_cited_in_a_dossier_is_a_sign(organisation: str, text: str) -> None:
    hints = conflict_hints(Judge(NOBODY, organisation=organisation), Judged([], text=text))
    assert hints == [f"le dossier cite « {organisation} »"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("d’Haÿ-Lecœur", "d'Haÿ-Lecoeur"),
        ("Le Goff", "LE GOFF"),
        ("kerautret", "Kérautret"),
        ("Nguyễn", "Nguyen"),
        ("Saint-Exupéry", "Saint Exupery"),
    ],
)
def test_a_family_name_is_a_sign_however_it_is_written(one: str, other: str) -> None:
    assert conflict_hints(Judge(NOBODY, one), Judged([], [other])) == ["même nom de famille"]
    assert conflict_hints(Judge(NOBODY, other), Judged([], [one])) == ["même nom de famille"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dgfip.finances.exemple-etat.example", "finances.exemple-etat.example"),
        ("mairie.fr", "mairie.fr"),
        ("Mairie.FR", "service.mairie.fr"),
    ],
)
def test_an_address_of_the_same_house_is_a_sign(one: str, other: str) -> None:
    for mine, theirs in ((one, other), (other, one)):
        [hint] = conflict_hints(Judge(f"x@{mine}"), Judged([f"y@{theirs}"]))
        assert hint.startswith("même domaine d’adresse électronique (")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gmail.com", "gmail.com"),
        ("mail.yahoo.com", "yahoo.com"),
        ("finances.gouv.fr", "interieur.gouv.fr"),
        ("finances.gouv.fr", "gouv.fr"),
        ("notfinances.fr", "finances.fr"),
        ("mairie.fr", "fr"),
        ("", ""),
    ],
)
def test_an_address_that_anybody_may_have_is_none(one: str, other: str) -> None:
    for mine, theirs in ((one, other), (other, one)):
        assert conflict_hints(Judge(f"x@{mine}"), Judged([f"y@{theirs}"])) == []


def test_a_person_named_in_the_dossier_is_a_sign() -> None:
    juror = Judge("claire@ministere.fr", "Le Goff", "Claire")
    dossier = Judged(["x@gmail.com"], ["Martin"], text="Encadrée par Claire LE-GOFF.")
    assert conflict_hints(juror, dossier) == ["le dossier cite son nom"]
    assert conflict_hints(juror, Judged([], text="Encadrée par Claire Le Goffic.")) == []


def test_ties_of_a_project_are_guessed_from_employers_and_own_projects() -> None:
    project = Judged(["lea@littoral.gouv.example"], ["Kérautret"], ["Office du littoral"])
    assert conflict_hints(Judge(NOBODY, organisation="L’Office du Littoral, Rochefort"), project) == [
        "employeur : Office du littoral"
    ]
    assert conflict_hints(Judge(NOBODY, administrations=["Office du Littoral"]), project) == [
        "porte un projet de la même administration : Office du littoral"
    ]
    assert conflict_hints(Judge(NOBODY, "Martin", organisation="Office des forêts"), project) == []


def test_a_name_too_short_is_none() -> None:
    assert conflict_hints(Judge(NOBODY, organisation="ONF"), Judged([], [], ["ONF"], text="À l’ONF.")) == []


def test_nothing_known_is_no_sign() -> None:
    assert conflict_hints(Judge(""), Judged([""], [""], [""])) == []


def test_the_providers_of_mail_are_listed_once() -> None:
    assert len(SHARED_DOMAINS) > 30
    sources = [path for top in ("eig", "projects", "candidates", "matching", "journey")
               for path in (Path(settings.BASE_DIR) / top).rglob("*.py")]  # fmt: skip
    naming = [path.name for path in sources if "wanadoo.fr" in path.read_text()]
    assert naming == ["conflict.py"]
