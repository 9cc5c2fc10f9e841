"""States of a wave, and what waves are about."""

from django.db.models import TextChoices


class WaveStatus(TextChoices):
    """Decisions told together.

    prepared: decisions are proposed to it, one by one, by one person.
    validated: a second person agreed; its letters are held until its hour, unless it is reopened.
    published: its hour came; decisions and letters left together.
    cancelled: it publishes nothing; its decisions may be proposed again.
    """

    PREPARED = "prepared", "En préparation"
    VALIDATED = "validated", "Validée, en attente de publication"
    PUBLISHED = "published", "Publiée"
    CANCELLED = "cancelled", "Annulée"


class WaveSubject(TextChoices):
    PROJECTS = "projects", "Décisions sur les projets"
    APPLICATIONS = "applications", "Décisions de présélection"
    OFFERS = "offers", "Propositions d’affectation"
