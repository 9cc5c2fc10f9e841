"""The staff's lists that span the steps: what was written to people, what was done."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import F, Q, Value
from django.urls import reverse

from eig.accounts.models import User
from eig.french import folded, french
from eig.journal.models import Entry
from eig.journal.queries import latest_entries
from eig.listing import columns, filters
from eig.listing.description import Choices, Listing, Look, Row, Rows, named
from eig.mail.choices import Status
from eig.mail.queries import STUCK, messages_listed
from journey.words import record_words, verb_words, words_of

BADGES: Mapping[str, str] = {Status.SENT: "success", Status.FAILED: "error", Status.HELD: "new"}


def _mail_door(row: Row) -> str:
    return reverse("journey:staff_mail_detail", args=[row.promotion_code, row.code])


def _mails(look: Look) -> Rows:
    """Those of the promotion, and those of none: codes, invitations, personal data.

    A message names its promotion by key only: promotions live above the outbox.
    """
    rows = messages_listed().filter(Q(promotion_id=look.promotion.pk) | Q(promotion_id=None)).defer("body")
    return rows.annotate(promotion_code=Value(look.promotion.code))


def _about(rows: Rows, value: str, look: Look) -> Rows:
    return rows if value == "all" else rows.filter(promotion_id__isnull=value == "accounts")


_ABOUT = [("accounts", "Des comptes"), ("all", "De la promotion et des comptes")]


MAILS = Listing(
    code="courriels",
    title="Courriels",
    noun="courriel",
    door="journey:staff_mail_list",
    empty="Aucun message ne correspond à ces filtres.",
    rows=_mails,
    columns={
        "subject": columns.text("Objet", "subject", width=44, href=_mail_door),
        "person": columns.text("Destinataire", lambda row: str(row.to_person or row.to_email), width=26),
        "email": columns.text("Adresse", "to_email", width=32, usual=False),
        "written": columns.moment("Écrit le", "created_at"),
        "sent": columns.moment("Envoyé le", "sent_at", usual=False),
        "status": columns.text(
            "État", "state_words", width=20, badge=lambda row, lens: BADGES.get(row.status, "")
        ),
        "attempts": columns.figure("Essais", "attempts", usual=False),
    },
    brief=("subject", "person", "status"),
    orders={
        "latest": ("Du plus récent", ["-created_at"]),
        "oldest": ("Du plus ancien", ["created_at"]),
        "person": (
            "Destinataire",
            [french("to_person__last_name"), french("to_person__first_name"), "to_email", "-created_at"],
        ),
        "subject": ("Objet", [french("subject"), "-created_at"]),
    },
    filters=(
        filters.words("Nom, adresse ou objet", *named("to_person"), "to_email", "subject"),
        filters.choice("status", "État", Status.choices, "status", blank="Tous les états"),
        filters.choice(
            "about", "Quels courriels", _ABOUT, _about, blank="De la promotion", default="promotion"
        ),
        filters.tick("stuck", "Échoués, ou à essayer de nouveau", STUCK),
        filters.tick("doubtful", "Peut être parti deux fois", Q(ambiguous=True)),
        *filters.days("created_at"),
    ),
    page=50,
    # A relay that was away holds the letters of a whole wave.
    most=5000,
)


def _entries(look: Look) -> Rows:
    return latest_entries(look.promotion.pk)


def _actors(look: Look) -> Choices:
    known = _entries(look).order_by().values("actor_id").distinct()
    people = User.objects.filter(pk__in=known).order_by(french("last_name"), french("first_name"), "pk")
    return [(SERVICE, "Le service"), *((str(person.code), str(person)) for person in people)]


def _by_actor(rows: Rows, value: str, look: Look) -> Rows:
    if value == SERVICE:
        return rows.filter(actor__isnull=True)
    return rows.filter(actor__code=UUID(value))


def _verbs(look: Look) -> Choices:
    verbs = _entries(look).order_by("verb").values_list("verb", flat=True).distinct()
    return sorted(((verb, _capital(verb_words(verb))) for verb in verbs), key=lambda item: folded(item[1]))


def _records(look: Look) -> Choices:
    types = _entries(look).order_by("record_type").values_list("record_type", flat=True).distinct()
    return sorted(((kind, record_words(kind)) for kind in types), key=lambda item: folded(item[1]))


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _history(row: Row) -> str:
    return reverse("journey:staff_record_history", args=[row.record_type, row.record_id])


def _actor(row: Entry) -> str:
    return str(row.actor or "le service")


SERVICE = "service"

JOURNAL = Listing(
    code="journal",
    title="Journal",
    noun="ligne",
    door="journey:staff_journal",
    empty="Rien dans le journal ne correspond à ces filtres.",
    rows=_entries,
    columns={
        "at": columns.moment("Quand", "at"),
        "actor": columns.text("Qui", _actor, width=26),
        "verb": columns.text("Quoi", words_of, width=44),
        "record": columns.text("Sur quoi", "record_label", width=44, href=_history),
        "kind": columns.text("Nature", lambda row: record_words(row.record_type), usual=False),
    },
    orders={
        "latest": ("Du plus récent", [F("at").desc(), F("pk").desc()]),
        "oldest": ("Du plus ancien", [F("at").asc()]),
    },
    filters=(
        filters.words("Sur quoi", "record_label"),
        filters.choice("actor", "Qui", _actors, _by_actor, blank="Tout le monde"),
        filters.choice("verb", "Quoi", _verbs, "verb", blank="Tous les gestes"),
        filters.choice("kind", "Nature", _records, "record_type", blank="Toutes"),
        *filters.days("at"),
    ),
    key="pk",
    page=50,
)
