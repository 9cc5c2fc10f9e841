"""The journal: what the person did. Append-only; one guarded path makes a name disappear from it."""

from django.db.models import F, QuerySet

from eig.journal.models import Entry, Head, Link
from eig.journal.redaction import delete_entries
from eig.personal import PERSON, Clock, Purpose, Record, Register


def old_entries() -> QuerySet[Entry]:
    return Entry.objects.annotate(clock_started_at=F("at"))


PURPOSES = (
    Purpose(
        code="journal",
        title="Ce que vous avez fait",
        why="Savoir qui a fait quoi, et pouvoir rendre compte des décisions.",
        seen_by="l’équipe du programme",
        kept="{months} mois",
        erasure="Les lignes restent, sans votre nom : elles renvoient à un compte effacé.",
        clock="journal",
    ),
)

RECORDS = (
    # Redacted by its own path (eig.journal.redaction): not searched.
    Record(Entry, PERSON, "actor", "journal", kept="actor record_label data",
           plain="verb record_type request_id", shown="at verb record_label", title="Action", searched=False),
    Record(Link, plain="kind", searched=False),
    Record(Head, plain="hash", searched=False),
)  # fmt: skip

REGISTER = Register(
    PURPOSES,
    RECORDS,
    clocks=(Clock("journal", "Journal des actions", "l’action", 36, old_entries, forget=delete_entries),),
)
