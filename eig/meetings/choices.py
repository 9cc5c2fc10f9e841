"""Who a webinar is for, and where a registration or an advice slot stands."""

from django.db.models import TextChoices


class WebinarAudience(TextChoices):
    ADMINISTRATIONS = "administrations", "Administrations"
    CANDIDATES = "candidates", "Candidates et candidats"


class WebinarStatus(TextChoices):
    PLANNED = "planned", "Prévu"
    CANCELLED = "cancelled", "Annulé"


class RegistrationStatus(TextChoices):
    REGISTERED = "registered", "Inscrit·e"
    WAITING = "waiting", "Sur liste d’attente"
    CANCELLED = "cancelled", "Désinscrit·e"


class SlotStatus(TextChoices):
    OPEN = "open", "Ouvert"
    CLOSED = "closed", "Fermé"


class BookingStatus(TextChoices):
    BOOKED = "booked", "Réservé"
    HELD = "held", "Tenu"
    MISSED = "missed", "Absence"
    CANCELLED = "cancelled", "Annulé"
