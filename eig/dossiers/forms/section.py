"""The form of a section. Composite answers are groups of fields named `code__part` or `code__row__part`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django import forms
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict

from eig.dossiers.choices import QuestionType
from eig.dossiers.forms.fields import Choices, part_field, simple_field, trade_field
from eig.dossiers.rules import PARTS, ROWS, QuestionView, SectionView, filled
from eig.dossiers.rules.parts import MOST_ROWS, ROW_NAMES, SILENT
from eig.promotions.models import Promotion
from eig.promotions.queries import pay_grid
from eig.promotions.rules import net_monthly_pay

CHOICES = {"yes": "oui", "no": "non"}


class TradeLike(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FieldShown:
    bound: BoundField
    is_optional: bool


@dataclass(frozen=True, slots=True)
class RowShown:
    legend: str
    fields: tuple[FieldShown, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One question on the page: one field, or several under a legend, or rows of several."""

    question: QuestionView
    kind: str  # "field", "parts" or "rows"
    fields: tuple[FieldShown, ...]
    rows: tuple[RowShown, ...] = ()
    note: str = ""
    may_grow: bool = False
    may_shrink: bool = False
    version: int = 0

    @property
    def help_id(self) -> str:
        return f"id_{self.question.code}-aide"


class SectionForm(forms.Form):
    """Refuses what is wrong, never what is missing; `answers()` gives what is good even when not all is.

    `trades` are those that may be chosen. Posting `add_row=<question>` shows one more row.
    """

    def __init__(
        self,
        section: SectionView,
        answers: Mapping[str, Any],
        data: Mapping[str, Any] | None = None,
        *,
        trades: Iterable[TradeLike] = (),
        promotion: Promotion | None = None,
    ) -> None:
        super().__init__(data, initial={}, use_required_attribute=False)
        self.section = section
        self.stored = answers
        self.promotion = promotion
        self.trade_choices: Choices = [(trade.code, trade.label) for trade in trades]
        self.counts: dict[str, int] = {}
        self.version = 0
        self.versions: Mapping[str, int] = {}
        for question in section.written:
            self._add(question, answers.get(question.code))

    # --- Building ---

    def _add(self, question: QuestionView, value: Any) -> None:
        if question.type in ROWS:
            self._add_rows(question, value or [])
        elif question.type in PARTS:
            self._add_parts(question, value or {}, prefix=question.code)
        elif question.type == QuestionType.TRADES:
            self._add_trades(question, value or [])
        else:
            self.fields[question.code] = simple_field(question, said=self._help(question, value))
            self.initial[question.code] = value

    def _add_parts(self, question: QuestionView, value: Mapping[str, Any], *, prefix: str) -> None:
        trades = self._with_stored([str(value.get("trade") or "")])
        for part in PARTS[question.type]:
            name = f"{prefix}__{part.code}"
            self.fields[name] = part_field(part, trades=trades, seats=question.option("seats_max", 3))
            if filled(value.get(part.code)):
                self.initial[name] = value[part.code]

    def _add_rows(self, question: QuestionView, value: list[Mapping[str, Any]]) -> None:
        most = question.option("rows_max", MOST_ROWS)
        least = max(question.option("rows_min", 0), 1)
        count = self._posted_rows(question) if self.is_bound else len(value)
        count = max(least, min(count, most))
        self.counts[question.code] = count
        for index in range(count):
            row = value[index] if index < len(value) else {}
            self._add_parts(question, row, prefix=f"{question.code}__{index}")

    def _posted_rows(self, question: QuestionView) -> int:
        posted = str(self.data.get(f"{question.code}__rows") or "")
        count = int(posted) if posted.isdecimal() and len(posted) < 4 else 0
        return count + (self.data.get("add_row") == question.code)

    def _add_trades(self, question: QuestionView, value: list[str]) -> None:
        choices = self._with_stored(value)
        for rank in range(1, question.option("choices_max", 1) + 1):
            name = f"{question.code}__{rank}"
            label = question.label if rank == 1 else "Second métier" if rank == 2 else f"Métier n° {rank}"
            said = question.help if rank == 1 else "Dans votre ordre de préférence."
            self.fields[name] = trade_field(label, choices, said=said)
            self.initial[name] = value[rank - 1] if len(value) >= rank else ""

    def _with_stored(self, codes: list[str]) -> Choices:
        """A trade closed since it was chosen stays on screen, so that nothing changes unseen."""
        known = dict(self.trade_choices)
        return [*self.trade_choices, *((code, code) for code in codes if code and code not in known)]

    def _help(self, question: QuestionView, value: Any) -> str:
        if question.required_if:
            asked = self._label_of(str(question.required_if["question"]))
            expected = str(question.required_if["equals"])
            return f"Si vous répondez « {CHOICES.get(expected, expected)} » à « {asked} ». {question.help}"
        if question.type == QuestionType.YEARS and self.promotion and isinstance(value, int):
            pay = f"{net_monthly_pay(value, pay_grid(self.promotion)):,}".replace(",", "\u202f")
            years = f"{value} an{'s' if value > 1 else ''}"
            return f"{question.help} Avec {years}, vous toucheriez {pay} € net par mois."
        return question.help

    def _label_of(self, code: str) -> str:
        return next((question.label for question in self.section.questions if question.code == code), code)

    # --- Reading ---

    def _names(self, question: QuestionView) -> list[str]:
        if question.type in PARTS or question.type == QuestionType.TRADES:
            return [name for name in self.fields if name.startswith(f"{question.code}__")]
        return [question.code]

    def _part_values(self, question: QuestionView, prefix: str) -> dict[str, Any]:
        values = {part.code: self.cleaned_data.get(f"{prefix}__{part.code}") for part in PARTS[question.type]}
        plain = {code: _plain(value) for code, value in values.items()}
        if "seats" in plain:
            plain["seats"] = int(plain["seats"] or 1)
        return {code: value for code, value in plain.items() if filled(value)}

    def _answer(self, question: QuestionView) -> Any:
        if question.type in ROWS:
            rows = [
                self._part_values(question, f"{question.code}__{index}")
                for index in range(self.counts[question.code])
            ]
            return [row for row in rows if set(row) - SILENT]
        if question.type in PARTS:
            return self._part_values(question, question.code)
        if question.type == QuestionType.TRADES:
            chosen = [self.cleaned_data.get(name) for name in self._names(question)]
            return list(dict.fromkeys(code for code in chosen if code))
        return _plain(self.cleaned_data.get(question.code))

    def answers(self) -> dict[str, Any]:
        """Good answers in plain JSON, by question; None erases. A question with a wrong field is left out."""
        wrong = set(self.errors)
        good = {
            question.code: self._answer(question)
            for question in self.section.written
            if not wrong.intersection(self._names(question))
        }
        return {code: value if filled(value) else None for code, value in good.items()}

    @property
    def wrong_questions(self) -> list[str]:
        wrong = set(self.errors)
        return [item.code for item in self.section.written if wrong.intersection(self._names(item))]

    def with_stored(self, data: MultiValueDict[str, Any], codes: Iterable[str]) -> MultiValueDict[str, Any]:
        """What was posted, but for `codes`, which say again what is stored (of an unbound form)."""
        wanted = [question for question in self.section.written if question.code in set(codes)]
        if not wanted:
            return data
        posted = data.copy()
        for question in wanted:
            if question.code in self.counts:
                posted[f"{question.code}__rows"] = str(self.counts[question.code])
            for name in self._names(question):
                value = self.initial.get(name)
                values = value if isinstance(value, list) else [] if value in (None, False) else [value]
                posted.setlist(name, [str(item) for item in values])
        return posted

    # --- Showing ---

    def show_versions(self, version: int, others: Mapping[str, int] | None = None) -> None:
        """The version that each question on screen comes from: a later save carries it."""
        self.version, self.versions = version, others or {}

    @property
    def groups(self) -> list[Group]:
        return [
            replace(self._group(question), version=self.versions.get(question.code, self.version))
            for question in self.section.written
        ]

    def _group(self, question: QuestionView) -> Group:
        if question.type in ROWS:
            return self._rows_group(question)
        if question.type in PARTS:
            return Group(question, "parts", self._parts_shown(question, question.code))
        if question.type == QuestionType.TRADES:
            optional = [FieldShown(self[name], rank > 0) for rank, name in enumerate(self._names(question))]
            return Group(question, "field", tuple(optional), note=self._barrier(question))
        shown = FieldShown(self[question.code], not question.required)
        return Group(question, "field", (shown,), note=self._barrier(question))

    def _rows_group(self, question: QuestionView) -> Group:
        count = self.counts[question.code]
        name = ROW_NAMES[question.type]
        return Group(
            question,
            "rows",
            (),
            rows=tuple(
                RowShown(f"{name} {index + 1}", self._parts_shown(question, f"{question.code}__{index}"))
                for index in range(count)
            ),
            may_grow=count < question.option("rows_max", MOST_ROWS),
            may_shrink=count > max(question.option("rows_min", 0), 1),
        )

    def _parts_shown(self, question: QuestionView, prefix: str) -> tuple[FieldShown, ...]:
        return tuple(
            FieldShown(self[f"{prefix}__{part.code}"], not part.required and question.required)
            for part in PARTS[question.type]
        )

    def _barrier(self, question: QuestionView) -> str:
        """Why the stored answer closes the door, said beside the question."""
        eligible, value = question.options.get("eligible"), self.stored.get(question.code)
        if not eligible or not value or value == eligible:
            return ""
        return str(question.options.get("ineligible_reason", ""))


def without_row(data: MultiValueDict[str, Any], section: SectionView) -> MultiValueDict[str, Any]:
    """What was posted, less the row named by `remove_row` (« positions:1 »); those after it move up."""
    code, _, place = str(data.get("remove_row") or "").partition(":")
    question = next((item for item in section.written if item.code == code and item.type in ROWS), None)
    count = str(data.get(f"{code}__rows") or "")
    if question is None or not place.isdecimal() or not count.isdecimal() or len(place + count) > 4:
        return data
    posted, gone, total = data.copy(), int(place), int(count)
    if gone >= total:
        return data
    parts = [part.code for part in PARTS[question.type]]
    for index in range(gone, min(total, MOST_ROWS)):
        for part in parts:
            following = posted.getlist(f"{code}__{index + 1}__{part}") if index + 1 < total else []
            posted.setlist(f"{code}__{index}__{part}", following)
    posted[f"{code}__rows"] = str(total - 1)
    return posted


def _plain(value: Any) -> Any:
    """JSON values only; line breaks are those of Unix."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
