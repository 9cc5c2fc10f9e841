"""Projects in every state, through the real actions."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import SectionView
from eig.evaluation.actions import declare_no_conflict, sign_review
from eig.evaluation.choices import Stage
from eig.juries.actions import appoint_reader
from eig.promotions.models import Promotion
from eig.waves.actions import prepare_wave, propose_decision, publish_wave
from eig.waves.models import Wave
from projects.actions import (
    accept_eligibility,
    add_past_page,
    assign_reader,
    describe_project,
    publish_project,
    save_project_section,
    start_project,
    submit_project,
)
from projects.actions.decision import WAVES
from projects.choices import Outcome, Status, VisaStatus
from projects.models import Project, PublicPage, Review, Visa
from projects.rules.visa import section_digest
from rehearsal.agreeing import agree
from tests.factories import numbers
from tests.people import person

# SIRET whose key is right.
SIRETS = ("13002526500013", "11000601200006", "19751717000001", "18006902700001")
_numbers = numbers()
ENOUGH = "Un texte assez long pour que l’on comprenne le besoin, et rien de plus."


def contact(name: str) -> dict[str, str]:
    return {
        "first_name": name,
        "last_name": "Contact",
        "function": "Directrice",
        "email": f"{name.lower()}@contact.example",
    }


def answers(title: str = "Carte des rivages", **changes: Any) -> dict[str, Any]:
    """A complete EIG 6 dossier."""
    texts = (
        "mission", "vision", "problem", "beneficiaries", "pitch", "policy_stakes", "transformation_stakes",
        "ethics", "openness", "hypothesis", "discarded_hypotheses", "risks", "progress", "measure", "outlook",
        "work_environment", "stakeholders", "integration", "data_needs", "motivation",
    )  # fmt: skip
    return {
        "operator": {"name": "Office du littoral", "siret": SIRETS[0]},
        "operator_kind": "operator",
        "beneficiary": {"name": "Ministère de la Mer", "siret": SIRETS[1]},
        "partners": [{"name": "Parc naturel des dunes", "siret": ""}],
        "ministry": {"name": "Ministère de la Mer", "siret": SIRETS[1]},
        "site": {"town": "Rochefort", "postcode": "17300"},
        "former_host": "no",
        "cofinancing": "yes",
        "budget_programme": "217",
        "sponsor": contact("Sophie"),
        "lead": contact("Lucas"),
        "hr_contact": contact("Henri"),
        "finance_contact": contact("Fanny"),
        "project_name": title,
        "seats_requested": "2",
        "positions": [
            {
                "trade": "developpement",
                "expertise": "Cartes en ligne",
                "must_have": "Python",
                "nice_to_have": "Tuiles",
                "seats": "1",
            },
            {
                "trade": "design",
                "expertise": "Design de service",
                "must_have": "Ateliers",
                "nice_to_have": "",
                "seats": "1",
            },
        ],
        "project_team": [
            {"function": "Géologue", "status": "Titulaire", "percent": 30, "contribution": "Relevés"}
        ],
        "off_site": True,
        "data_rights": True,
        "open_source": True,
        **dict.fromkeys(texts, ENOUGH),
        **changes,
    }


def leader() -> User:
    number = next(_numbers)
    return person("Lead", f"Numero{number}")


def draft(
    promotion: Promotion,
    *,
    lead: User | None = None,
    title: str = "",
    complete: bool = True,
    visas: bool = True,
    at: datetime | None = None,
    **changes: Any,
) -> Project:
    """A draft; complete, with its visas, unless said otherwise."""
    lead, at = lead or leader(), at or timezone.now()
    title = title or f"Projet d’essai {next(_numbers)}"
    project = start_project(promotion, title=title, by=lead, at=at)
    if not complete:
        return project
    given = answers(title, **changes)
    # The whole dossier as one section, to save it in one deed.
    form = form_of(promotion, FormKind.PROJECT)
    everything = SectionView("all", form.title, "", tuple(form.questions()))
    save_project_section(project, section=everything, answers=given, version=project.version, by=lead, at=at)
    if visas:
        give_visas(project, by=lead, at=at)
    return project


def give_visas(project: Project, *, by: User, at: datetime) -> None:
    """Every visa that the promotion asks for, on the text as it is, in one statement."""
    form = form_of(project.promotion, FormKind.PROJECT)
    Visa.objects.bulk_create(
        Visa(
            project=project,
            kind=rule["code"],
            section=rule["section"],
            name="Visa Contact",
            email="visa@contact.example",
            status=VisaStatus.GIVEN,
            token_hash=secrets.token_hex(32),
            asked_at=at,
            asked_by=by,
            expires_at=at + timedelta(days=14),
            answered_at=at,
            section_sha256=section_digest(form.section(rule["section"]), project.answers),
        )
        for rule in project.promotion.project_visas
    )


def submitted(promotion: Promotion, **options: Any) -> Project:
    project = draft(promotion, **options)
    assert project.started_by is not None
    return submit_project(project, by=project.started_by)


def staff_person() -> User:
    return person("Agent", f"Numero{next(_numbers)}", staff=True)


def eligible(promotion: Promotion, *, by: User | None = None, **options: Any) -> Project:
    project = submitted(promotion, **options)
    accept_eligibility(project, by=by or staff_person(), at=timezone.now())
    return project


def reader(promotion: Promotion, *, who: User | None = None) -> User:
    who = who or person("Lecteur", f"Numero{next(_numbers)}", second_factor=True)
    appoint_reader(who, promotion=promotion, stage=Stage.PROJECT_READING, by=None, at=timezone.now())
    return who


MARKS = {"relevance": 4, "entrepreneurship": 3, "commitment": 4, "transformation": 3, "openness": 5}


def reading(project: Project, *, who: User | None = None, cleared: bool = True) -> Review:
    """A reading handed out; the conflict question answered unless said otherwise."""
    who = reader(project.promotion, who=who)
    review = assign_reader(project, reader=who, by=None, at=timezone.now())
    if cleared:
        declare_no_conflict(review, by=who, at=timezone.now())
    return review


def signed_reading(project: Project, *, who: User | None = None, **marks: int) -> Review:
    review = reading(project, who=who)
    sign_review(
        review, by=review.reader, at=timezone.now(), marks={**MARKS, **marks}, comment="Un avis motivé."
    )
    return review


def wave(promotion: Promotion, *, by: User | None = None, publishes_at: datetime | None = None) -> Wave:
    now = timezone.now()
    return prepare_wave(
        promotion,
        kind=WAVES,
        title="Lauréats",
        publishes_at=publishes_at or now - timedelta(minutes=1),
        by=by or staff_person(),
        at=now,
    )


def decide(project: Project, outcome: Outcome = Outcome.LAUREATE, *, reason: str = "Un besoin réel.") -> None:
    """A whole wave for one project: prepared, validated by a second person, published."""
    now = timezone.now()
    one, two = staff_person(), staff_person()
    batch = wave(project.promotion, by=one)
    propose_decision(project, wave=batch, outcome=outcome, reason=reason, by=one, at=now)
    agree(batch, by=two, at=now)
    publish_wave(batch, at=now, by=two)
    project.refresh_from_db()


def laureate(promotion: Promotion, **options: Any) -> Project:
    project = eligible(promotion, **options)
    decide(project)
    return project


def described(promotion: Promotion, *, public_title: str = "", **options: Any) -> Project:
    project = laureate(promotion, **options)
    describe_project(
        project,
        title=public_title or project.title,
        tagline="Une vue partagée de la côte",
        body=[{"title": "Le problème", "text": "Premier paragraphe.\n\nSecond paragraphe."}],
        town="Rochefort",
        themes=["Mer", "Écologie"],
        by=staff_person(),
        at=timezone.now(),
    )
    return project


def published(promotion: Promotion, **options: Any) -> Project:
    """A défi: the short way for other steps' tests, with the same records as the long one."""
    project = described(promotion, **options)
    publish_project(project, by=staff_person(), at=timezone.now())
    assert project.status == Status.PUBLISHED
    return project


def past_page(promotion: Promotion, title: str = "Défi passé", **fields: Any) -> PublicPage:
    values: dict[str, Any] = {
        "tagline": "Un défi d’une promotion passée",
        "administration_name": "Office des archives",
        **fields,
    }
    return add_past_page(promotion, title=title, by=None, at=timezone.now(), **values)
