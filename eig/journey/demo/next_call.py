"""Beside EIG 6, the next promotion: both of its calls are open today, so that a visitor can try them."""

from datetime import datetime, timedelta

from candidates.actions import save_application_section, start_application
from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import FormView, SectionView
from eig.journey.demo.world import new_person
from eig.journey.setup import create_promotion
from projects.actions import save_project_section, start_project

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


def add_next_promotion(*, shift: timedelta, by: User, now: datetime) -> None:
    """EIG 7, founded from EIG 6 with its dates moved; one dossier and one application are begun."""
    promotion = create_promotion(
        "eig6", by=by, at=now, code="eig-7", name="EIG 7", number=7, shift=shift, is_rehearsal=True
    )
    lead = new_person("Lucie", "Armengaud", "lucie.armengaud@prefecture.example", at=now)
    project = start_project(promotion, title=TITLE, by=lead, at=now)
    save_project_section(
        project,
        section=_section_with(form_of(promotion, FormKind.PROJECT), "problem"),
        answers={"project_name": TITLE, "problem": PROBLEM, "pitch": PITCH},
        version=project.version,
        by=lead,
        at=now,
    )
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
