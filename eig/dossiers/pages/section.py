"""The page of a section: what was posted, what was kept, what two people wrote at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.datastructures import MultiValueDict

from eig.dossiers.actions import Conflict, Seen, StaleVersion
from eig.dossiers.forms import SectionForm, without_row
from eig.dossiers.models import Written, promotion_of
from eig.dossiers.pages.contents import Address, contents_context
from eig.dossiers.queries import LastEdit, last_edits
from eig.dossiers.rules import FormView, SectionView, Turn

LONGEST = 9


class Saver(Protocol):
    def __call__(self, *, answers: Mapping[str, Any], version: Seen) -> object: ...


@dataclass(frozen=True, slots=True)
class Attempt:
    """The outcome of posting a section: status 200 (saved), 422 (some answers are wrong) or 409 (stale)."""

    bound: SectionForm
    version: int
    status: int
    conflicts: tuple[Conflict, ...] = ()
    # Rows were added or taken out: the page is shown again.
    reshaped: bool = False
    # Questions left as they were here, and changed elsewhere.
    theirs: tuple[str, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_saved(self) -> bool:
        """Everything was good and nothing more was asked: go on."""
        return self.status == 200 and not self.reshaped


def _number(text: object) -> int:
    said = str(text or "")
    return int(said) if said.isdecimal() and len(said) < LONGEST else 0


def seen_of(data: Mapping[str, Any]) -> Seen:
    """What the page was looking at: one version per question, else that of the whole page."""
    prefix = "version__"
    versions = {name.removeprefix(prefix): _number(data[name]) for name in data if name.startswith(prefix)}
    turn = Turn(str(data.get("tab") or "")[:36], _number(data.get("turn")))
    return Seen(_number(data.get("version")), versions, turn)


def attempt_section(
    data: MultiValueDict[str, Any], *, section: SectionView, form: FormView, dossier: Written, save: Saver
) -> Attempt:
    """Save what is good of a posted section through `save`; wrong and stale texts stay on screen.

    `take` names questions for which the other text is preferred: what was posted of them is dropped.
    """
    promotion = promotion_of(dossier)
    seen = seen_of(data)
    stored = SectionForm(section, dossier.answers, trades=form.opened_trades, promotion=promotion)
    posted = stored.with_stored(without_row(data, section), data.getlist("take"))
    bound = SectionForm(section, dossier.answers, posted, trades=form.opened_trades, promotion=promotion)
    given = bound.answers()
    conflicts: tuple[Conflict, ...] = ()
    left = dict(given)
    # Each refusal names at least one question: this ends, whoever else is writing.
    while True:
        try:
            save(answers=left, version=seen)
        except StaleVersion as stale:
            conflicts += stale.conflicts
            for conflict in stale.conflicts:
                left.pop(conflict.question, None)
        else:
            break
    return _attempt(bound, given, seen, dossier, conflicts, reshaped=_reshaped(data))


def _reshaped(data: Mapping[str, Any]) -> bool:
    return "add_row" in data or "remove_row" in data


def _attempt(
    bound: SectionForm,
    given: Mapping[str, Any],
    seen: Seen,
    dossier: Written,
    conflicts: tuple[Conflict, ...],
    *,
    reshaped: bool,
) -> Attempt:
    quarrels = {conflict.question for conflict in conflicts}
    theirs = tuple(
        code for code, value in given.items() if code not in quarrels and dossier.answers.get(code) != value
    )
    kept_old = {code: seen.of(code) for code in (*theirs, *bound.wrong_questions)}
    bound.show_versions(dossier.version, kept_old)
    status = 409 if conflicts else 200 if bound.is_valid() else 422
    return Attempt(bound, dossier.version, status, conflicts, reshaped, theirs, kept_old)


def section_context(
    form: FormView,
    section: SectionView,
    *,
    dossier: Written,
    attempt: Attempt | None,
    attached: Collection[str],
    address: Address,
    review_url: str,
) -> dict[str, Any]:
    """Everything `dossiers/section_form.html` prints; `address(code)` is the page of a section."""
    codes = [item.code for item in form.sections]
    place = codes.index(section.code)
    edits: dict[str, LastEdit] = last_edits(dossier, form)
    return {
        **contents_context(
            form, dossier.answers, attached=attached, address=address, current=section.code, edits=edits
        ),
        **form_context(form, section, dossier=dossier, attempt=attempt),
        "edited": edits.get(section.code),
        "steps": [item.title for item in form.sections],
        "step": place + 1,
        "previous_url": address(codes[place - 1]) if place else "",
        "next_url": address(codes[place + 1]) if place + 1 < len(codes) else review_url,
        "is_last": place + 1 == len(codes),
        "review_url": review_url,
    }


def form_context(
    form: FormView, section: SectionView, *, dossier: Written, attempt: Attempt | None
) -> dict[str, Any]:
    """What `dossiers/questions.html` prints: the fields, and what was refused."""
    promotion = promotion_of(dossier)
    bound = (
        attempt.bound
        if attempt
        else SectionForm(section, dossier.answers, trades=form.opened_trades, promotion=promotion)
    )
    if attempt is None:
        bound.show_versions(dossier.version)
    return {
        "form": bound,
        "section": section,
        "version": attempt.version if attempt else dossier.version,
        "conflicts": attempt.conflicts if attempt else (),
        "wrong": bool(attempt and attempt.status == 422),
    }
