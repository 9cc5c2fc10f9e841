"""A correction on its pages: what opens again, and each answer before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eig.dossiers.models import Correction
from eig.dossiers.rules import FormView, Piece, SectionView, difference, shown_text


@dataclass(frozen=True, slots=True)
class Changed:
    """One answer of a correction: what it was, what it is, and the difference."""

    label: str
    section: str
    before: str
    after: str
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        return self.before == self.after


def opened_section(form: FormView, correction: Correction) -> SectionView:
    """The questions that are open again, as one section, in the order of the form."""
    asked = set(correction.questions)
    return SectionView(
        "correction",
        "Réponses à corriger",
        "",
        tuple(item for item in form.questions() if item.code in asked),
    )


def changes_of(form: FormView, correction: Correction) -> list[Changed]:
    """Each answer asked for (files are apart), as sealed at the deposit and as it stands on the desk."""
    found = []
    trades: Mapping[str, Any] = form.trade_labels
    for section in form.sections:
        for question in section.written:
            if question.code not in correction.questions:
                continue
            before = shown_text(question, correction.before.get(question.code), trades)
            after = shown_text(question, correction.answers.get(question.code), trades)
            found.append(
                Changed(question.label, section.title, before, after, tuple(difference(before, after)))
            )
    return found
