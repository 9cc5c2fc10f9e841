"""Write the journal; draw its chain; verify it and publish where it ends."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.db import connection, models
from django.utils.timezone import localdate

from eig.accounts.models import User
from eig.journal.choices import Reader, Shown
from eig.journal.middleware import request_id
from eig.journal.models import Consultation, Entry, Head
from eig.journal.queries import faults_of_chain, last_link


def entry(
    verb: str,
    record: models.Model,
    *,
    by: User | None,
    at: datetime,
    promotion_id: int | None = None,
    **data: Any,
) -> Entry:
    """An unsaved entry, for callers that add many at once."""
    return Entry(
        at=at,
        actor=by,
        verb=verb,
        record_type=record._meta.label_lower,
        record_id=record.pk,
        record_label=str(record)[:200],
        promotion_id=promotion_id or getattr(record, "promotion_id", None),
        data=data,
        request_id=request_id.get(),
    )


def record(
    verb: str,
    target: models.Model,
    *,
    by: User | None,
    at: datetime,
    promotion_id: int | None = None,
    **data: Any,
) -> None:
    """Write one entry; `data` holds plain JSON values, never personal free text."""
    entry(verb, target, by=by, at=at, promotion_id=promotion_id, **data).save(force_insert=True)


def record_all(entries: Iterable[Entry]) -> None:
    """Write many entries in one statement."""
    Entry.objects.bulk_create(entries)


class Concerning(Protocol):
    """A record that shows somebody's data; `concerned_id`: their account, when it is one person's."""

    pk: Any
    _meta: ClassVar[Any]

    @property
    def concerned_id(self) -> int | None: ...


def note_consultations(
    records: Iterable[Concerning], *, by: User, at: datetime, what: Shown, reader: Reader
) -> None:
    """Once a day for each person and record, in one statement; nobody is told that they read their own."""
    Consultation.objects.bulk_create(
        [
            Consultation(
                person=by,
                at=at,
                on=localdate(at),
                record_type=each._meta.label_lower,
                record_id=each.pk,
                concerned_id=each.concerned_id,
                what=what,
                reader=reader,
            )
            for each in records
            if each.concerned_id != by.pk
        ],
        ignore_conflicts=True,
    )


# Links sealed by one statement: a fraction of a second, for who else seals waits for it.
BATCH = 2_000


class Broken(Exception):
    """The journal does not say what it said: somebody changed it outside the application."""


def seal() -> None:
    """Give each new link its rank, in short transactions of their own: no writer waits."""
    with connection.cursor() as cursor:
        sealed = BATCH
        while sealed == BATCH:
            cursor.execute("SELECT journal_seal(%s)", [BATCH])
            sealed = cursor.fetchone()[0]


def publish_head(*, at: datetime) -> Head:
    """Verify the whole journal, sealed before, then write where it ends, here and outside the database.

    Raises Broken. Whoever rewrites entries, links and heads alike still differs from what was published.
    """
    published = Path(settings.JOURNAL_HEADS)
    lines = published.read_text().split() if published.exists() else []
    if faults := faults_of_chain(published=lines):
        raise Broken(f"Le journal a été modifié hors de l’application : {faults[0]}")
    rank, digest = last_link()
    head = Head.objects.create(at=at, rank=rank, hash=digest)
    published.parent.mkdir(parents=True, exist_ok=True)
    with published.open("a") as log:
        log.write(f"{head}\n")
    return head
