"""The journal: what the person did. Append-only; one guarded path makes a name disappear from it."""

from django.db.models import DateTimeField, F, QuerySet
from django.db.models.functions import Cast

from eig.journal.models import Consultation, Entry, Head, Link
from eig.journal.redaction import delete_entries
from eig.personal import PERSON, Clock, Purpose, Record, Register, delete


def old_entries() -> QuerySet[Entry]:
    return Entry.objects.annotate(clock_started_at=F("at"))


def old_consultations() -> QuerySet[Consultation]:
    return Consultation.objects.annotate(clock_started_at=Cast("on", DateTimeField()))


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
    # Not who: those who read for the service are not the person's data (CJEU, C-579/21).
    Purpose(
        code="consultations",
        title="Qui a consulté vos dossiers",
        why="Que personne ne lise un dossier sans que cela se sache.",
        seen_by="vous, sans le nom des personnes ; l’équipe du programme, avec leur nom",
        kept="{months} mois",
        erasure="Les lignes restent jusqu’à leur terme, sans votre nom : elles renvoient à un compte effacé.",
        clock="consultations",
    ),
)

RECORDS = (
    # Redacted by its own path (eig.journal.redaction): not searched.
    Record(Entry, PERSON, "actor", "journal", kept="actor record_label data",
           plain="verb record_type request_id", shown="at verb record_label", title="Action", searched=False),
    # Nothing there is written by hand, and the application may not change it: not searched.
    Record(Consultation, PERSON, "concerned", "consultations", kept="concerned", plain="record_type",
           shown="on what reader", title="Consultation", searched=False),
    Record(Consultation, PERSON, "person", kept="person"),
    Record(Link, plain="kind", searched=False),
    Record(Head, plain="hash", searched=False),
)  # fmt: skip

REGISTER = Register(
    PURPOSES,
    RECORDS,
    clocks=(
        Clock("journal", "Journal des actions", "l’action", 36, old_entries, forget=delete_entries),
        Clock(
            "consultations",
            "Consultations des dossiers",
            "la consultation",
            12,
            old_consultations,
            forget=delete,
        ),
    ),
)
