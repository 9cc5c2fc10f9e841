"""States of a message."""

from django.db.models import TextChoices


class Status(TextChoices):
    """A message of the outbox.

    held: written with a decision, kept until its publication.
    new: to be sent as soon as `not_before` has come.
    sending: a worker holds it under a lease.
    sent: the relay accepted it.
    failed: refused, or tried too many times; a person may try again.
    cancelled: it must not leave any more.
    """

    HELD = "held", "Retenu jusqu’à la publication"
    NEW = "new", "À envoyer"
    SENDING = "sending", "En cours d’envoi"
    SENT = "sent", "Envoyé"
    FAILED = "failed", "En échec"
    CANCELLED = "cancelled", "Annulé"
