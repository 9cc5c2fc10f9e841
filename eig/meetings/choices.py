"""Who a webinar is for, and where a registration or an advice slot stands."""

from django.db.models import TextChoices


class WebinarAudience(TextChoices):
    ADMINISTRATIONS = "administrations", "Administrations"
    CANDIDATES = "candidates", "Candidates et candidats"


class WebinarStatus(TextChoices):
    """A webinar.

    planned: people may register until it ends.
    cancelled: it does not take place; those registered were told why.
    """

    PLANNED = "planned", "Prévu"
    CANCELLED = "cancelled", "Annulé"


class RegistrationStatus(TextChoices):
    """A person at a webinar.

    registered: has a seat since `seated_at`.
    waiting: the webinar is full; moves up in order of arrival.
    cancelled: left; the seat went to the next who waited.
    """

    REGISTERED = "registered", "Inscrit·e"
    WAITING = "waiting", "Sur liste d’attente"
    CANCELLED = "cancelled", "Désinscrit·e"


class SlotStatus(TextChoices):
    """Twenty minutes of an adviser.

    open: may be booked until an hour before.
    closed: the team offers it no longer.
    """

    OPEN = "open", "Ouvert"
    CLOSED = "closed", "Fermé"


class BookingStatus(TextChoices):
    """An advice slot taken by somebody.

    booked: the slot is theirs.
    held: the conversation took place.
    missed: nobody came.
    cancelled: given back; the slot is free again.
    """

    BOOKED = "booked", "Réservé"
    HELD = "held", "Tenu"
    MISSED = "missed", "Absence"
    CANCELLED = "cancelled", "Annulé"
