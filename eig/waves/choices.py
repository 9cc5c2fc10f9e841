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


class Odd(TextChoices):
    """What a second person looks at twice before agreeing to a decision."""

    LOW = "low", "Sous la coupure : des dossiers mieux notés ont une décision moins favorable."
    HIGH = "high", "Au-dessus de la coupure : des dossiers moins bien notés ont une décision plus favorable."
    FEW = "few", "Il manque des lectures signées."
    APART = "apart", "Les deux lectures sont en désaccord, sans troisième lecture."
    ASKED = "asked", "Un complément est demandé et attendu : la publication clôt la demande."
    CONTRARY = "contrary", "Le motif dit le contraire de la décision, ou sert aussi à la décision contraire."


class WaveSubject(TextChoices):
    PROJECTS = "projects", "Décisions sur les projets"
    APPLICATIONS = "applications", "Décisions de présélection"
    OFFERS = "offers", "Propositions d’affectation"
