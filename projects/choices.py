"""States of a project, kinds of administrations and of links to one."""

from django.db.models import TextChoices


class Status(TextChoices):
    DRAFT = "draft", "Brouillon"
    SUBMITTED = "submitted", "Déposé"
    INELIGIBLE = "ineligible", "Inéligible"
    ELIGIBLE = "eligible", "Recevable"
    LAUREATE = "laureate", "Lauréat"
    RESERVE = "reserve", "Liste complémentaire"
    DECLINED = "declined", "Non retenu"
    PUBLISHED = "published", "Défi publié"
    WITHDRAWN = "withdrawn", "Retiré"


class AdministrationKind(TextChoices):
    CENTRAL = "central", "Administration centrale"
    OPERATOR = "operator", "Opérateur de l’État"
    FIELD_SERVICE = "field_service", "Service déconcentré"
    INDEPENDENT = "independent", "Autorité indépendante"
    LOCAL = "local", "Collectivité territoriale"
    HEALTH = "health", "Établissement de santé"
    OTHER = "other", "Autre organisme public"


class LinkRole(TextChoices):
    OPERATOR = "operator", "Opérateur (accueille les EIG)"
    BENEFICIARY = "beneficiary", "Administrateur (reçoit le cofinancement)"
    PARTNER = "partner", "Partenaire"
    MINISTRY = "ministry", "Tutelle"


class LeadRole(TextChoices):
    LEAD = "lead", "Porteur ou porteuse du projet"
    EDITOR = "editor", "Corédacteur ou corédactrice"


class Outcome(TextChoices):
    LAUREATE = "laureate", "Lauréat"
    RESERVE = "reserve", "Liste complémentaire"
    DECLINED = "declined", "Non retenu"


class JurorKind(TextChoices):
    """Where a member of a project jury comes from: juries mix them."""

    AGENT = "agent", "Agent public"
    DINUM = "dinum", "DINUM"
    OUTSIDE = "outside", "Personnalité extérieure"
    ALUMNI = "alumni", "Ancien·ne EIG"


class HearingStatus(TextChoices):
    PLANNED = "planned", "Prévue"
    HEARD = "heard", "Entendu"
    ABSENT = "absent", "Absence"
    CANCELLED = "cancelled", "Annulée"


class ProposalStatus(TextChoices):
    PROPOSED = "proposed", "Proposé"
    ACCEPTED = "accepted", "Accepté"
    RETURNED = "returned", "Retourné"
    REPLACED = "replaced", "Remplacé"


class VisaStatus(TextChoices):
    ASKED = "asked", "Demandé"
    GIVEN = "given", "Donné"
    CHANGE_ASKED = "change_asked", "Modification demandée"
    REPLACED = "replaced", "Remplacé"
    REVOKED = "revoked", "Annulé"
