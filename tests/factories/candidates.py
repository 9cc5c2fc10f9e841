"""Applications in every state, through the real actions."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from candidates.actions import (
    add_attachment,
    assign_reader,
    save_application_section,
    start_application,
    submit_application,
)
from candidates.actions.decision import WAVES
from candidates.choices import Outcome
from candidates.models import Application, Review
from eig.accounts.models import User
from eig.documents.checking import check_document
from eig.documents.files import Limits, keep_bytes, receive_upload
from eig.documents.models import Document
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import SectionView
from eig.evaluation.actions import declare_no_conflict, sign_review
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.juries.actions import appoint_reader
from eig.promotions.models import Promotion
from eig.waves.actions import prepare_wave, propose_decision, publish_wave
from eig.waves.models import Wave
from rehearsal.agreeing import agree
from tests.factories import numbers
from tests.people import person

_numbers = numbers()

ANSWERS: Mapping[str, Any] = {
    "trades": ["developpement"],
    "expertise": "Services accessibles",
    "experience_years": 4,
    "situation": "employee",
    "not_civil_servant": "no",
    "not_student": "no",
    "not_juror": "no",
    "not_former_member": "no",
    "skills": "Je conçois des services web et je les tiens en production.",
    "experience": "J’ai repris un service abandonné et l’ai rendu à ses agents.",
    "initiative": "J’ai monté un atelier d’accessibilité avec des bénévoles.",
    "teamwork": "Six mois avec une juriste et deux agents de guichet.",
    "adaptation": "Un hôpital, ses règles et ses nuits.",
    "pedagogy": "Expliquer une sauvegarde à une équipe de soignants.",
    "motivation": "Servir ce qui nous est commun.",
    "mobility": ["ile-de-france"],
    "availability": "2022-09-01",
    "attestation_true": True,
    "consent_notice": True,
}


@cache
def pdf(pages: int = 1) -> bytes:
    """A real little PDF."""
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(595, 842))
        out = BytesIO()
        made.save(out)
        return out.getvalue()


def clean_document(owner: User, name: str = "cv.pdf") -> Document:
    return keep_bytes(pdf(), name=name, media_type="application/pdf", owner=owner, at=timezone.now())


def received(owner: User, data: bytes, name: str = "cv.pdf") -> Document:
    """A file in quarantine."""
    file = SimpleUploadedFile(name, data, content_type="application/pdf")
    return receive_upload(file, by=owner, at=timezone.now(), limits=Limits())


def checked(document: Document) -> Document:
    check_document(document)
    return document


def candidate(first_name: str = "", last_name: str = "") -> User:
    rank = next(_numbers)
    return person(first_name or f"Candide{rank}", last_name or f"Aubry{rank}")


def answered(application: Application, **answers: Any) -> Application:
    """Fill every section with good answers, through the action, as one section: in one deed."""
    form = form_of(application.promotion, FormKind.APPLICATION)
    given = {**ANSWERS, **answers}
    questions = tuple(question for section in form.sections for question in section.written)
    save_application_section(
        application,
        section=SectionView("all", form.title, "", questions),
        answers={question.code: given.get(question.code) for question in questions},
        version=application.version,
        by=application.candidate,
        at=timezone.now(),
    )
    return application


def draft(promotion: Promotion, by: User | None = None) -> Application:
    return start_application(promotion, by=by or candidate(), at=timezone.now())


def ready(promotion: Promotion, by: User | None = None, **answers: Any) -> Application:
    """A draft that lacks nothing."""
    application = answered(draft(promotion, by), **answers)
    add_attachment(
        application,
        question="cv",
        document=clean_document(application.candidate),
        by=application.candidate,
        at=timezone.now(),
    )
    return application


def submitted(promotion: Promotion, by: User | None = None, **answers: Any) -> Application:
    application = ready(promotion, by, **answers)
    return submit_application(application, by=application.candidate)


def reader(promotion: Promotion, who: User | None = None, **changes: Any) -> User:
    """Someone appointed to read applications."""
    who = who or person(f"Lectrice{next(_numbers)}", "Roussel", second_factor=True)
    row = appoint_reader(
        who, promotion=promotion, stage=Stage.APPLICATION_READING, by=None, at=timezone.now(), **changes
    )
    assert row.pk
    return who


def assigned(application: Application, who: User, *, cleared: bool = True) -> Review:
    review = assign_reader(application, reader=who, by=None, at=timezone.now())
    if cleared:
        declare_no_conflict(review, by=who, at=timezone.now())
    return review


def signed(application: Application, who: User, mark: int = 4) -> Review:
    review = assigned(application, who)
    grid = grid_of(application.promotion, Stage.APPLICATION_READING)
    sign_review(
        review,
        by=who,
        at=timezone.now(),
        marks={criterion.code: mark for criterion in grid.criteria},
        comment="Une lecture attentive.",
        verdict="favourable",
    )
    application.refresh_from_db()
    return review


def read_twice(application: Application, *marks: int) -> Application:
    """As many signed readings as marks."""
    for mark in marks or (4, 4):
        signed(application, reader(application.promotion), mark)
    return application


def wave(promotion: Promotion, by: User, *, due: bool = True) -> Wave:
    now = timezone.now()
    publishes_at = now - timedelta(minutes=1) if due else now + timedelta(days=2)
    return prepare_wave(
        promotion, kind=WAVES, title="Première vague", publishes_at=publishes_at, by=by, at=now
    )


def decided(
    promotion: Promotion,
    *applications: Application,
    outcome: str = Outcome.SHORTLISTED,
    publish: bool = True,
    staff: tuple[User, User] | None = None,
) -> Wave:
    """A wave with these applications, validated by a second person, published or not."""
    rank = next(_numbers)
    first, second = staff or (
        person(f"Équipe{rank}", "Un", staff=True),
        person(f"Équipe{rank}", "Deux", staff=True),
    )
    held = wave(promotion, first)
    for application in applications:
        propose_decision(
            application, wave=held, outcome=outcome, reason="Le motif.", by=first, at=timezone.now()
        )
    agree(held, by=second, at=timezone.now())
    if publish:
        publish_wave(held, at=timezone.now())
        for application in applications:
            application.refresh_from_db()
    return held


def shortlisted(promotion: Promotion, by: User | None = None, **answers: Any) -> Application:
    """Written straight as the other steps need it often: the state, without readings nor mails."""
    application = submitted(promotion, by, **answers)
    Application.objects.filter(pk=application.pk).update(
        status="shortlisted", decided_at=timezone.now(), reviews_signed=2, score=1440
    )
    application.refresh_from_db()
    return application
