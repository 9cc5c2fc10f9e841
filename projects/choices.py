"""States of a project, kinds of administrations and of links to one."""

from django.db.models import TextChoices


class Status(TextChoices):
    """A project, from its first words to its public page.

    draft: being written by its leads; visas are asked meanwhile.
    submitted: handed in with its visas; the team checks its eligibility.
    ineligible: a condition of the call is not met; the reason was written to its leads.
    eligible: read and marked by people without a tie to it.
    laureate: a published wave chose it; its positions and its page are settled before the reveal.
    reserve: a published wave put it on the list of those called when another leaves.
    declined: a published wave did not choose it; its reason was written to its leads.
    published: revealed: preselected candidates may rank it.
    withdrawn: its administration took it out; wishes and auditions that point to it are undone.
    """

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


class HearingStatus(TextChoices):
    """The meeting of a project with its jury.

    planned: it has a jury and an hour; told or not, see `told`.
    heard: the jury met its leads and fills the group's grid.
    absent: nobody came; once cancelled, another may be planned.
    cancelled: it does not take place; its hour is free.
    """

    PLANNED = "planned", "Prévue"
    HEARD = "heard", "Entendu"
    ABSENT = "absent", "Absence"
    CANCELLED = "cancelled", "Annulée"


class ProposalStatus(TextChoices):
    """What the team proposes to the leads for a position.

    proposed: waits for the lead's answer; one at a time for a position.
    accepted: the position was rewritten by it.
    returned: the lead sent it back and said why.
    replaced: a later proposal took its place before any answer.
    """

    PROPOSED = "proposed", "Proposé"
    ACCEPTED = "accepted", "Accepté"
    RETURNED = "returned", "Retourné"
    REPLACED = "replaced", "Remplacé"


class VisaStatus(TextChoices):
    """What an outside person says of one section of a project.

    asked: a personal link was sent; no answer yet.
    given: the section was approved as it stood: its hash is kept.
    change_asked: the person wants a change, said in words.
    replaced: another visa was asked for the section since.
    revoked: the lead took the question back; its link is closed.
    """

    ASKED = "asked", "Demandé"
    GIVEN = "given", "Donné"
    CHANGE_ASKED = "change_asked", "Modification demandée"
    REPLACED = "replaced", "Remplacé"
    REVOKED = "revoked", "Annulé"
