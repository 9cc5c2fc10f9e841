"""What a dossier still lacks, section by section; and the answers that close the door."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eig.dossiers.choices import QuestionType
from eig.dossiers.rules.form import FormView, QuestionView, SectionView, is_asked
from eig.dossiers.rules.parts import PARTS, ROW_NAMES, ROWS, filled

GROUPED = frozenset({QuestionType.YES_NO, QuestionType.CHOICE, QuestionType.CHOICES})


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to fill: where it is (codes), how to say it, and the id of the field to go to."""

    section: str
    question: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Barrier:
    """An answer that does not allow to hand in, and why."""

    section: str
    question: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How many required questions of a section are answered; `total` is 0 when everything is optional."""

    code: str
    title: str
    done: int
    total: int

    @property
    def is_optional(self) -> bool:
        return self.total == 0

    @property
    def is_complete(self) -> bool:
        return self.done == self.total

    @property
    def is_started(self) -> bool:
        return 0 < self.done < self.total


def anchor_of(question: QuestionView) -> str:
    """The id of the question's first field on its page."""
    if question.is_file:
        return f"fichier-{question.code}"
    if question.type in PARTS:
        row = "__0" if question.type in ROWS else ""
        return f"id_{question.code}{row}__{PARTS[question.type][0].code}"
    if question.type == QuestionType.TRADES:
        return f"id_{question.code}__1"
    return f"id_{question.code}{'_0' if question.type in GROUPED else ''}"


def _lacks(
    question: QuestionView, answers: Mapping[str, Any], attached: Collection[str]
) -> Iterator[tuple[str, str]]:
    """(what to say, where to go) of everything this one question lacks."""
    here = anchor_of(question)
    if question.is_file:
        if question.required and question.code not in attached:
            yield question.label, here
        return
    value: Any = answers.get(question.code)
    needed = question.required and is_asked(question, answers)
    if not filled(value):
        if needed:
            yield question.label, here
        return
    if question.type in ROWS:
        yield from _lacking_rows(question, value)
    elif question.type in PARTS:
        for part in PARTS[question.type]:
            if part.required and not filled(value.get(part.code)):
                yield f"{question.label} : {part.label.lower()}", f"id_{question.code}__{part.code}"
    elif isinstance(value, list) and len(value) < question.option("choices_min", 0):
        yield f"{question.label} : au moins {question.option('choices_min', 0)} réponses", here


def _lacking_rows(question: QuestionView, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    name = ROW_NAMES[question.type]
    for index, row in enumerate(rows):
        for part in PARTS[question.type]:
            if part.required and not filled(row.get(part.code)):
                where = f"id_{question.code}__{index}__{part.code}"
                yield f"{question.label}, {name.lower()} {index + 1} : {part.label.lower()}", where
    least = question.option("rows_min", 0)
    if len(rows) < least:
        yield (
            f"{question.label} : au moins {least}",
            f"id_{question.code}__{len(rows)}__{PARTS[question.type][0].code}",
        )
    if question.type == QuestionType.POSITIONS:
        seats = sum(int(row.get("seats") or 1) for row in rows)
        low, high = question.option("seats_min", 1), question.option("seats_max", 99)
        if not low <= seats <= high:
            said = f"entre {low} et {high}" if low != high else str(low)
            yield (
                f"{question.label} : {said} places en tout (vous en prévoyez {seats})",
                f"id_{question.code}__0__seats",
            )


def missing_parts(
    form: FormView, answers: Mapping[str, Any], attached: Collection[str] = ()
) -> list[Missing]:
    """Everything to fill before handing in, in the order of the form."""
    return [
        Missing(section.code, question.code, label, anchor)
        for section in form.sections
        for question in section.questions
        for label, anchor in _lacks(question, answers, attached)
    ]


def barriers(form: FormView, answers: Mapping[str, Any]) -> list[Barrier]:
    """The answers that exclude, with the reason the règlement gives."""
    return [
        Barrier(
            section.code, question.code, question.label, str(question.options.get("ineligible_reason", ""))
        )
        for section in form.sections
        for question in section.questions
        if question.options.get("eligible")
        and filled(answers.get(question.code))
        and answers[question.code] != question.options["eligible"]
    ]


def _section_progress(
    section: SectionView, answers: Mapping[str, Any], attached: Collection[str]
) -> SectionProgress:
    needed = [question for question in section.questions if question.required and is_asked(question, answers)]
    lacking = [question for question in needed if any(_lacks(question, answers, attached))]
    return SectionProgress(section.code, section.title, len(needed) - len(lacking), len(needed))


def progress(
    form: FormView, answers: Mapping[str, Any], attached: Collection[str] = ()
) -> list[SectionProgress]:
    return [_section_progress(section, answers, attached) for section in form.sections]


def sections_done(sections: Sequence[SectionProgress]) -> tuple[int, int]:
    """(complete, total) among the sections that require something: « 7 rubriques sur 12 »."""
    needed = [section for section in sections if not section.is_optional]
    return sum(section.is_complete for section in needed), len(needed)
