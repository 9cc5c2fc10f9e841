"""Tell: what is asked of a project's writers after the deposit, and what comes of it."""

from datetime import datetime

from django.urls import reverse

from eig.dossiers import emails
from eig.dossiers.choices import FormKind
from eig.dossiers.emails import Told
from projects.models import Correction
from projects.queries import editors_of


def _told(correction: Correction) -> Told:
    project = correction.project
    return Told(
        correction,
        FormKind.PROJECT,
        f"Le projet « {project.title} »",
        [editor.person for editor in editors_of(project)],
        reverse("projects:correction_edit", args=[project.code, correction.code]),
        reverse("projects:staff_correction_detail", args=[project.promotion.code, correction.code]),
    )


def correction_asked(correction: Correction, *, at: datetime) -> None:
    emails.correction_asked(_told(correction), at=at)


def correction_answered(correction: Correction, *, at: datetime) -> None:
    emails.correction_answered(_told(correction), at=at)


def correction_cancelled(correction: Correction, *, at: datetime) -> None:
    emails.correction_cancelled(_told(correction), at=at)


def correction_expired(correction: Correction, *, at: datetime) -> None:
    emails.correction_expired(_told(correction), at=at)
