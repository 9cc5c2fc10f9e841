"""What is kept of one person, in groups that they understand. The page, the copy and the tests read this."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime

from candidates.models import Application
from eig.accounts.models import User
from eig.documents.models import Document
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown
from eig.journal.models import Entry
from eig.journey.words import words_of
from eig.personal import APPLICATION, PERSON, Purpose, Record
from eig.privacy.queries.ending import lengths_of, terms
from eig.privacy.queries.rows import rows_of
from eig.privacy.register import clocks, purposes, records

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the database in words; `raw` is the same for machines."""

    title: str
    pairs: tuple[Pair, ...]
    raw: Mapping[str, Any]
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """A dossier or an account, and the day when it will be erased by itself."""

    title: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Group:
    purpose: Purpose
    kept: str
    lines: tuple[Line, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


def groups_of(person: User, *, at: datetime, most: int | None = None) -> list[Group]:
    """Every purpose that holds something of the person; `most` lines of each kind, or all of them."""
    subjects = _subjects(person)
    addresses = _addresses(person)
    found: dict[str, list[Line]] = {}
    totals: dict[str, int] = {}
    for record in records():
        if not record.shown or record.subject not in subjects:
            continue
        rows = rows_of(record, subject=record.subject, keys=subjects[record.subject], addresses=addresses)
        rows = rows.filter(record.readable).order_by("-pk").distinct()
        lines = [_line(record, row) for row in islice(rows.iterator() if most is None else rows[:most], None)]
        if lines:
            found.setdefault(record.purpose, []).extend(lines)
            total = len(lines) if most is None or len(lines) < most else rows.count()
            totals[record.purpose] = totals.get(record.purpose, 0) + total
    return [
        Group(purpose, kept_words(purpose), tuple(found[code]), totals[code])
        for code, purpose in purposes().items()
        if code in found
    ]


def _subjects(person: User) -> dict[str, list[int]]:
    mine = Application.objects.filter(candidate=person).order_by("pk").values_list("pk", flat=True)
    return {PERSON: [person.pk], APPLICATION: list(mine)}


def _addresses(person: User) -> list[str]:
    """Verified ones only: an address that was never proved is perhaps somebody else's."""
    proved = EmailAddress.objects.filter(user=person, verified=True).order_by("pk")
    return sorted({person.email, *proved.values_list("email", flat=True)})


def kept_words(purpose: Purpose) -> str:
    clock = clocks().get(purpose.clock)
    if clock is None:
        return purpose.kept
    months = lengths_of(None).get(clock.code, clock.months)
    return purpose.kept.replace("{months}", str(months))


def endings_of(person: User, *, at: datetime) -> list[Ending]:
    """The retention clocks that run for this person: what, and the day it will be erased."""
    found = []
    for term in terms(at=at):
        if not term.clock.person:
            continue
        for row in term.rows().filter(**{term.clock.person: person.pk}).exclude(clock_started_at=None):
            about = f" ({term.promotion.name})" if term.promotion else ""
            found.append(Ending(f"{term.clock.title}{about}", term.due_on(row)))
    return sorted(found, key=lambda ending: (ending.due_on, ending.title))


def _line(record: Record, row: Any) -> Line:
    title = record.title or str(record.model._meta.verbose_name)
    pairs: list[Pair] = []
    raw: dict[str, Any] = {}
    for name in record.shown:
        field = record.model._meta.get_field(name)
        assert isinstance(field, models.Field)
        value = getattr(row, name)
        if isinstance(row, Application) and name == "answers":
            pairs += _answers(row)
            raw[name] = value
            continue
        if isinstance(field, models.FileField):
            continue
        text = _text(row, name, value)
        raw[name] = value if isinstance(value, bool | int | dict | list | None.__class__) else str(value)
        if text:
            pairs.append((_label(field), text))
    if isinstance(row, Entry):
        pairs = [("Date", _text(row, "at", row.at)), ("Action", f"{words_of(row)} : {row.record_label}")]
    document = row if isinstance(row, Document) else None
    return Line(_capital(title), tuple(pairs), raw, document)


LABELS = {
    "created_at": "Créé le",
    "updated_at": "Modifié le",
    "sent_at": "Envoyé le",
    "told_at": "Annoncé le",
    "appointed_at": "Depuis le",
    "declared_at": "Déclaré le",
    "signed_at": "Signé le",
    "published_at": "Publié le",
    "asked_at": "Demandé le",
    "answered_at": "Répondu le",
    "expires_at": "Jusqu’au",
    "accepted_at": "Accepté le",
    "certified_at": "Certifié le",
    "heard_at": "Entendu·e le",
    "proposed_at": "Proposé le",
    "filed_at": "Rempli le",
    "booked_at": "Réservé le",
    "last_login": "Dernière connexion",
    "last_seen_at": "Dernière visite",
    "last_used_at": "Dernière utilisation",
    "user_agent": "Navigateur",
    "ip": "Adresse IP",
    "verified": "Vérifiée",
    "primary": "Principale",
    "type": "Nature",
    "purpose": "Objet",
    "status": "État",
    "email": "Adresse électronique",
    "media_type": "Format",
    "during": "Horaires",
    "project": "Projet",
    "promotion": "Promotion",
    "criterion": "Critère",
    "grid": "Grille",
    "panel": "Jury",
    "juror": "Membre du jury",
    "subject_type": "À propos d’un dossier",
    "total": "Total",
    "kind": "Nature",
    "since": "Depuis",
    "trade": "Métier",
    "webinar": "Webinaire",
    "slot": "Créneau",
    "content_sha256": "Empreinte",
    "stage": "Étape",
    "programme": "Programme",
}
WORDS = {"projects.project": "projet", "candidates.application": "candidature"}


def _label(field: models.Field) -> str:  # type: ignore[type-arg]
    return LABELS.get(field.name) or _capital(str(field.verbose_name))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _text(row: Any, name: str, value: Any) -> str:
    display = getattr(row, f"get_{name}_display", None)
    if display is not None:
        return str(display())
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, datetime):
        return date_format(localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, str):
        return f"{_text(row, '', value.lower)} → {_text(row, '', value.upper)}"
    return WORDS.get(str(value), str(value))


def _answers(application: Application) -> Iterator[Pair]:
    """The answers under the questions that were asked."""
    form = form_of(application.promotion, "application")
    for section in answers_shown(form, application.answers):
        for answer in section.answers:
            rows = "\n".join(" · ".join(text for _, text in row.pairs) for row in answer.rows)
            text = answer.text or rows
            if text:
                yield answer.label, text
