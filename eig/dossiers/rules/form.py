"""A form once read: frozen sections and questions, with the trades of its promotion."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from eig.dossiers.choices import FILE_TYPES, QuestionType


@dataclass(frozen=True, slots=True)
class TradeView:
    code: str
    label: str
    opened: bool = True


@dataclass(frozen=True, slots=True)
class QuestionView:
    code: str
    type: str
    label: str
    help: str = ""
    required: bool = True
    required_if: Mapping[str, Any] = field(default_factory=dict)
    max_length: int | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    identifying: bool = False
    for_readers: bool = True

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in self.options.get("choices", [])]

    @property
    def is_file(self) -> bool:
        return self.type in FILE_TYPES

    def option(self, name: str, default: int) -> int:
        value = self.options.get(name)
        return default if value is None else int(value)

    @property
    def most_files(self) -> int:
        return self.option("max_files", 1 if self.type == QuestionType.FILE else 5)


@dataclass(frozen=True, slots=True)
class SectionView:
    code: str
    title: str
    introduction: str
    questions: tuple[QuestionView, ...]

    @property
    def written(self) -> tuple[QuestionView, ...]:
        """The questions answered in the section's form; files are sent one by one beside it."""
        return tuple(question for question in self.questions if not question.is_file)

    @property
    def files(self) -> tuple[QuestionView, ...]:
        return tuple(question for question in self.questions if question.is_file)


@dataclass(frozen=True, slots=True)
class FormView:
    kind: str
    title: str
    introduction: str
    sections: tuple[SectionView, ...]
    trades: tuple[TradeView, ...] = ()

    def section(self, code: str) -> SectionView | None:
        return next((section for section in self.sections if section.code == code), None)

    def questions(self) -> Iterator[QuestionView]:
        for section in self.sections:
            yield from section.questions

    def question(self, code: str) -> QuestionView | None:
        return next((question for question in self.questions() if question.code == code), None)

    @property
    def trade_labels(self) -> dict[str, str]:
        return {trade.code: trade.label for trade in self.trades}

    @property
    def opened_trades(self) -> tuple[TradeView, ...]:
        return tuple(trade for trade in self.trades if trade.opened)


def is_asked(question: QuestionView, answers: Mapping[str, Any]) -> bool:
    """Whether the question concerns this dossier: some are asked only after a given answer to another one."""
    condition = question.required_if
    return not condition or answers.get(condition["question"]) == condition["equals"]
