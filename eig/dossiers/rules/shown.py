"""Answers in words: for the screen, the readers and the PDF."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from eig.dossiers.choices import QuestionType
from eig.dossiers.rules.form import FormView, QuestionView, is_asked
from eig.dossiers.rules.parts import PARTS, ROW_NAMES, ROWS, filled
from eig.french import dates

YES_NO = {"yes": "Oui", "no": "Non"}
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Row:
    """One group of a composite answer: its title (« Profil 1 », or nothing) and (label, text) pairs."""

    title: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer: a text, or rows; neither when nothing was answered."""

    code: str
    label: str
    type: str
    text: str = ""
    rows: tuple[Row, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.rows


@dataclass(frozen=True, slots=True)
class SectionAnswers:
    code: str
    title: str
    answers: tuple[ShownAnswer, ...]


def _day(value: str) -> str:
    try:
        return dates.day(date.fromisoformat(value))
    except ValueError:
        return value


def _siret(value: str) -> str:
    return (
        f"{value[:3]} {value[3:6]} {value[6:9]} {value[9:]}".replace(" ", NO_BREAK)
        if len(value) == 14
        else value
    )


def _part_text(kind: str, value: Any, trades: Mapping[str, str]) -> str:
    if not filled(value):
        return ""
    if kind == "trade":
        return trades.get(str(value), str(value))
    if kind == "percent":
        return f"{value}{NO_BREAK}%"
    return _siret(str(value)) if kind == "siret" else str(value)


def shown_text(question: QuestionView, value: Any, trades: Mapping[str, str]) -> str:
    """A simple answer in words; composite ones are joined line by line."""
    if question.type in PARTS:
        rows = _rows(question, value, trades)
        return "\n".join(", ".join(text for _, text in row.pairs) for row in rows)
    if not filled(value):
        return ""
    match question.type:
        case QuestionType.YES_NO:
            return YES_NO.get(value, str(value))
        case QuestionType.CHOICE:
            return dict(question.choices).get(value, str(value))
        case QuestionType.CHOICES:
            return ", ".join(dict(question.choices).get(item, str(item)) for item in value)
        case QuestionType.TRADES:
            return ", puis ".join(trades.get(item, str(item)) for item in value)
        case QuestionType.ATTESTATION:
            return "Oui, je l’atteste"
        case QuestionType.DATE:
            return _day(str(value))
        case QuestionType.YEARS:
            return f"{value}{NO_BREAK}an{'s' if int(value) > 1 else ''}"
    return str(value)


def _rows(question: QuestionView, value: Any, trades: Mapping[str, str]) -> tuple[Row, ...]:
    if not filled(value):
        return ()
    several = question.type in ROWS
    rows = value if several else [value]
    found = []
    for index, row in enumerate(rows):
        texts = [
            (part.label, _part_text(part.kind, row.get(part.code), trades)) for part in PARTS[question.type]
        ]
        title = f"{ROW_NAMES[question.type]} {index + 1}" if several else ""
        found.append(Row(title, tuple(pair for pair in texts if pair[1])))
    return tuple(found)


def _shown(
    question: QuestionView, value: Any, trades: Mapping[str, str], through: Callable[[str], str]
) -> ShownAnswer:
    if question.type in PARTS:
        rows = tuple(
            Row(row.title, tuple((label, through(text)) for label, text in row.pairs))
            for row in _rows(question, value, trades)
        )
        return ShownAnswer(question.code, question.label, question.type, rows=rows)
    return ShownAnswer(
        question.code, question.label, question.type, through(shown_text(question, value, trades))
    )


def answers_shown(
    form: FormView,
    answers: Mapping[str, Any],
    *,
    hide_identifying: bool = False,
    readers_only: bool = False,
    through: Callable[[str], str] = str,
) -> list[SectionAnswers]:
    """The answers of a dossier in words; `through` transforms each text (a redaction). Files are apart."""
    trades = form.trade_labels
    sections = []
    for section in form.sections:
        shown = tuple(
            _shown(question, answers.get(question.code), trades, through)
            for question in section.written
            if not (hide_identifying and question.identifying)
            and (question.for_readers or not readers_only)
            and (is_asked(question, answers) or filled(answers.get(question.code)))
        )
        if shown:
            sections.append(SectionAnswers(section.code, section.title, shown))
    return sections
