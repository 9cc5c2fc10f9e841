"""The 29 dossiers of the call for projects, every question answered."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from rehearsal.corpus.administrations import administration
from rehearsal.corpus.people import SEED, Names, contact
from rehearsal.corpus.records import Administration, Contact, Position, Project
from rehearsal.corpus.sources import later, pick, read, seeded

FILES = ("kept_1", "kept_2", "kept_3", "reserve", "declined_1", "declined_2")
SERVICES = {"hr_contact": "Ressources humaines", "finance_contact": "Affaires financières"}


@cache
def load_projects(seed: int = SEED, years: int = 0) -> tuple[Project, ...]:
    """All projects, the fourteen kept first, told `years` after 2022; the seed only draws the people."""
    names = Names(seeded(f"{seed}/projects"), "agents")
    return tuple(
        _project(later(item, years), names)
        for name in FILES
        for item in read("projects", f"{name}.toml")["projects"]
    )


def kept_projects(seed: int = SEED, years: int = 0) -> tuple[Project, ...]:
    return tuple(project for project in load_projects(seed, years) if project.outcome == "kept")


def _project(item: Mapping[str, Any], names: Names) -> Project:
    operator, beneficiary = administration(item["operator"]), administration(item["beneficiary"])
    partners = tuple(administration(code) for code in item["partners"])
    ministry = administration(item["ministry"]) if item["ministry"] else None
    people = _contacts(item, names, operator=operator, beneficiary=beneficiary)
    return Project(
        key=item["key"],
        outcome=item["outcome"],
        outcome_reason=item.get("outcome_reason", ""),
        strength=item["strength"],
        operator=operator,
        beneficiary=beneficiary,
        partners=partners,
        ministry=ministry,
        themes=tuple(item["themes"]),
        sponsor=people["sponsor"],
        lead=people["lead"],
        positions=tuple(Position(**position) for position in item["positions"]),
        public_name=item.get("public_name", ""),
        tagline=item.get("tagline", ""),
        summary=tuple(item.get("summary", ())),
        team_sought=item.get("team_sought", ""),
        answers={
            **_administrative_answers(item, operator=operator, beneficiary=beneficiary),
            "partners": [partner.answer for partner in partners],
            **({"ministry": ministry.answer} if ministry else {}),
            **{code: person.answer for code, person in people.items()},
            **item["texts"],
            **_team_answers(item),
            "off_site": True,
            "data_rights": True,
            "open_source": True,
        },
    )


def _administrative_answers(
    item: Mapping[str, Any], *, operator: Administration, beneficiary: Administration
) -> dict[str, Any]:
    programme = item.get("budget_programme") or beneficiary.budget_programme
    return {
        "operator": operator.answer,
        "operator_kind": operator.kind,
        "beneficiary": beneficiary.answer,
        "site": {"town": operator.town, "postcode": operator.postcode},
        "former_host": "yes" if operator.former_host else "no",
        "cofinancing": "yes" if item["cofinancing"] else "no",
        **({"budget_programme": programme} if item["cofinancing"] else {}),
    }


def _team_answers(item: Mapping[str, Any]) -> dict[str, Any]:
    lead = {
        "function": item["lead_function"],
        "status": "Titulaire",
        "percent": 35,
        "contribution": "Porte le projet",
    }
    return {
        "seats_requested": str(sum(position["seats"] for position in item["positions"])),
        "positions": [dict(position) for position in item["positions"]],
        "project_team": [lead, *(dict(row) for row in item["team"])],
    }


def _contacts(
    item: Mapping[str, Any], names: Names, *, operator: Administration, beneficiary: Administration
) -> dict[str, Contact]:
    """The four people of a dossier; money is followed where it arrives."""
    functions = read("people.toml")["functions"]
    return {
        "sponsor": contact(
            names,
            domain=operator.domain,
            function=item["sponsor_function"],
            service=operator.name,
            gender=item["sponsor_gender"],
        ),
        "lead": contact(
            names,
            domain=operator.domain,
            function=item["lead_function"],
            service=operator.name,
            gender=item["lead_gender"],
        ),
        "hr_contact": contact(
            names,
            domain=operator.domain,
            function=pick(names.rng, functions["hr"]),
            service=SERVICES["hr_contact"],
        ),
        "finance_contact": contact(
            names,
            domain=beneficiary.domain,
            function=pick(names.rng, functions["finance"]),
            service=SERVICES["finance_contact"],
        ),
    }
