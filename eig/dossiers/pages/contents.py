"""The contents of a dossier, section by section, and what is missing before it is handed in."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from eig.dossiers.queries import LastEdit
from eig.dossiers.rules import (
    Barrier,
    FormView,
    Missing,
    SectionProgress,
    barriers,
    missing_parts,
    progress,
    sections_done,
)

Address = Callable[[str], str]
Edits = Mapping[str, LastEdit]
STATES = {
    "blocked": ("Empêche de déposer", "error"),
    "optional": ("Facultative", ""),
    "complete": ("Complète", "success"),
    "started": ("En cours", "info"),
    "empty": ("À remplir", ""),
}


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section in the contents of the dossier: where it is and how far it is."""

    code: str
    title: str
    url: str
    state: str
    badge: str
    detail: str
    current: bool
    edited: LastEdit | None = None


@dataclass(frozen=True, slots=True)
class MissingLink:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class MissingSection:
    title: str
    items: tuple[MissingLink, ...]


def _state(section: SectionProgress, *, blocked: bool) -> tuple[str, str]:
    if blocked:
        return STATES["blocked"]
    if section.is_optional:
        return STATES["optional"]
    return STATES["complete" if section.is_complete else "started" if section.is_started else "empty"]


def section_links(
    sections: list[SectionProgress],
    *,
    blocked: Collection[str],
    address: Address,
    current: str = "",
    edits: Edits,
) -> list[SectionLink]:
    links = []
    for section in sections:
        state, badge = _state(section, blocked=section.code in blocked)
        links.append(
            SectionLink(
                code=section.code,
                title=section.title,
                url=address(section.code),
                state=state,
                badge=badge,
                detail=f"{section.done} sur {section.total}" if section.total else "",
                current=section.code == current,
                edited=edits.get(section.code),
            )
        )
    return links


def contents_context(
    form: FormView,
    answers: Mapping[str, Any],
    *,
    attached: Collection[str],
    address: Address,
    current: str = "",
    edits: Edits | None = None,
) -> dict[str, Any]:
    """The contents of a dossier and its progress, for `dossiers/contents.html`; `edits`: who wrote last."""
    states = progress(form, answers, attached)
    done, total = sections_done(states)
    blocked = {barrier.section for barrier in barriers(form, answers)}
    return {
        "links": section_links(states, blocked=blocked, address=address, current=current, edits=edits or {}),
        "progress_done": done,
        "progress_total": total,
    }


def review_context(
    form: FormView,
    answers: Mapping[str, Any],
    *,
    attached: Collection[str],
    address: Address,
    edits: Edits | None = None,
) -> dict[str, Any]:
    """What is missing, with links, and what excludes: for `dossiers/review.html`."""
    missing: list[Missing] = missing_parts(form, answers, attached)
    excluded: list[Barrier] = barriers(form, answers)
    by_section = [
        MissingSection(
            section.title,
            tuple(
                MissingLink(item.label, f"{address(section.code)}#{item.anchor}")
                for item in missing
                if item.section == section.code
            ),
        )
        for section in form.sections
    ]
    return {
        **contents_context(form, answers, attached=attached, address=address, edits=edits),
        "missing": [section for section in by_section if section.items],
        "missing_count": len(missing),
        "barriers": excluded,
        "may_submit": not missing and not excluded,
    }
