"""Tell: a correction asked, answered, taken back, left unanswered. The steps say to whom, and where."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from eig.accounts.models import User
from eig.dossiers.kinds import CorrectionKind
from eig.dossiers.models import Correction
from eig.dossiers.queries import form_of
from eig.mail.outbox import post_each


def _post(template: str, people: Sequence[User], /, *, at: datetime, **context: Any) -> None:
    correction: Correction = context["correction"]
    key, promotion_id = f"{template}:{correction._meta.app_label}:{correction.pk}", correction.promotion_id
    post_each(template, people, key=key, at=at, promotion_id=promotion_id, **context)


def _about(kind: CorrectionKind, correction: Correction) -> dict[str, Any]:
    form = form_of(correction.promotion, kind.form)
    return {
        "correction": correction,
        "subject": kind.subject(correction.dossier),
        "number": correction.dossier.number,
        "labels": [item.label for item in form.questions() if item.code in correction.questions],
    }


def _to_people(template: str, kind: CorrectionKind, correction: Correction, *, at: datetime) -> None:
    people, path = kind.people(correction.dossier), kind.path(correction)
    _post(template, people, at=at, path=path, **_about(kind, correction))


def _to_asker(template: str, kind: CorrectionKind, correction: Correction, *, at: datetime) -> None:
    path = kind.staff_path(correction)
    _post(template, [correction.asked_by], at=at, path=path, **_about(kind, correction))


def correction_asked(kind: CorrectionKind, correction: Correction, *, at: datetime) -> None:
    _to_people("dossiers/correction_asked", kind, correction, at=at)


def correction_answered(kind: CorrectionKind, correction: Correction, *, at: datetime) -> None:
    """The difference to the person who asked; the receipt to those who answered."""
    _to_asker("dossiers/correction_answered", kind, correction, at=at)
    _to_people("dossiers/correction_received", kind, correction, at=at)


def correction_cancelled(kind: CorrectionKind, correction: Correction, *, at: datetime) -> None:
    _to_people("dossiers/correction_cancelled", kind, correction, at=at)


def correction_expired(kind: CorrectionKind, correction: Correction, *, at: datetime) -> None:
    _to_people("dossiers/correction_expired", kind, correction, at=at)
    _to_asker("dossiers/correction_unanswered", kind, correction, at=at)
