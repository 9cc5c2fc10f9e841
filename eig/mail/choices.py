"""States of a message."""

from django.db.models import TextChoices


class Status(TextChoices):
    HELD = "held", "Retenu jusqu’à la publication"
    NEW = "new", "À envoyer"
    SENDING = "sending", "En cours d’envoi"
    SENT = "sent", "Envoyé"
    FAILED = "failed", "En échec"
    CANCELLED = "cancelled", "Annulé"
