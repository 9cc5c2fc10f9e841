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
