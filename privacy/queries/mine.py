"""What is kept of one person, in groups that they understand. The page, the copy and the tests read this."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Count, QuerySet, Value
from django.utils.timezone import localtime

from candidates.models import Application
from eig.accounts.models import User
from eig.documents.models import Document
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown
from eig.french import dates, folded
from eig.journal.models import Entry
from eig.personal import APPLICATION, PERSON, Clock, Purpose, Record
from eig.promotions.models import Promotion
from journey.words import words_of
from privacy.models import RetentionRule
from privacy.queries.ending import lengths_of
from privacy.queries.rows import rows_of
from privacy.register import clocks, purposes, records
from privacy.rules import add_months

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
    found: dict[str, list[Line]] = {}
    totals: dict[str, int] = {}
    for record, rows, total in _held(person):
        read = rows.select_related(*_links(record)).order_by("-pk").distinct()
        lines = [_line(record, row) for row in (read.iterator() if most is None else read[:most])]
        found.setdefault(record.purpose, []).extend(lines)
        totals[record.purpose] = totals.get(record.purpose, 0) + total
    months = lengths_of(None)
    return [
        Group(purpose, kept_words(purpose, months), tuple(found[code]), totals[code])
        for code, purpose in purposes().items()
        if code in found
    ]


def purposes_held(person: User) -> list[Purpose]:
    """Why something of the person is kept, without reading it."""
    codes = {record.purpose for record, _, _ in _held(person)}
    return [purpose for code, purpose in purposes().items() if code in codes]


def _held(person: User) -> list[tuple[Record, QuerySet[Any], int]]:
    """The kinds of rows that hold something of the person, and how many: all counted in one query."""
    subjects, addresses = _subjects(person), _addresses(person)
    asked = []
    for record in records():
        if record.shown and record.subject in subjects:
            keys = subjects[record.subject]
            rows = rows_of(record, subject=record.subject, keys=keys, addresses=addresses)
            asked.append((record, rows.filter(record.readable)))
    # The number of the question, then the count, in every row of the answer.
    counts = [
        rows.order_by()
        .annotate(question=Value(number, output_field=models.IntegerField()))
        .values("question")
        .annotate(total=Count("pk", distinct=True))
        .values_list("question", "total")
        for number, (_, rows) in enumerate(asked)
    ]
    totals = dict(counts[0].union(*counts[1:], all=True))
    return [
        (record, rows, totals[number]) for number, (record, rows) in enumerate(asked) if totals.get(number)
    ]


def _links(record: Record) -> list[str]:
    """The links that are shown, read with the row."""
    fields = [record.model._meta.get_field(name) for name in record.shown.split()]
    links = [field.name for field in fields if isinstance(field, models.ForeignKey)]
    return [*links, "promotion"] if record.model is Application and "promotion" not in links else links


def _subjects(person: User) -> dict[str, list[int]]:
    mine = Application.objects.filter(candidate=person).order_by("pk").values_list("pk", flat=True)
    return {PERSON: [person.pk], APPLICATION: list(mine)}


def _addresses(person: User) -> list[str]:
    """Verified ones only: an address that was never proved is perhaps somebody else's."""
    proved = EmailAddress.objects.filter(user=person, verified=True).order_by("pk")
    return sorted({person.email, *proved.values_list("email", flat=True)})


def kept_words(purpose: Purpose, months: Mapping[str, int] | None = None) -> str:
    """How long, in words; `months` are the lengths of the service, when they were read already."""
    clock = clocks().get(purpose.clock)
    if clock is None:
        return purpose.kept
    months = lengths_of(None) if months is None else months
    return purpose.kept.replace("{months}", str(months.get(clock.code, clock.months)))


def endings_of(person: User, *, at: datetime) -> list[Ending]:
    """The retention clocks that run for this person: what, and the day it will be erased.

    A query a clock, however many promotions there are.
    """
    chosen = {(rule.promotion_id, rule.clock): rule.months for rule in RetentionRule.objects.all()}
    promotions: dict[int, Promotion] = {}
    started: list[tuple[Clock, datetime, int | None]] = []
    for clock in clocks().values():
        if not clock.person:
            continue
        rows = clock.rows().filter(**{clock.person: person.pk}).exclude(clock_started_at=None)
        if clock.promotion:
            pairs = rows.values_list("clock_started_at", clock.promotion)
            started += [(clock, day, promotion) for day, promotion in pairs]
        else:
            started += [(clock, day, None) for day in rows.values_list("clock_started_at", flat=True)]
    numbers = {promotion for _, _, promotion in started if promotion is not None}
    if numbers:
        promotions = Promotion.objects.in_bulk(numbers)
    found = []
    for clock, day, number in started:
        months = chosen.get((number, clock.code), clock.months)
        about = f" ({promotions[number].name})" if number is not None else ""
        due_on = add_months(localtime(day).date(), months)
        found.append(Ending(f"{clock.title}{about}", due_on))
    return sorted(found, key=lambda ending: (ending.due_on, folded(ending.title)))


def _line(record: Record, row: Any) -> Line:
    title = record.title or str(record.model._meta.verbose_name)
    pairs: list[Pair] = []
    raw: dict[str, Any] = {}
    for name in record.shown.split():
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
        return dates.instant(value)
    if isinstance(value, date):
        return dates.day(value)
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
