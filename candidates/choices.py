"""States of an application, outcomes of preselection, each with its three French names."""

from django.db.models import TextChoices


class Status(TextChoices):
    """The label is the team's word; see `STATUS_FOR_PERSON` for what the person reads."""

    DRAFT = "draft", "Brouillon"
    SUBMITTED = "submitted", "Déposée"
    INELIGIBLE = "ineligible", "Inéligible"
    SHORTLISTED = "shortlisted", "Présélectionnée"
    DECLINED = "declined", "Non retenue"
    WITHDRAWN = "withdrawn", "Retirée"


STATUS_FOR_PERSON = {
    Status.DRAFT: "Votre candidature est en brouillon",
    Status.SUBMITTED: "Votre candidature est déposée",
    Status.INELIGIBLE: "Votre candidature ne remplit pas les conditions",
    Status.SHORTLISTED: "Vous êtes présélectionné·e",
    Status.DECLINED: "Votre candidature n’a pas été retenue",
    Status.WITHDRAWN: "Vous avez retiré votre candidature",
}


class Outcome(TextChoices):
    SHORTLISTED = "shortlisted", "Présélectionnée"
    DECLINED = "declined", "Non retenue"
