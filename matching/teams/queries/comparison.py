"""Scenarios side by side, and what one changes from another: who gains, who loses, who could complain."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from candidates.models import Application
from eig.promotions.models import Promotion
from matching.teams.models import Scenario
from matching.teams.queries.book import book_of
from matching.teams.queries.scenario import frozen
from matching.teams.rules import Changes, Figures, changes, claims_of, figures


@dataclass(frozen=True, slots=True)
class Column:
    """One scenario of a comparison."""

    scenario: Scenario
    figures: Figures
    lowest: Decimal | None
    administrations: int
    closed: tuple[str, ...]


def comparison(promotion: Promotion, scenarios: Sequence[Scenario]) -> list[Column]:
    """Computed scenarios side by side."""
    book = book_of(promotion, people=[])
    columns = []
    for scenario in scenarios:
        instance, result = frozen(scenario)
        counted = figures(instance, result)
        served = {
            book.projects[number].administration_id
            for number in result.get("assignment", {}).values()
            if number in book.projects
        }
        columns.append(
            Column(
                scenario=scenario,
                figures=counted,
                lowest=book.mark(counted.lowest_score),
                administrations=len(served - {None}),
                closed=tuple(book.title(number) for number in counted.closed),
            )
        )
    return columns


@dataclass(frozen=True, slots=True)
class MoveReading:
    application: Application | None
    number: str
    before: str
    after: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Someone whom the pins deprive of a place that the common rule would give."""

    application: Application | None
    number: str
    project: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What `after` changes from `before`."""

    before: Scenario
    after: Scenario
    counted: Changes
    moves: tuple[MoveReading, ...]
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    blocking: tuple[Claim, ...]


def difference(before: Scenario, after: Scenario) -> Difference:
    instance, result = frozen(after)
    counted = changes(instance, before=frozen(before)[1], after=result)
    claims = claims_of(instance, result)
    concerned = [*(move.candidate for move in counted.moves), *(person for person, _ in claims)]
    book = book_of(after.promotion, people=concerned)
    return Difference(
        before=before,
        after=after,
        counted=counted,
        moves=tuple(
            MoveReading(
                application=book.people.get(move.candidate),
                number=move.candidate,
                before=book.title(move.before),
                after=book.title(move.after),
                verdict=move.verdict,
            )
            for move in counted.moves
        ),
        opened=tuple(book.title(number) for number in counted.opened),
        closed=tuple(book.title(number) for number in counted.closed),
        blocking=tuple(
            Claim(book.people.get(person), person, book.title(project)) for person, project in claims
        ),
    )
