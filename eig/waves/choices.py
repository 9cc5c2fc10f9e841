"""States of a wave, and what waves are about."""

from django.db.models import TextChoices


class WaveStatus(TextChoices):
    PREPARED = "prepared", "En préparation"
    VALIDATED = "validated", "Validée, en attente de publication"
    PUBLISHED = "published", "Publiée"
    CANCELLED = "cancelled", "Annulée"


class WaveSubject(TextChoices):
    PROJECTS = "projects", "Décisions sur les projets"
    APPLICATIONS = "applications", "Décisions de présélection"
    OFFERS = "offers", "Propositions d’affectation"
