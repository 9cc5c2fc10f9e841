"""« Où en est ma candidature ? »: where it is, what comes next, what is expected, who decides.

Written from the published state alone: nothing here can tell a decision before its hour.
"""

from dataclasses import dataclass

from candidates.choices import STATUS_FOR_PERSON, Status


@dataclass(frozen=True, slots=True)
class Situation:
    """Three names for one state, and who decides; `step` counts from 1 on the candidate's path."""

    now: str
    following: str
    expected: str
    decider: str
    step: int
    # No step follows: the path shows none.
    over: bool = False


READERS = (
    "Deux personnes au moins lisent chaque dossier sans connaître le nom ; "
    "l’équipe programme décide ensuite, à deux."
)

# Next, what is expected of the person, who decides, step on the path.
_SITUATIONS = {
    Status.DRAFT: (
        "Après le dépôt, deux personnes au moins liront votre dossier, sans votre nom.",
        (
            "Remplissez les rubriques, relisez, puis déposez avant la clôture de l’appel. "
            "Un brouillon ne vaut pas dépôt."
        ),
        "Vous : tant que le dossier n’est pas déposé, personne ne le lit.",
        1,
    ),
    Status.SUBMITTED: (
        (
            "Les décisions de présélection sont publiées ensemble. Vous recevrez un message ce jour-là, "
            "et cette page changera en même temps."
        ),
        "Rien pour le moment. Vous pouvez relire votre dossier, ou le retirer.",
        READERS,
        2,
    ),
    Status.INELIGIBLE: (
        "Votre dossier n’est pas lu tant qu’il ne remplit pas les conditions.",
        (
            "Si vous pensez qu’il y a une erreur, répondez au message que vous avez reçu : "
            "l’équipe programme peut rétablir votre candidature."
        ),
        "L’équipe programme vérifie les conditions du règlement.",
        2,
    ),
    Status.SHORTLISTED: (
        "Les projets vous seront présentés, puis vous classerez ceux qui vous attirent.",
        "Lisez les projets dès leur publication et préparez votre classement.",
        "Vous choisissez l’ordre de vos vœux ; les jurys des projets vous entendront ensuite.",
        3,
    ),
    Status.RESERVED: (
        "Si une place se libère, nous vous écrivons ; à défaut, la décision finale vous est donnée.",
        "Rien pour le moment. Si vous n’êtes plus disponible, retirez votre candidature.",
        READERS,
        2,
    ),
    Status.DECLINED: (
        "Cette candidature est terminée. Vous pourrez candidater à une prochaine promotion.",
        "Rien. Le motif est donné ci-dessous ; l’équipe programme répond à vos questions.",
        READERS,
        2,
    ),
    Status.WITHDRAWN: (
        "Cette candidature est terminée.",
        "Rien. Nous avons cessé de vous écrire à son sujet.",
        "Vous l’avez décidé.",
        1,
    ),
}


OVER = {Status.INELIGIBLE, Status.DECLINED, Status.WITHDRAWN}


def situation_of(status: str) -> Situation:
    state = Status(status)
    following, expected, decider, step = _SITUATIONS[state]
    return Situation(STATUS_FOR_PERSON[state], following, expected, decider, step, over=state in OVER)
