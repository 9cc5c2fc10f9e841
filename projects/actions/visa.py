"""Ask a visa by a personal link, give it, ask for a change, take the request back, remind."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Least

from eig.accounts.models import User
from eig.accounts.queries import token_hash
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import FormView, missing_parts
from eig.journal.actions import record as journal
from eig.lifecycle import lock, move
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import official_now
from eig.promotions.models import Promotion
from eig.promotions.queries import phase_of
from projects.choices import Status, VisaStatus
from projects.emails import visa as letters
from projects.models import Project, Visa
from projects.queries.visa import live_visas, rules_of, visas_of
from projects.rules.visa import REMIND_AFTER, VALID_FOR, section_digest, visas_refusal


class VisaNotPossible(Exception):
    """The visa cannot be asked, or answered, now; the sentence says why."""


class SectionChanged(Exception):
    """The section is no longer the one that was read."""


def _locked_draft(project: Project) -> Project:
    """The project first, its visas after: everybody locks in this order."""
    locked = lock(project, "promotion")
    if locked.status != Status.DRAFT:
        raise VisaNotPossible("Ce projet n’est plus en brouillon : plus aucun visa n’est attendu.")
    return locked


@transaction.atomic
def ask_visa(project: Project, *, kind: str, name: str, email: str, by: User, at: datetime) -> Visa:
    """Send a personal link that opens one section; a former link for the same visa opens nothing any more.

    It opens nothing either once the call is closed: no visa serves any longer. Raises VisaNotPossible.
    """
    locked = _locked_draft(project)
    call = phase_of(locked.promotion, PhaseKind.PROJECTS)
    if call and call.is_over(official_now(locked.promotion_id)):
        raise VisaNotPossible("L’appel à projets est clos : plus aucun visa n’est attendu.")
    rule = next((rule for rule in rules_of(locked) if rule.code == kind), None)
    form = form_of(locked.promotion, FormKind.PROJECT)
    section = form.section(rule.section) if rule else None
    if rule is None or section is None:
        raise VisaNotPossible("Ce visa n’est pas demandé pour cet appel.")
    if any(part.section == section.code for part in missing_parts(form, locked.answers)):
        raise VisaNotPossible(
            f"Complétez d’abord la rubrique « {section.title} » : c’est elle qui sera approuvée."
        )
    for former in live_visas(locked).select_for_update().filter(kind=kind):
        move(former, VisaStatus.REPLACED, by=by, at=at)
    token = secrets.token_urlsafe(32)
    visa = Visa.objects.create(
        project=locked,
        kind=kind,
        section=section.code,
        name=name,
        email=email.strip().lower(),
        token_hash=token_hash(token),
        asked_at=at,
        asked_by=by,
        expires_at=min(at + VALID_FOR, call.closes_at) if call else at + VALID_FOR,
    )
    journal("ask_visa", visa, by=by, at=at, promotion_id=locked.promotion_id, kind=kind)
    letters.visa_asked(visa, token=token, by=by, at=at)
    return visa


@transaction.atomic
def revoke_visa(visa: Visa, *, by: User, at: datetime) -> None:
    """Make the link useless, and forget the visa if it was given. Raises IllegalMove."""
    row = _locked_visa(visa)
    was_asked = row.status == VisaStatus.ASKED
    move(row, VisaStatus.REVOKED, by=by, at=at)
    if was_asked:
        letters.visa_revoked(row, by=by, at=at)


def _locked_visa(visa: Visa) -> Visa:
    project = _locked_draft(visa.project)
    row = lock(visa, "asked_by")
    row.project = project
    return row


def _answerable(visa: Visa) -> tuple[Visa, datetime]:
    row = _locked_visa(visa)
    now = official_now(row.project.promotion_id)
    if row.status != VisaStatus.ASKED or row.token_hash != visa.token_hash:
        raise VisaNotPossible("Ce lien a déjà servi, ou un autre l’a remplacé.")
    if row.expires_at <= now:
        raise VisaNotPossible("Ce lien a expiré. Demandez-en un nouveau à la personne qui vous l’a envoyé.")
    return row, now


@transaction.atomic
def give_visa(visa: Visa, *, digest: str) -> None:
    """Approve the section as it was read (`digest`). Raises VisaNotPossible, SectionChanged."""
    row, now = _answerable(visa)
    section = form_of(row.project.promotion, FormKind.PROJECT).section(row.section)
    current = section_digest(section, row.project.answers) if section else ""
    if digest != current:
        raise SectionChanged(
            "La rubrique a changé pendant votre lecture. La voici à jour : relisez-la, puis répondez."
        )
    move(row, VisaStatus.GIVEN, by=None, at=now, answered_at=now, section_sha256=current)
    letters.visa_answered(row, template="projects/visa_given", at=now)


@transaction.atomic
def ask_change(visa: Visa, *, comment: str) -> None:
    """Say what must change before the visa is asked again. Raises VisaNotPossible."""
    row, now = _answerable(visa)
    move(row, VisaStatus.CHANGE_ASKED, by=None, at=now, answered_at=now, comment=comment)
    letters.visa_answered(row, template="projects/visa_change_asked", at=now)


@transaction.atomic
def remind_visas(promotion: Promotion, *, at: datetime) -> int:
    """Remind once who has not answered, with a new link: the former one is not kept, only its hash is."""
    late = Visa.objects.filter(
        project__promotion=promotion,
        project__status=Status.DRAFT,
        status=VisaStatus.ASKED,
        reminders=0,
        asked_at__lte=at - REMIND_AFTER,
        expires_at__gt=at,
    )
    count = 0
    for visa in late.select_related("project__promotion", "asked_by").order_by("pk"):
        token = secrets.token_urlsafe(32)
        # The WHERE clause sees an answer given meanwhile, or another worker.
        written = Visa.objects.filter(
            pk=visa.pk, status=VisaStatus.ASKED, reminders=0, token_hash=visa.token_hash
        ).update(token_hash=token_hash(token), reminders=1)
        if written:
            visa.reminders = 1
            letters.visa_reminded(visa, token=token, at=at)
            count += 1
    return count


def prolong_visas(promotion: Promotion, *, closes_at: datetime) -> None:
    """The call ends later: links that would have ended with it last as long as they may."""
    end = Least(F("asked_at") + VALID_FOR, Value(closes_at), output_field=DateTimeField())
    Visa.objects.filter(project__promotion=promotion, status=VisaStatus.ASKED).update(expires_at=end)


def visas_in_the_way(project: Project, *, form: FormView, now: datetime) -> str | None:
    """Why the visas do not let a locked project be handed in, or None."""
    return visas_refusal([(item.rule.label, item.state) for item in visas_of(project, at=now, form=form)])
