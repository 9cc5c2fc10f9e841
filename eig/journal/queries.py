"""Read the journal, and what is wrong with its chain."""

from collections.abc import Sequence

from django.db import connection, models, transaction
from django.db.models import QuerySet

from eig.journal.models import Consultation, Entry, Head


def history_of(record: models.Model) -> QuerySet[Entry]:
    """What happened to `record`, latest first."""
    return (
        Entry.objects.filter(record_type=record._meta.label_lower, record_id=record.pk)
        .select_related("actor")
        .order_by("-at", "-pk")
    )


def consultations_of(record_type: str, record_id: int) -> QuerySet[Consultation]:
    """Who looked at a record, latest first."""
    return (
        Consultation.objects.filter(record_type=record_type, record_id=record_id)
        .select_related("person")
        .order_by("-at", "-pk")
    )


def latest_entries(promotion_id: int) -> QuerySet[Entry]:
    return Entry.objects.filter(promotion_id=promotion_id).select_related("actor").order_by("-at", "-pk")


# Each line: what is wrong, in French, and where (the number of an entry, or the rank of a link).
FAULTS = """
WITH sealed AS (
    SELECT *, lag(rank, 1, 0::bigint) OVER chain AS before, lag(hash) OVER chain AS previous
    FROM journal_link WHERE rank IS NOT NULL WINDOW chain AS (ORDER BY rank)
), latest AS (
    SELECT DISTINCT ON (entry_id) entry_id, kind, digest FROM journal_link ORDER BY entry_id, id DESC
)
SELECT 'maillon retiré avant le rang', rank FROM sealed WHERE rank <> before + 1
UNION ALL
SELECT 'maillon changé au rang', rank FROM sealed
WHERE hash <> journal_hash(previous, rank, entry_id, kind, digest)
UNION ALL
SELECT CASE WHEN e.id IS NULL THEN 'entrée retirée' ELSE 'entrée changée' END, l.entry_id
FROM latest l LEFT JOIN journal_entry e ON e.id = l.entry_id
WHERE l.kind <> 'forgotten' AND (e.id IS NULL OR l.digest IS DISTINCT FROM journal_digest(e))
UNION ALL
SELECT 'entrée ajoutée', e.id FROM journal_entry e LEFT JOIN latest l ON l.entry_id = e.id
WHERE l.entry_id IS NULL OR l.kind = 'forgotten'
ORDER BY 2
LIMIT 100
"""


def faults_of_chain(*, published: Sequence[str] = ()) -> list[str]:
    """Recompute every digest and every hash; compare with the heads that were published (« rank:hash »)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '0', true)")
        cursor.execute(FAULTS)
        faults = [f"{what} {where}" for what, where in cursor.fetchall()]
    heads = [(int(rank), digest) for rank, _, digest in (line.partition(":") for line in published)]
    hashes = _hashes("rank = ANY(%s)", [rank for rank, _ in heads])
    return faults + [
        f"tête publiée qui n’est plus celle du rang {rank}"
        for rank, digest in heads
        if rank and hashes.get(rank) != digest
    ]


def last_link() -> tuple[int, str]:
    """The rank and the hash where the chain ends."""
    found = _hashes("rank = (SELECT max(rank) FROM journal_link)")
    return next(iter(found.items()), (0, ""))


def _hashes(which: str, *given: list[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rank, encode(hash, 'hex') FROM journal_link WHERE {which}", given)  # noqa: S608
        return dict(cursor.fetchall())


def last_head() -> Head | None:
    return Head.objects.order_by("-at", "-pk").first()
