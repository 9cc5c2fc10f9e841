"""Tell: a correction asked, answered, taken back, left unanswered. The steps say to whom, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eig.accounts.models import User
from eig.dossiers.models import Correction
from eig.dossiers.queries import form_of
from eig.mail.outbox import post_each


@dataclass(frozen=True, slots=True)
class Told:
    """What the letters of a correction need from its step."""

    correction: Correction
    kind: str
    # « Votre projet « Rivages » », as the person and as the team say it.
    subject: str
    people: Sequence[User]
    # Where it is answered, and where the team looks at it.
    path: str
    staff_path: str


def _labels(told: Told) -> list[str]:
    form = form_of(told.correction.promotion, told.kind)
    return [item.label for item in form.questions() if item.code in told.correction.questions]


def _post(told: Told, template: str, people: Sequence[User], *, path: str, at: datetime) -> None:
    correction = told.correction
    context = {
        "correction": correction,
        "subject": told.subject,
        "number": correction.dossier.number,
        "labels": _labels(told),
        "path": path,
    }
    key, promotion_id = f"{template}:{correction._meta.app_label}:{correction.pk}", correction.promotion_id
    post_each(template, people, key=key, at=at, promotion_id=promotion_id, **context)


def correction_asked(told: Told, *, at: datetime) -> None:
    _post(told, "dossiers/correction_asked", told.people, path=told.path, at=at)


def correction_answered(told: Told, *, at: datetime) -> None:
    """The difference to the person who asked; the receipt to those who answered."""
    _post(told, "dossiers/correction_answered", [told.correction.asked_by], path=told.staff_path, at=at)
    _post(told, "dossiers/correction_received", told.people, path=told.path, at=at)


def correction_cancelled(told: Told, *, at: datetime) -> None:
    _post(told, "dossiers/correction_cancelled", told.people, path=told.path, at=at)


def correction_expired(told: Told, *, at: datetime) -> None:
    _post(told, "dossiers/correction_expired", told.people, path=told.path, at=at)
    _post(told, "dossiers/correction_unanswered", [told.correction.asked_by], path=told.staff_path, at=at)
