"""What a distribution of readings would do, before anybody is given anything."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from candidates.models import Application
from candidates.queries.application import applications_listed
from candidates.queries.reading import readers_with_load
from candidates.queries.ties import reading_board
from eig.evaluation.queries import LoadedReader
from eig.evaluation.rules import Distribution, distribution
from eig.promotions.models import Promotion


def planned_readings(promotion: Promotion) -> Distribution:
    """The pairs that a distribution would make now, and what nobody could take."""
    board = reading_board(promotion)
    return distribution(board.lacking, board.loads, barred=board.barred)


def digest_of(plan: Distribution) -> str:
    """A mark of a plan: what is applied is what was shown."""
    said = ";".join(f"{application}:{reader}" for application, reader in sorted(plan.pairs))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class ReaderAfter:
    """A reader before and after the plan."""

    reader: LoadedReader
    added: int

    @property
    def after(self) -> int:
        return self.reader.held + self.added

    @property
    def is_full(self) -> bool:
        return self.after >= self.reader.cap


def readers_after(promotion: Promotion, plan: Distribution) -> list[ReaderAfter]:
    added: dict[int, int] = {}
    for _, reader in plan.pairs:
        added[reader] = added.get(reader, 0) + 1
    return [ReaderAfter(row, added.get(row.person.pk, 0)) for row in readers_with_load(promotion)]


@dataclass(frozen=True, slots=True)
class Handing:
    """An application of the plan: who would read it, how many readings nobody could take."""

    application: Application
    readers: Sequence[str]
    unmet: int


def touched(plan: Distribution) -> list[int]:
    """The applications of a plan, those that nobody can take first."""
    ids = {application for application, _ in plan.pairs} | set(plan.unmet)
    return sorted(ids, key=lambda pk: (-plan.unmet.get(pk, 0), pk))


def handings(
    promotion: Promotion, plan: Distribution, ids: Sequence[int], *, readers: Sequence[ReaderAfter]
) -> list[Handing]:
    """A page of the plan."""
    names: Mapping[int, str] = {row.reader.person.pk: str(row.reader.person) for row in readers}
    rows = {row.pk: row for row in applications_listed(promotion).filter(pk__in=ids)}
    given: dict[int, list[str]] = {}
    for application, reader in plan.pairs:
        given.setdefault(application, []).append(names.get(reader, ""))
    return [Handing(rows[pk], given.get(pk, []), plan.unmet.get(pk, 0)) for pk in ids if pk in rows]
