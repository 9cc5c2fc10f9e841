"""What the programme decides about projects with paper and pencil: seats, who reads what, what comes next."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eig.french.letters import slug
from projects.choices import AdministrationKind, Outcome, Status

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

AFTER_DECISION: Mapping[str, Status] = {
    Outcome.LAUREATE: Status.LAUREATE,
    Outcome.RESERVE: Status.RESERVE,
    Outcome.DECLINED: Status.DECLINED,
}

SLUG_LIMIT = 100


def kind_of(answer: str) -> AdministrationKind:
    return KINDS.get(answer, AdministrationKind.OTHER)


def squeezed(text: str) -> str:
    """One line, single spaces: how titles and names are kept and compared."""
    return " ".join(text.split())


def slug_of(title: str) -> str:
    """« L’Œil du préfet » → « l-oeil-du-prefet »; « defi » when nothing is left."""
    return slug(title)[:SLUG_LIMIT].strip("-") or "defi"


def free_slug(title: str, taken: Collection[str]) -> str:
    """The slug of a title, numbered from 2 when others have it."""
    first, number = slug_of(title), 2
    candidate = first
    while candidate in taken:
        candidate, number = f"{first}-{number}", number + 1
    return candidate


def seats_refusal(seats: Sequence[int], *, team_min: int, team_max: int) -> str | None:
    """Why the positions do not make a team (règlement EIG6: two or three people), or None when they do."""
    total = sum(seats)
    if team_min <= total <= team_max:
        return None
    wanted = f"{team_min} à {team_max}" if team_min != team_max else f"{team_min}"
    return f"Les profils totalisent {total} place{'s' if total > 1 else ''} ; une équipe en compte {wanted}."


@dataclass(frozen=True, slots=True)
class ReaderLoad:
    """A reader before a distribution: what they already hold, what they may hold at most."""

    reader: int
    held: int
    cap: int


def distribution(
    wanted: Mapping[int, int], loads: Sequence[ReaderLoad], barred: Collection[tuple[int, int]]
) -> list[tuple[int, int]]:
    """(project, reader) pairs to add so that each project gets the readings it lacks, evenly.

    `wanted` is how many readings each project lacks; `barred` holds the (project, reader) pairs that must
    not be made: recusals, own projects, readings that exist. The project with the fewest possible readers
    is served first; each takes the least loaded reader. Same input, same output.
    """
    room = {load.reader: load.cap - load.held for load in loads}
    held = {load.reader: load.held for load in loads}
    forbidden = set(barred)
    pairs: list[tuple[int, int]] = []

    def possible(project: int) -> list[int]:
        return [reader for reader in sorted(room) if room[reader] > 0 and (project, reader) not in forbidden]

    lacking = {project: count for project, count in wanted.items() if count > 0}
    while lacking:
        project = min(lacking, key=lambda item: (len(possible(item)) - lacking[item], item))
        readers = possible(project)
        if not readers:
            del lacking[project]
            continue
        reader = min(readers, key=lambda item: (held[item], item))
        pairs.append((project, reader))
        forbidden.add((project, reader))
        held[reader] += 1
        room[reader] -= 1
        lacking[project] -= 1
        if not lacking[project]:
            del lacking[project]
    return pairs


def paragraphs(text: str) -> list[str]:
    """Plain text cut at its blank lines; single line breaks become spaces."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [squeezed(block) for block in blocks if block.strip()]


def tidy_themes(themes: Iterable[str]) -> list[str]:
    """Themes as typed, without blanks nor doubles, in the order given."""
    seen: dict[str, str] = {}
    for theme in themes:
        clean = squeezed(theme)
        if clean:
            seen.setdefault(clean.casefold(), clean[0].upper() + clean[1:])
    return list(seen.values())


# For the person: where the project is, and what comes next (never what only staff may know).
NOW: Mapping[str, str] = {
    Status.DRAFT: "Votre dossier est en cours d’écriture. Il n’est pas encore déposé.",
    Status.SUBMITTED: "Votre dossier est déposé. L’équipe programme vérifie qu’il est recevable.",
    Status.INELIGIBLE: "Votre projet n’est pas recevable pour cet appel. Le motif figure ci-dessous.",
    Status.ELIGIBLE: "Votre projet est recevable. Il est lu et noté sur les cinq critères.",
    Status.LAUREATE: "Votre projet est lauréat : précisez les profils et préparez la page publique du défi.",
    Status.RESERVE: "Votre projet est en liste complémentaire : il sera appelé si une place se libère.",
    Status.DECLINED: "Votre projet n’a pas été retenu. Le motif figure ci-dessous.",
    Status.PUBLISHED: "Votre défi est publié. Les candidats présélectionnés peuvent le choisir.",
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


def anchor_nearest(anchors: Mapping[str, str], mean: Fraction) -> str:
    """The grid's sentence for the mark nearest to a mean; of two as near, the lower one."""
    marks = sorted(int(mark) for mark in anchors)
    if not marks:
        return ""
    nearest = min(marks, key=lambda mark: (abs(mean - mark), mark))
    return anchors[str(nearest)]
