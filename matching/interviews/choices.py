"""Types of jurors, states of an audition."""

from django.db.models import TextChoices


class JurorType(TextChoices):
    AGENT = "agent", "Agent public"
    DINUM = "dinum", "DINUM"
    OUTSIDE = "outside", "Personnalité extérieure"
    ALUMNI = "alumni", "Ancien·ne EIG"


class AuditionStatus(TextChoices):
    PLANNED = "planned", "À placer"
    PLACED = "placed", "Placée"
    HEARD = "heard", "Entendue"
    ABSENT = "absent", "Absence"
    CANCELLED = "cancelled", "Annulée"


class ProposalStatus(TextChoices):
    """An audition offered for a project outside the wishes; nobody is told of a refusal's reason."""

    SENT = "sent", "En attente de réponse"
    ACCEPTED = "accepted", "Acceptée"
    DECLINED = "declined", "Déclinée"
    EXPIRED = "expired", "Sans réponse à temps"
    WITHDRAWN = "withdrawn", "Retirée par l’équipe"


class Interpreter(TextChoices):
    NONE = "", "Aucun"
    SIGN = "sign", "Interprète en langue des signes française (LSF)"
    CUED = "cued", "Codage en langue française parlée complétée (LfPC)"
    CAPTION = "caption", "Transcription écrite simultanée"
