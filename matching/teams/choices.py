"""States of the draw, of a scenario and of an offer; why a wish was not met."""

from django.db.models import TextChoices


class ScenarioStatus(TextChoices):
    """One way to share out candidates.

    draft: inputs frozen or not, directives may still be added; not computed.
    computed: its result was checked by the second code path; it may be compared, never edited.
    signed: a person chose it, and may take it back until the publication; teams and offers are prepared.
    published: told to everybody; one a promotion.
    """

    DRAFT = "draft", "À calculer"
    COMPUTED = "computed", "Calculé"
    SIGNED = "signed", "Signé"
    PUBLISHED = "published", "Publié"


class DirectiveKind(TextChoices):
    PIN = "pin", "Imposer cette affectation"
    FORBID = "forbid", "Interdire cette affectation"


class OfferStatus(TextChoices):
    """A seat proposed to a person.

    prepared: made at the signature, unseen until the publication.
    sent: the person may answer until `expires_at`.
    accepted: yes, in time; a mission will come from it.
    declined: no; the seat goes to the reserve.
    expired: no answer in time; as a refusal for the seat.
    cancelled: taken back: a withdrawal, a project retired, an erasure.
    """

    PREPARED = "prepared", "Prête"
    SENT = "sent", "En attente de réponse"
    ACCEPTED = "accepted", "Acceptée"
    DECLINED = "declined", "Refusée"
    EXPIRED = "expired", "Expirée"
    CANCELLED = "cancelled", "Annulée"


class Reason(TextChoices):
    """Why a wish was met or not (codes of `docs/algorithm.md`); the label is what the person reads."""

    ASSIGNED = "assigned", "Une place vous est proposée dans ce projet."
    OUTRANKED = (
        "outranked",
        (
            "Toutes les places que vous pouviez occuper, y compris en redistribuant les rôles, "
            "ont été pourvues par des personnes mieux notées par le jury."
        ),
    )
    OUTRANKED_BY_LOTTERY = (
        "outranked_by_lottery",
        "À égalité de note avec la dernière personne retenue : le tirage public vous a départagés.",
    )
    PROJECT_CLOSED = (
        "project_closed",
        "Projet non ouvert : trop peu de personnes pouvaient y être affectées pour former une équipe.",
    )
    FILLED_BY_STAFF_DECISION = (
        "filled_by_staff_decision",
        (
            "Les places que vous pouviez occuper ont été attribuées "
            "par une décision motivée de l’équipe du programme."
        ),
    )
    NO_MATCHING_ROLE = "no_matching_role", "Aucun des postes de ce projet ne correspond à vos métiers."
    NO_SCORE = (
        "no_score",
        (
            "Vous n’avez pas été entendu·e pour ce projet : sans note du jury, "
            "aucune place ne pouvait être proposée."
        ),
    )
    FORBIDDEN = (
        "forbidden",
        "Cette affectation a été écartée par une décision motivée de l’équipe du programme.",
    )
    NOT_REACHED = (
        "not_reached",
        "Vous avez obtenu un projet placé plus haut dans vos vœux : celui-ci n’a pas eu à être examiné.",
    )
    PINNED_ELSEWHERE = (
        "pinned_elsewhere",
        "Une décision motivée de l’équipe du programme vous a affecté·e à un autre projet.",
    )
    UNKNOWN_PROJECT = "unknown_project", "Ce projet ne fait plus partie de la promotion."


# What staff read in a table: a few words for each code.
REASON_FOR_STAFF = {
    Reason.ASSIGNED: "Affectation",
    Reason.OUTRANKED: "Moins bien noté·e",
    Reason.OUTRANKED_BY_LOTTERY: "Départage par le tirage",
    Reason.PROJECT_CLOSED: "Projet fermé",
    Reason.FILLED_BY_STAFF_DECISION: "Place prise par une consigne",
    Reason.NO_MATCHING_ROLE: "Aucun métier commun",
    Reason.NO_SCORE: "Pas de note",
    Reason.FORBIDDEN: "Interdit par une consigne",
    Reason.NOT_REACHED: "Non examiné (mieux obtenu)",
    Reason.PINNED_ELSEWHERE: "Imposé·e ailleurs",
    Reason.UNKNOWN_PROJECT: "Projet retiré",
}


class Property(TextChoices):
    """What the independent checker verifies, in its order; the label says what was found broken."""

    INFEASIBLE = "infeasible", "Aucune répartition ne respecte toutes les consignes."
    STATUS = "status", "L’existence d’une solution est mal jugée."
    SHAPE = "shape", "Le résultat n’a pas la forme attendue."
    UNKNOWN_ID = "unknown_id", "Le résultat cite une personne ou un projet inconnu."
    PIN = "pin", "Une affectation imposée n’est pas respectée."
    CLOSED_PROJECT = "closed_project", "Un projet fermé reçoit quelqu’un, ou un projet ferme sans raison."
    UNACCEPTABLE = "unacceptable", "Une personne est placée là où elle ne pouvait pas l’être."
    STAFFING = "staffing", "Une équipe ne peut pas occuper toutes ses places en même temps."
    MIN_SIZE = "min_size", "Une équipe ouverte est sous la taille minimale."
    BLOCKING_PAIR = "blocking_pair", "Une personne préfère un projet qui l’aurait prise."
    CANDIDATE_OPTIMAL = "candidate_optimal", "Une personne pouvait obtenir mieux dans une répartition stable."
    OPEN_SET = "open_set", "Un meilleur ensemble de projets pouvait rester ouvert."
    ROLES = "roles", "Les postes annoncés sont faux."
    CUTOFFS = "cutoffs", "Les seuils annoncés sont faux."
    REASONS = "reasons", "Les raisons annoncées sont fausses."
    OBJECTIVE = "objective", "Les chiffres annoncés sont faux."


def verdict_in_words(verdict: str) -> str:
    """What staff read of a verdict kept as « code: sentence »."""
    code = verdict.partition(":")[0]
    if code == "ok":
        return "Conforme."
    return Property(code).label if code in Property.values else "Une propriété est rompue."
