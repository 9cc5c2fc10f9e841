"""What the pages of a dossier show and do, alike for projects and applications: sections, review, saving."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.timezone import localtime

from eig.dossiers.actions import Conflict, StaleVersion
from eig.dossiers.forms import SectionForm
from eig.dossiers.models import Dossier
from eig.dossiers.rules import (
    Barrier,
    FormView,
    Missing,
    SectionProgress,
    SectionView,
    barriers,
    missing_parts,
    progress,
    sections_done,
)

Address = Callable[[str], str]
STATES = {
    "blocked": ("Empêche de déposer", "error"),
    "optional": ("Facultative", ""),
    "complete": ("Complète", "success"),
    "started": ("En cours", "info"),
    "empty": ("À remplir", ""),
}


class Saver(Protocol):
    def __call__(self, *, answers: Mapping[str, Any], version: int) -> object: ...


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


@dataclass(frozen=True, slots=True)
class MissingLink:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class MissingSection:
    title: str
    items: tuple[MissingLink, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """The outcome of posting a section: status 200 (saved), 422 (some answers are wrong) or 409 (stale)."""

    bound: SectionForm
    version: int
    status: int
    conflicts: tuple[Conflict, ...] = ()
    adding: bool = False

    @property
    def is_saved(self) -> bool:
        """Everything was good and nothing more was asked: go on."""
        return self.status == 200 and not self.adding


def attempt_section(
    data: Mapping[str, Any], *, section: SectionView, form: FormView, dossier: Dossier, save: Saver
) -> Attempt:
    """Save what is good of a posted section through `save`; wrong and stale texts stay on screen."""
    bound = SectionForm(
        section, dossier.answers, data, trades=form.opened_trades, promotion=dossier.promotion
    )
    posted = str(data.get("version") or "")
    version = int(posted) if posted.isdecimal() and len(posted) < 9 else 0
    try:
        save(answers=bound.answers(), version=version)
    except StaleVersion as stale:
        return Attempt(bound, stale.version, 409, stale.conflicts)
    return Attempt(bound, dossier.version, 200 if bound.is_valid() else 422, adding="add_row" in data)


def saved_context(attempt: Attempt, *, at: datetime) -> dict[str, Any]:
    """What an autosave answers: when, or what was not kept; for `dossiers/saved.html`."""
    hour = f"{localtime(at):%H:%M}"
    if attempt.status == 409:
        said = (
            "Cette rubrique a changé entre-temps : rien n’est remplacé. "
            "Enregistrez pour comparer les deux textes."
        )
        return {"said": said}
    if attempt.status == 422:
        wrong = ", ".join(str(attempt.bound[name].label) for name in attempt.bound.errors)
        return {"version": attempt.version, "said": f"Enregistré à {hour}, sauf à corriger : {wrong}."}
    return {"version": attempt.version, "said": f"Enregistré à {hour}."}


def _state(section: SectionProgress, *, blocked: bool) -> tuple[str, str]:
    if blocked:
        return STATES["blocked"]
    if section.is_optional:
        return STATES["optional"]
    return STATES["complete" if section.is_complete else "started" if section.is_started else "empty"]


def section_links(
    sections: list[SectionProgress], *, blocked: Collection[str], address: Address, current: str = ""
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
) -> dict[str, Any]:
    """The contents of a dossier and its progress, for `dossiers/contents.html`."""
    states = progress(form, answers, attached)
    done, total = sections_done(states)
    blocked = {barrier.section for barrier in barriers(form, answers)}
    return {
        "links": section_links(states, blocked=blocked, address=address, current=current),
        "progress_done": done,
        "progress_total": total,
    }


def section_context(
    form: FormView,
    section: SectionView,
    *,
    dossier: Dossier,
    attempt: Attempt | None,
    attached: Collection[str],
    address: Address,
    review_url: str,
) -> dict[str, Any]:
    """Everything `dossiers/section_form.html` prints; `address(code)` is the page of a section."""
    codes = [item.code for item in form.sections]
    place = codes.index(section.code)
    bound = (
        attempt.bound
        if attempt
        else SectionForm(section, dossier.answers, trades=form.opened_trades, promotion=dossier.promotion)
    )
    return {
        **contents_context(form, dossier.answers, attached=attached, address=address, current=section.code),
        "form": bound,
        "section": section,
        "version": attempt.version if attempt else dossier.version,
        "conflicts": attempt.conflicts if attempt else (),
        "wrong": bool(attempt and attempt.status == 422),
        "steps": [item.title for item in form.sections],
        "step": place + 1,
        "previous_url": address(codes[place - 1]) if place else "",
        "next_url": address(codes[place + 1]) if place + 1 < len(codes) else review_url,
        "is_last": place + 1 == len(codes),
        "review_url": review_url,
    }


def review_context(
    form: FormView, answers: Mapping[str, Any], *, attached: Collection[str], address: Address
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
        **contents_context(form, answers, attached=attached, address=address),
        "missing": [section for section in by_section if section.items],
        "missing_count": len(missing),
        "barriers": excluded,
        "may_submit": not missing and not excluded,
    }
