"""Beside EIG 6, the next promotion: both of its calls are open today, so that a visitor can try them."""

from datetime import datetime, timedelta
from typing import Any

from candidates.actions import save_application_section, start_application
from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import FormView, SectionView
from journey.actions.founding import create_promotion
from projects.actions import save_project_section, start_project
from rehearsal.acts.front import ask_next_visas, open_next_front
from rehearsal.world import new_person, whole_form

TITLE = "Un guichet unique pour les petites fêtes de village"
PROBLEM = "Comment éviter aux comités des fêtes de déposer sept déclarations pour une seule soirée ?"
PITCH = (
    "Une buvette, une sono, une route fermée : sept formulaires, quatre guichets, et des bénévoles qui "
    "renoncent. Nous voulons qu’une soirée se déclare en une fois."
)
SKILLS = (
    "Je construis des services en ligne depuis six ans, surtout pour des coopératives : je sais partir d’un "
    "besoin mal dit, livrer tôt et garder un code que d’autres reprennent."
)


# What two of the sections say before their visas are asked.
MORE: dict[str, Any] = {
    "cofinancing": "yes",
    "budget_programme": "354",
    "seats_requested": "2",
    "positions": [
        {
            "trade": "developpement",
            "expertise": "Services en ligne",
            "must_have": "Une pratique du développement web, du premier écran à la mise en service",
            "nice_to_have": "Avoir travaillé avec une collectivité",
            "seats": "1",
        },
        {
            "trade": "design",
            "expertise": "Design de service",
            "must_have": "Conduire des entretiens et des essais avec des bénévoles",
            "nice_to_have": "Facilitation",
            "seats": "1",
        },
    ],
    "project_team": [
        {
            "function": "Cheffe du bureau de la vie locale",
            "status": "Titulaire",
            "percent": 35,
            "contribution": "Porte le projet",
        },
        {
            "function": "Instructeur des manifestations",
            "status": "Titulaire",
            "percent": 20,
            "contribution": "Connaît chaque formulaire et celles et ceux qui les remplissent",
        },
    ],
    "work_environment": (
        "Un bureau pour trois au cœur de la préfecture, à côté des instructeurs, deux postes libres d’être "
        "configurés, un accès à internet sans filtre et une journée par semaine dans une mairie volontaire."
    ),
    "motivation": (
        "Les bénévoles nous disent que la fête la plus difficile à organiser est celle des formulaires. Nous "
        "voulons apprendre à construire avec eux, montrer chaque mois ce qui marche et garder une équipe "
        "après la mission. Le secrétaire général a réservé deux demi-postes pour cela."
    ),
}


def add_next_promotion(*, shift: timedelta, staff: list[User], now: datetime) -> None:
    """EIG 7, founded from EIG 6 with its dates moved; one dossier and one application are begun."""
    by = staff[0]
    promotion = create_promotion(
        "eig6", by=by, at=now, code="eig-7", name="EIG 7", number=7, shift=shift, is_rehearsal=True
    )
    lead = new_person("Lucie", "Armengaud", "lucie.armengaud@prefecture.example", at=now)
    project = start_project(promotion, title=TITLE, by=lead, at=now)
    save_project_section(
        project,
        section=whole_form(form_of(promotion, FormKind.PROJECT)),
        answers={"project_name": TITLE, "problem": PROBLEM, "pitch": PITCH, **MORE},
        version=project.version,
        by=lead,
        at=now,
    )
    open_next_front(promotion, staff=staff, now=now)
    ask_next_visas(project, by=lead, now=now)
    person = new_person("Noé", "Castaing", "noe.castaing@courrier.example", at=now)
    application = start_application(promotion, by=person, at=now)
    save_application_section(
        application,
        section=_section_with(form_of(promotion, FormKind.APPLICATION), "skills"),
        answers={"skills": SKILLS},
        version=application.version,
        by=person,
        at=now,
    )


def _section_with(form: FormView, question: str) -> SectionView:
    return next(
        section for section in form.sections if any(one.code == question for one in section.questions)
    )
