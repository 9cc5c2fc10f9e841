"""Visas: those of a project, for its writers; the one that a personal link opens, for who gives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from eig.accounts.queries import token_hash
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import FormView, SectionView
from projects.models import Project, Visa
from projects.models.visa import LIVE
from projects.rules.visa import VisaRule, VisaState, section_digest, visa_rules, visa_state


@dataclass(frozen=True, slots=True)
class VisaShown:
    """One visa of the list: what is asked, of whom, where it is."""

    rule: VisaRule
    section: SectionView
    state: VisaState
    visa: Visa | None
    # Whom the dossier names for it.
    name: str
    email: str


def rules_of(project: Project) -> tuple[VisaRule, ...]:
    return visa_rules(project.promotion.project_visas)


def live_visas(project: Project) -> QuerySet[Visa]:
    return project.visas.filter(status__in=LIVE).order_by("pk")


def visas_of(project: Project, *, at: datetime, form: FormView | None = None) -> list[VisaShown]:
    """Every visa that the promotion asks for, in its order."""
    form = form or form_of(project.promotion, FormKind.PROJECT)
    live = {visa.kind: visa for visa in live_visas(project)}
    shown = []
    for rule in rules_of(project):
        section = form.section(rule.section)
        if section is None:
            continue
        visa = live.get(rule.code)
        name, email = _named(project.answers.get(rule.contact) or {})
        shown.append(
            VisaShown(
                rule,
                section,
                _state(visa, section, project.answers, at=at),
                visa,
                visa.name if visa else name,
                visa.email if visa else email,
            )
        )
    return shown


def _state(visa: Visa | None, section: SectionView, answers: Mapping[str, Any], *, at: datetime) -> VisaState:
    if visa is None:
        return VisaState.NEEDED
    digest = section_digest(section, answers)
    return visa_state(
        visa.status, approved=visa.section_sha256, digest=digest, expires_at=visa.expires_at, now=at
    )


def _named(contact: Mapping[str, str]) -> tuple[str, str]:
    name = f"{contact.get('first_name') or ''} {contact.get('last_name') or ''}".strip()
    return name, str(contact.get("email") or "")


def visa_behind(token: str, *, at: datetime) -> Visa | None:
    """The visa that a personal link opens: not replaced, not revoked, not expired."""
    return (
        Visa.objects.select_related("project__promotion", "asked_by")
        .filter(token_hash=token_hash(token), status__in=LIVE, expires_at__gt=at)
        .first()
    )
