"""The one path by which the append-only journal forgets: a name disappears, or a row past its time.

The triggers let through, inside `erasing()` only, an update that touches nothing but the label, the data
and the actor, and a deletion of rows older than six months (see migration 0003). The application's account
has neither right: functions of the owner do it, and link it in the chain (migration 0005).
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import QuerySet

from eig.journal.models import Entry


@contextmanager
def erasing() -> Iterator[None]:
    """Until the block ends, frozen texts of this transaction may disappear. Nothing else may change them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('eig.erasing', true)")
        before = cursor.fetchone()[0] or ""
        cursor.execute("SELECT set_config('eig.erasing', 'on', true)")
        yield
        cursor.execute("SELECT set_config('eig.erasing', %s, true)", [before])


def one_at_a_time() -> None:
    """Hold every other erasure until this transaction ends: said first, before any row is held.

    Each goes over the same texts in an order of its own: two at once would wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('erasing'))")


def redact_entries(
    *, records: Mapping[str, Collection[int]], pattern: str, without_actor: int | None = None
) -> int:
    """Take the labels of `records` (type → keys) and whatever matches `pattern` out of the journal.

    `without_actor`: on the entries of those records, this actor is forgotten too (the dossier leaves, the
    account stays). Returns how many entries were touched.
    """
    touched = 0
    with erasing(), connection.cursor() as cursor:
        for record_type, keys in records.items():
            if keys:
                cursor.execute(
                    "SELECT journal_redact_records(%s, %s, %s)", [record_type, list(keys), without_actor]
                )
                touched += cursor.fetchone()[0]
        if pattern:
            cursor.execute("SELECT journal_redact_words(%s)", [pattern])
            touched += cursor.fetchone()[0]
    return touched


def delete_entries(rows: QuerySet[Entry]) -> int:
    """Delete entries past their time; the database refuses those of less than six months."""
    keys = list(rows.values_list("pk", flat=True))
    with erasing(), connection.cursor() as cursor:
        one_at_a_time()
        cursor.execute("SELECT journal_forget(%s)", [keys])
        deleted: int = cursor.fetchone()[0]
    return deleted
