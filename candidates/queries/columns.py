"""The columns that the staff's list can show: the same on the page and in its export."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from candidates.queries.decision import shown_score
from candidates.queries.severity import severities
from candidates.rules.severity import Severity, adjusted_mark
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import grid_of
from eig.evaluation.rules import mean_mark, shown
from eig.exports.rules import Cell, Column
from eig.promotions.models import Promotion

# An application with what the list adds to it: readings, awaited decision, spread.
Listed = Any


@dataclass(frozen=True, slots=True)
class Lens:
    """What the values of the columns are computed with, loaded once for all the rows."""

    weight: int
    severities: Mapping[int, Severity]
    mobilities: Mapping[str, str]


def lens_of(promotion: Promotion) -> Lens:
    weight = grid_of(promotion, Stage.APPLICATION_READING).total_weight
    question = form_of(promotion, FormKind.APPLICATION).question("mobility")
    return Lens(
        weight=weight,
        severities=severities(promotion, total_weight=weight),
        mobilities=dict(question.choices) if question else {},
    )


def signed_readers(row: Listed) -> list[int]:
    """Readers whose signed sheet counts in the score."""
    return [
        review.reader_id
        for review in row.readings
        if review.sheet.status == SheetStatus.SIGNED and review.counts
    ]


def _mark(row: Listed, lens: Lens) -> Decimal | None:
    return shown_score(row.score, total_weight=lens.weight)


def _adjusted(row: Listed, lens: Lens) -> Decimal | None:
    if row.score is None:
        return None
    readers = signed_readers(row)
    return shown(adjusted_mark(row.score, readers=readers, severities=lens.severities, weight=lens.weight))


def _spread(row: Listed, lens: Lens) -> Decimal | None:
    if row.reviews_signed < 2:
        return None
    return shown(mean_mark([row.spread], weight=lens.weight))


def _readers(row: Listed, lens: Lens) -> str:
    live = [review for review in row.readings if review.sheet.status != SheetStatus.RECUSED]
    return ", ".join(str(review.reader) for review in live)


def _mobility(row: Listed, lens: Lens) -> str:
    return ", ".join(lens.mobilities.get(code, code) for code in row.answers.get("mobility") or [])


def _availability(row: Listed, lens: Lens) -> date | str:
    given = str(row.answers.get("availability") or "")
    try:
        return date.fromisoformat(given)
    except ValueError:
        return given


def _decision(row: Listed, lens: Lens) -> str:
    return ", ".join(item.get_outcome_display() for item in row.awaited)


def _trades(row: Listed, lens: Lens) -> str:
    return ", ".join(link.trade.label for link in row.trade_links.all())


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column: its heading, its value for a row, whether the list shows it unless told otherwise."""

    column: Column
    value: Callable[[Listed, Lens], Cell]
    usual: bool = True


COLUMNS: Mapping[str, ShownColumn] = {
    "person": ShownColumn(Column("Personne", width=26), lambda row, lens: str(row.candidate)),
    "email": ShownColumn(Column("Adresse", width=32), lambda row, lens: row.candidate.email, usual=False),
    "trades": ShownColumn(Column("Métiers", width=24), _trades),
    "expertise": ShownColumn(
        Column("Expertise", width=30), lambda row, lens: str(row.answers.get("expertise") or ""), usual=False
    ),
    "years": ShownColumn(
        Column("Expérience (ans)", "number", 12), lambda row, lens: row.experience_years, usual=False
    ),
    "mobility": ShownColumn(Column("Mobilité", width=30), _mobility, usual=False),
    "availability": ShownColumn(Column("Disponible le", "date", 14), _availability, usual=False),
    "submitted": ShownColumn(
        Column("Déposée le", "moment", 18), lambda row, lens: row.submitted_at, usual=False
    ),
    "status": ShownColumn(Column("État", width=18), lambda row, lens: row.get_status_display()),
    "signed": ShownColumn(Column("Lectures signées", "number", 10), lambda row, lens: row.reviews_signed),
    "given": ShownColumn(Column("Lectures confiées", "number", 10), lambda row, lens: row.live_readings),
    "readers": ShownColumn(Column("Lues par", width=34), _readers, usual=False),
    "mark": ShownColumn(Column("Note sur 5", "number", 10), _mark),
    "adjusted": ShownColumn(Column("Note redressée", "number", 10), _adjusted, usual=False),
    "spread": ShownColumn(Column("Écart", "number", 8), _spread, usual=False),
    "decision": ShownColumn(Column("Décision en préparation", width=22), _decision, usual=False),
}
USUAL = tuple(code for code, item in COLUMNS.items() if item.usual)


def columns_chosen(codes: Sequence[str]) -> tuple[str, ...]:
    """The columns asked for, in the order of the list; the usual ones when none is."""
    return tuple(code for code in COLUMNS if code in codes) or USUAL


def cells(row: Listed, codes: Sequence[str], lens: Lens) -> list[Cell]:
    return [COLUMNS[code].value(row, lens) for code in codes]
