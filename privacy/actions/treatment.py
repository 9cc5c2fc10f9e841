"""The register applied: rows found, fields emptied, rows deleted, files removed.

The one code of every erasure.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.core.files.storage import Storage
from django.db import models, transaction

from eig.documents.models import Document, Print
from eig.exports.choices import Status as ExportStatus
from eig.exports.models import Export
from eig.personal import EMPTY, ERASED, Record
from privacy.queries.rows import rows_of
from privacy.register import print_subjects, records


def forget(*, subject: str, keys: Collection[int], addresses: Collection[str] = ()) -> "Forgotten":
    """Apply every record of `subject` to these keys. Rows are all found before any of them changes."""
    concerned = [record for record in records() if record.subject == subject]
    found = [
        (
            record,
            list(
                rows_of(record, subject=subject, keys=keys, addresses=addresses).values_list("pk", flat=True)
            ),
        )
        for record in concerned
    ]
    forgotten = Forgotten()
    for record, rows in found:
        if not rows:
            continue
        forgotten.touched[record.model._meta.label_lower] |= set(rows)
        if record.erased:
            _empty(record, rows)
        if record.erased or record.gone:
            forgotten.counts[record.model._meta.label] += len(rows)
    forgotten.files += remove_exports() + remove_prints(forgotten.touched, subject=subject, keys=keys)
    for record, rows in found:
        if rows and record.gone:
            forgotten.files += delete_rows(record.model, rows)
    return forgotten


class Forgotten:
    """What an erasure did, for its proof and for the journal."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.touched: defaultdict[str, set[int]] = defaultdict(set)
        self.files = 0

    def add(self, other: "Forgotten") -> None:
        self.counts += other.counts
        self.files += other.files
        for label, keys in other.touched.items():
            self.touched[label] |= keys


def _empty(record: Record, keys: list[int]) -> None:
    """Fixed values in one UPDATE; those that depend on the row, row by row."""
    rows = record.model._default_manager.filter(pk__in=keys)
    fixed = {name: value for name, value in record.erased.items() if not callable(value)}
    for name in [name for name, value in fixed.items() if value == ERASED]:
        # A word replaces a text; where there was none, none appears.
        rows.exclude(**{name: ""}).update(**{name: fixed.pop(name)})
    if fixed:
        rows.update(**{name: _value(record.model, name, value) for name, value in fixed.items()})
    computed: Mapping[str, Callable[[Any], Any]] = {
        name: value for name, value in record.erased.items() if callable(value)
    }
    if computed:
        for row in rows.order_by("pk"):
            record.model._default_manager.filter(pk=row.pk).update(
                **{name: value(row) for name, value in computed.items()}
            )


def _value(model: type[models.Model], name: str, value: Any) -> Any:
    if value is not EMPTY:
        return value
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return None if field.null else field.get_default()


def delete_rows(model: type[models.Model], keys: Collection[int]) -> int:
    """Delete rows, and the files of documents once the transaction is over. Returns how many files leave."""
    files = 0
    if model is Document:
        for document in Document.objects.filter(pk__in=keys).order_by("pk"):
            files += remove_file_later(document)
    model._default_manager.filter(pk__in=keys).delete()
    return files


def remove_file_later(document: Document) -> int:
    """On the disk the file goes when the row is gone for sure: an interrupted erasure loses nothing."""
    storage, name = document.file.storage, str(document.file.name)
    if not name:
        return 0
    transaction.on_commit(lambda: _remove(storage, name))
    return 1


def _remove(storage: Storage, name: str) -> None:
    # The quarantined upload and the rebuilt file are neighbours.
    for path in {name, name.removesuffix(".clean")}:
        storage.delete(path)


def remove_exports() -> int:
    """Tables made for the team may hold the person; they last a few days anyway, and can be asked again."""
    held = Export.objects.filter(document__isnull=False)
    documents = list(held.order_by("pk").values_list("document_id", flat=True))
    held.update(status=ExportStatus.EXPIRED, document=None)
    return delete_rows(Document, documents)


def remove_prints(touched: Mapping[str, Iterable[int]], *, subject: str, keys: Collection[int]) -> int:
    """Printed documents about what was erased, and those that name several people.

    They are printed again when asked.
    """
    known = print_subjects()
    about = {**{label: set(rows) for label, rows in touched.items()}, subject: set(keys)}
    gone: list[int] = []
    for key, kind, number in Print.objects.values_list("pk", "kind", "subject_id").order_by("pk"):
        whose = known.get(kind, "everybody")
        if whose == "everybody" or (whose != "nobody" and number in about.get(whose, set())):
            gone.append(key)
    documents = list(Document.objects.filter(pk__in=Print.objects.filter(pk__in=gone).values("document")))
    Print.objects.filter(pk__in=gone).delete()
    return delete_rows(Document, [document.pk for document in documents])
