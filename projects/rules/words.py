"""What a state says to the person, and the codes that answers and decisions lead to."""

from collections.abc import Mapping

from projects.choices import AdministrationKind, Status

# From the answer « nature de l’opérateur » to our kinds; the dossier's words are data and may be finer.
KINDS: Mapping[str, AdministrationKind] = {
    "central": AdministrationKind.CENTRAL,
    "operator": AdministrationKind.OPERATOR,
    "field_service": AdministrationKind.FIELD_SERVICE,
    "independent_authority": AdministrationKind.INDEPENDENT,
    "local_authority": AdministrationKind.LOCAL,
    "health": AdministrationKind.HEALTH,
    "jurisdiction": AdministrationKind.OTHER,
}

# For the person: where the project is, and what comes next (never what only staff may know).
NOW: Mapping[str, str] = {
    Status.DRAFT: "Votre dossier est en cours d’écriture. Il n’est pas encore déposé.",
    Status.SUBMITTED: "Votre dossier est déposé. L’équipe programme vérifie qu’il est recevable.",
    Status.INELIGIBLE: "Votre projet n’est pas recevable pour cet appel. Le motif figure ci-dessous.",
    Status.ELIGIBLE: "Votre projet est recevable. Il est lu et noté sur les critères publiés.",
    Status.LAUREATE: "Votre projet est lauréat : précisez les profils et préparez la page publique du défi.",
    Status.RESERVE: "Votre projet est en liste complémentaire : il sera appelé si une place se libère.",
    Status.DECLINED: "Votre projet n’a pas été retenu. Le motif figure ci-dessous.",
    Status.PUBLISHED: "Votre défi est publié. Les personnes présélectionnées peuvent le choisir.",
    Status.WITHDRAWN: "Votre projet est retiré.",
}
NEXT: Mapping[str, str] = {
    Status.DRAFT: "Remplissez les rubriques, relisez, puis déposez avant la clôture de l’appel.",
    Status.SUBMITTED: "Vous recevrez un message dès que la recevabilité sera vérifiée.",
    Status.INELIGIBLE: "Vous pouvez répondre à l’équipe programme si une information manquait.",
    Status.ELIGIBLE: "Les décisions sont publiées ensemble, à une date annoncée : vous recevrez un message.",
    Status.LAUREATE: "La page du défi sera publiée avec celles des autres lauréats.",
    Status.RESERVE: "Nous vous écrirons, quelle que soit la suite.",
    Status.DECLINED: "Vous pouvez proposer de nouveau un projet à une prochaine promotion.",
    Status.PUBLISHED: "Vous participerez aux auditions des candidats qui ont choisi votre projet.",
    Status.WITHDRAWN: "Plus rien n’est attendu de vous.",
}


def kind_of(answer: str) -> AdministrationKind:
    return KINDS.get(answer, AdministrationKind.OTHER)
