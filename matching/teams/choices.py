"""States of the draw, of a scenario and of an offer; why a wish was not met."""

from django.db.models import TextChoices


class ScenarioStatus(TextChoices):
    DRAFT = "draft", "À calculer"
    COMPUTED = "computed", "Calculé"
    SIGNED = "signed", "Signé"
    PUBLISHED = "published", "Publié"


class DirectiveKind(TextChoices):
    PIN = "pin", "Imposer cette affectation"
    FORBID = "forbid", "Interdire cette affectation"


class OfferStatus(TextChoices):
    PREPARED = "prepared", "Prête"
    SENT = "sent", "En attente de réponse"
    ACCEPTED = "accepted", "Acceptée"
    DECLINED = "declined", "Refusée"
    EXPIRED = "expired", "Expirée"
    CANCELLED = "cancelled", "Annulée"
