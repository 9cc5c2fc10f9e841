"""The columns that the staff's list of applications can show: the same on the page and in its export."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from candidates.choices import Status
from candidates.queries.severity import severities
from candidates.rules.severity import Severity, adjusted_mark
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import grid_of
from eig.evaluation.rules import shown, shown_score, shown_total
from eig.exports.rules import Column
from eig.listing import columns
from eig.listing.description import Shown
from eig.promotions.models import Promotion

# An application with what the list adds to it: readings, awaited decision, spread.
Listed = Any


@dataclass(frozen=True, slots=True)
class Lens:
    """What the values of the columns are computed with, loaded once for all the rows."""

    promotion: Promotion
    weight: int
    severities: Mapping[int, Severity]
    mobilities: Mapping[str, str]


def lens_of(promotion: Promotion) -> Lens:
    weight = grid_of(promotion, Stage.APPLICATION_READING).total_weight
    question = form_of(promotion, FormKind.APPLICATION).question("mobility")
    return Lens(
        promotion=promotion,
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
    return shown_score(row.score, weight=lens.weight)


def _adjusted(row: Listed, lens: Lens) -> Decimal | None:
    if row.score is None:
        return None
    readers = signed_readers(row)
    return shown(adjusted_mark(row.score, readers=readers, severities=lens.severities, weight=lens.weight))


def _spread(row: Listed, lens: Lens) -> Decimal | None:
    if row.reviews_signed < 2:
        return None
    return shown_total(row.spread, weight=lens.weight)


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


BADGES: Mapping[str, str] = {
    Status.SUBMITTED: "info",
    Status.INELIGIBLE: "error",
    Status.SHORTLISTED: "success",
    Status.RESERVED: "new",
    Status.DECLINED: "",
    Status.WITHDRAWN: "warning",
}


def _door(row: Listed) -> str:
    return reverse("candidates:staff_application_detail", args=[row.promotion.code, row.code])


COLUMNS: Mapping[str, Shown] = {
    "number": columns.text("Numéro", "number", width=16, href=_door),
    "person": columns.person("candidate"),
    "email": columns.text("Adresse", "candidate.email", width=32, usual=False),
    "trades": columns.text(
        "Métiers", lambda row: ", ".join(link.trade.label for link in row.trade_links.all())
    ),
    "expertise": columns.text(
        "Expertise", lambda row: str(row.answers.get("expertise") or ""), width=30, usual=False
    ),
    "years": columns.figure("Expérience (ans)", "experience_years", width=12, usual=False),
    "mobility": Shown(Column("Mobilité", width=30), _mobility, usual=False),
    "availability": Shown(Column("Disponible le", "date", 14), _availability, usual=False),
    "submitted": columns.moment("Déposée le", "submitted_at", usual=False),
    "status": columns.state("status", BADGES),
    "signed": columns.figure("Lectures signées", "reviews_signed"),
    "given": columns.figure("Lectures confiées", "live_readings"),
    "readers": Shown(Column("Lues par", width=34), _readers, usual=False),
    "mark": Shown(Column("Note", "number", 10), _mark),
    "adjusted": Shown(Column("Note redressée", "number", 10), _adjusted, usual=False),
    "spread": Shown(Column("Écart", "number", 8), _spread, usual=False),
    "decision": Shown(Column("Décision en préparation", width=22), _decision, usual=False),
}
