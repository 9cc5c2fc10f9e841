"""States of an application, outcomes of preselection, each with its three French names."""

from django.db.models import TextChoices

from eig.evaluation.choices import Many


class Status(TextChoices):
    """An application. The label is the team's word; `STATUS_FOR_PERSON` is what the person reads.

    draft: being written; nobody but its author reads it, and it is no application yet.
    submitted: handed in before the closing; read without its name, corrected only when the team asks.
    ineligible: a condition of the règlement is not met; the person knows which, and the ruling may be undone.
    shortlisted: a published wave preselected it; its author ranks projects and may be heard.
    reserved: a published wave put it on the ordered list of those called when others leave.
    declined: a published wave did not keep it; its reason was written to the person.
    withdrawn: its author, or an erasure, took it out; what it held is freed.
    """

    DRAFT = "draft", "Brouillon"
    SUBMITTED = "submitted", "Déposée"
    INELIGIBLE = "ineligible", "Inéligible"
    SHORTLISTED = "shortlisted", "Présélectionnée"
    RESERVED = "reserved", "En liste complémentaire"
    DECLINED = "declined", "Non retenue"
    WITHDRAWN = "withdrawn", "Retirée"


STATUS_FOR_PERSON = {
    Status.DRAFT: "Votre candidature est en brouillon",
    Status.SUBMITTED: "Votre candidature est déposée",
    Status.INELIGIBLE: "Votre candidature ne remplit pas les conditions",
    Status.SHORTLISTED: "Vous êtes présélectionné·e",
    Status.RESERVED: "Vous êtes en liste complémentaire de la présélection",
    Status.DECLINED: "Votre candidature n’a pas été retenue",
    Status.WITHDRAWN: "Vous avez retiré votre candidature",
}


class Outcome(TextChoices):
    SHORTLISTED = "shortlisted", "Présélectionnée"
    RESERVED = "reserved", "En liste complémentaire"
    DECLINED = "declined", "Non retenue"


class Ineligibility(TextChoices):
    """Why the règlement does not admit an application (EIG 6, art. 3 and 5)."""

    CIVIL_SERVANT = "civil_servant", "Agent titulaire en poste au début de la promotion"
    STUDENT = "student", "Études de premier ou de deuxième cycle en cours"
    JUROR = "juror", "Lecture ou jury de cette promotion"
    FORMER_MEMBER = "former_member", "EIG de la promotion précédente"
    DUPLICATE = "duplicate", "Deuxième candidature de la même personne"
    INCOMPLETE = "incomplete", "Pièces ou réponses demandées et jamais reçues"
    OTHER = "other", "Autre motif"


# The sentence of the règlement that each reason rests on: offered to staff, who may rewrite it.
INELIGIBILITY_LETTERS = {
    Ineligibility.CIVIL_SERVANT: (
        "Le règlement réserve la promotion aux personnes qui ne sont pas agents titulaires en poste "
        "à la date de son début. Votre dossier indique que vous le serez encore."
    ),
    Ineligibility.STUDENT: (
        "Le règlement n’admet pas les personnes qui suivent des études de premier ou de deuxième cycle "
        "pendant la promotion : la mission se mène à plein temps."
    ),
    Ineligibility.JUROR: (
        "Vous prenez part à la lecture des dossiers ou aux jurys de cette promotion. Pour que chaque "
        "personne soit traitée de la même façon, le règlement ne permet pas d’y candidater."
    ),
    Ineligibility.FORMER_MEMBER: (
        "Le règlement n’admet pas les EIG de la promotion précédente, sauf pour un rôle de coach."
    ),
    Ineligibility.DUPLICATE: (
        "Vous avez déposé deux candidatures à cette promotion. Une personne n’en dépose qu’une : "
        "nous lisons l’autre, et celle-ci est mise de côté."
    ),
    Ineligibility.INCOMPLETE: (
        "Nous vous avons demandé de compléter votre dossier, et la date donnée est passée sans réponse."
    ),
    Ineligibility.OTHER: "",
}


class Ruling(TextChoices):
    """What was said of two applications that look alike."""

    DISTINCT = "distinct", "Deux personnes, ou deux dossiers légitimes"
    WITHDRAWN = "withdrawn", "Doublon : l’une des deux est mise de côté"


class BulkKind(TextChoices):
    ASSIGN = Many.ASSIGN.value, Many.ASSIGN.label
    INELIGIBLE = "ineligible", "Déclarer inéligible"
    PROPOSE = "propose", "Proposer une décision"
    COMPLETE = "complete", "Demander un complément"
    WRITE = "write", "Écrire aux personnes"
