"""What a distribution of readings would do, before anybody is given anything; what one more would meet."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eig.dossiers.queries.revision import type_of
from eig.evaluation.models import Reading, Recusal, Ties
from eig.evaluation.queries.queue import LoadedReader, readers_with_load, reading_board
from eig.evaluation.queries.reading import being_read, dossiers_of
from eig.evaluation.rules import Distribution, distribution
from eig.french import of
from eig.listing.description import Row
from eig.listing.lists import Judge
from eig.listing.models import BulkDeed
from eig.promotions.models import Promotion


def planned_readings(model: type[Reading], promotion: Promotion, *, ties: Ties) -> Distribution:
    """The pairs that a distribution would make now, and what nobody could take."""
    board = reading_board(model, promotion, ties=ties)
    return distribution(board.rows, board.loads, barred=board.barred)


@dataclass(frozen=True, slots=True)
class ReaderAfter:
    """A reader before and after a plan."""

    reader: LoadedReader
    added: int
    # With how many others they would read something.
    companions: int

    @property
    def after(self) -> int:
        return self.reader.held + self.added

    @property
    def is_full(self) -> bool:
        return self.after >= self.reader.cap


def readers_after(model: type[Reading], promotion: Promotion, plan: Distribution) -> list[ReaderAfter]:
    added = Counter(reader for _, reader in plan.pairs)
    return [
        ReaderAfter(row, added[row.person.pk], plan.companions.get(row.person.pk, 0))
        for row in readers_with_load(model, promotion)
    ]


def assigning(model: type[Reading]) -> Callable[[BulkDeed, Sequence[int]], Judge]:
    """What a dossier would meet if it were given, with others, to one reader."""
    return lambda deed, ids: _judge(model, deed, ids)


def _judge(model: type[Reading], deed: BulkDeed, ids: Sequence[int]) -> Judge:
    kind, code = model.KIND, deed.given.get("reader")
    chosen = (row for row in readers_with_load(model, deed.promotion) if str(row.person.code) == code)
    reader = next(chosen, None)
    if reader is None:
        return lambda row: "Choisissez la personne qui lira."
    person, rows = reader.person, dossiers_of(model)._default_manager.filter(pk__in=ids).order_by()
    open_ = set(being_read(model).filter(pk__in=ids).order_by().values_list("pk", flat=True))
    own = set(rows.filter(**{kind.writer: person}).values_list("pk", flat=True))
    held = model._default_manager.filter(kind.counted, **{f"{kind.dossier}__in": ids}, reader=person)
    mine = set(held.order_by().values_list(f"{kind.dossier}_id", flat=True))
    recusals = Recusal.objects.filter(person=person, subject_type=type_of(dossiers_of(model)))
    aside = set(recusals.filter(subject_id__in=ids).order_by().values_list("subject_id", flat=True))
    room = reader.cap - reader.held

    def judge(row: Row) -> str:
        nonlocal room
        if row.pk not in open_:
            return kind.readable
        if row.pk in aside:
            return f"{person} s’en est déporté·e."
        if row.pk in mine:
            return f"{person} lit déjà {kind.this}."
        if row.pk in own:
            return kind.own.format(reader=person)
        room -= 1
        return "" if room >= 0 else f"Le plafond {of(person)} est atteint."

    return judge
