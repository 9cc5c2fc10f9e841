"""Mails: what was told to the person, and when."""

from django.db.models import F, Q, QuerySet

from eig.accounts.privacy import NOBODY
from eig.mail.choices import Status
from eig.mail.models import Message
from eig.personal import EMPTY, ERASED, PERSON, Clock, Purpose, Record, Register

SUBJECT = "Message effacé"
NOTHING = {"to_email": NOBODY, "subject": SUBJECT, "body": ERASED, "calendar": EMPTY, "error": EMPTY}
WAITING = (Status.HELD, Status.NEW, Status.SENDING, Status.FAILED)


def old_messages() -> QuerySet[Message]:
    return Message.objects.exclude(to_email=NOBODY).annotate(clock_started_at=F("created_at"))


def forget_messages(rows: QuerySet[Message]) -> int:
    rows.filter(status__in=WAITING).update(status=Status.CANCELLED, lease_until=None)
    return rows.update(to_email=NOBODY, to_person=None, subject=SUBJECT, body=ERASED, calendar="", error="")


PURPOSES = (
    Purpose(
        code="mail",
        title="Les courriels que nous vous avons écrits",
        why="Vous tenir au courant, et pouvoir prouver ce qui a été dit, et quand.",
        seen_by="vous, l’équipe du programme",
        kept="{months} mois après l’envoi",
        erasure="Adresse, objet et texte disparaissent ; il reste qu’un message est parti, et sa date.",
        clock="mail",
    ),
)

_PLAIN = "key kind batch"
RECORDS = (
    Record(Message, PERSON, "to_person", "mail", address="to_email", only=Q(status__in=WAITING),
           readable=~Q(status=Status.HELD),
           erased={**NOTHING, "status": Status.CANCELLED, "lease_until": EMPTY}, kept="to_person",
           plain=_PLAIN, shown="created_at to_email subject body", title="Courriel à envoyer"),
    Record(Message, PERSON, "to_person", "mail", address="to_email", only=~Q(status__in=WAITING),
           erased=NOTHING, kept="to_person", plain=_PLAIN,
           shown="sent_at to_email subject body", title="Courriel"),
)  # fmt: skip

REGISTER = Register(
    PURPOSES,
    RECORDS,
    clocks=(Clock("mail", "Courriels", "l’envoi", 12, old_messages, forget=forget_messages),),
)
