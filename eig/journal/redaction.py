"""The one path by which the append-only journal forgets: a name disappears, or a row past its time.

The triggers let through, inside `erasing()` only, an update that touches nothing but the label, the data
and the actor, and a deletion of rows older than six months (see migration 0003).
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import QuerySet

from eig.journal.models import Entry
from eig.personal import ERASED


@contextmanager
def erasing() -> Iterator[None]:
    """Until the block ends, frozen texts of this transaction may disappear. Nothing else may change them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('eig.erasing', true)")
        before = cursor.fetchone()[0] or ""
        cursor.execute("SELECT set_config('eig.erasing', 'on', true)")
        yield
        cursor.execute("SELECT set_config('eig.erasing', %s, true)", [before])


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
            if not keys:
                continue
            cursor.execute(
                "UPDATE journal_entry SET record_label = %s,"
                " actor_id = CASE WHEN actor_id = %s THEN NULL ELSE actor_id END"
                " WHERE record_type = %s AND record_id = ANY(%s)",
                [ERASED, without_actor, record_type, list(keys)],
            )
            touched += cursor.rowcount
        if pattern:
            cursor.execute(
                "UPDATE journal_entry SET record_label = regexp_replace(record_label, %(p)s, %(w)s, 'gi'),"
                " data = regexp_replace(data::text, %(p)s, %(w)s, 'gi')::jsonb"
                " WHERE record_label ~* %(p)s OR data::text ~* %(p)s",
                {"p": pattern, "w": ERASED},
            )
            touched += cursor.rowcount
    return touched


def delete_entries(rows: QuerySet[Entry]) -> int:
    """Delete entries past their time; the database refuses those of less than six months."""
    keys = list(rows.values_list("pk", flat=True))
    with erasing(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE id = ANY(%s)", [keys])
        deleted: int = cursor.rowcount
    return deleted
