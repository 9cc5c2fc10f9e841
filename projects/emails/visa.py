"""What is written about a visa: to who gives it, by a personal link; to who waits for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from eig.accounts.models import User
from eig.mail.needs import NEEDS
from eig.mail.outbox import Letter, post_all, post_each
from eig.promotions.choices import PhaseKind
from eig.promotions.queries import phase_of
from projects.choices import VisaStatus
from projects.models import Visa
from projects.queries import editors_of
from projects.queries.visa import rules_of
from projects.rules.visa import VisaRule


def _rule(visa: Visa) -> VisaRule | None:
    return next((rule for rule in rules_of(visa.project) if rule.code == visa.kind), None)


def _context(visa: Visa) -> Mapping[str, object]:
    call = phase_of(visa.project.promotion, PhaseKind.PROJECTS)
    return {"visa": visa, "project": visa.project, "rule": _rule(visa), "call": call}


def _to_giver(template: str, visa: Visa, *, key: str, at: datetime, by: User | None, token: str = "") -> None:
    context = {**_context(visa), "by": by, "token": token}
    letter = Letter(template, visa.email, f"{key}:{visa.pk}", context)
    post_all([letter], at=at, promotion_id=visa.project.promotion_id)


def visa_asked(visa: Visa, *, token: str, by: User, at: datetime) -> None:
    _to_giver("projects/visa_asked", visa, key="visa-asked", at=at, by=by, token=token)


def visa_reminded(visa: Visa, *, token: str, at: datetime) -> None:
    key = f"visa-reminded:{visa.reminders}"
    _to_giver("projects/visa_reminded", visa, key=key, at=at, by=visa.asked_by, token=token)


def visa_revoked(visa: Visa, *, by: User, at: datetime) -> None:
    _to_giver("projects/visa_revoked", visa, key="visa-revoked", at=at, by=by)


def visa_answered(visa: Visa, *, template: str, at: datetime) -> None:
    """To everybody who writes the project: given, or a change is asked."""
    people, promotion_id = [editor.person for editor in editors_of(visa.project)], visa.project.promotion_id
    post_each(
        template, people, key=f"visa-answered:{visa.pk}", at=at, promotion_id=promotion_id, **_context(visa)
    )


def _is_waited_for(key: Sequence[str]) -> bool:
    """visa-reminded:<how many>:<pk>"""
    return Visa.objects.filter(pk=key[2], status=VisaStatus.ASKED).exists()


NEEDS["projects/visa_reminded"] = _is_waited_for
