"""Hand out what lacks readings: to all at once, to the one who asks, or one reading more."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from eig.accounts.models import User
from eig.dossiers.models import Dossier
from eig.evaluation.actions.reading import NotAReader, ReadingOver, add_readings, assign_reader, take_back
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Reader, Reading, Ties
from eig.evaluation.queries import AnyReading, being_read, grid_of, is_reader, reading_board
from eig.evaluation.rules import Distribution, distribution, next_in_queue
from eig.journal.actions import entry, record_all
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion

# A place taken from the queue waits so long to be opened: see `Reading`.
HELD_FOR = timedelta(minutes=30)


class NothingLeft(Exception):
    """No dossier lacks a reading that this person may make."""


class PlanChanged(Exception):
    """What was shown is no longer what would be done."""


@transaction.atomic
def give_back_places(model: type[Reading], promotion: Promotion, *, at: datetime) -> int:
    """Free the places taken from the queue and not opened in time; returns how many."""
    late = model._default_manager.filter(
        held_until__lt=at, cleared_at__isnull=True, sheet__status=SheetStatus.DRAFT
    ).filter(**{f"{model.KIND.dossier}__promotion": promotion})
    return take_back(model, late, deed="release_reading", by=None, at=at)


@transaction.atomic
def take_next(
    model: type[AnyReading], promotion: Promotion, *, ties: Ties, by: User, at: datetime
) -> AnyReading:
    """Hand the reader the dossier that lacks readings most; the place is theirs for half an hour.

    One reader at a time: of two who ask at the same instant, the second sees what the first took.
    Raises NotAReader, NothingLeft, ReaderBarred.
    """
    kind = model.KIND
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    if not is_reader(by, promotion, kind.stage):
        raise NotAReader(f"Vous n’êtes pas nommé·e pour lire {kind.several} de cette promotion.")
    give_back_places(model, promotion, at=at)
    board = reading_board(model, promotion, ties=ties, only=by)
    if not board.loads or board.loads[0].held >= board.loads[0].cap:
        raise NothingLeft("Vous avez atteint le nombre de lectures prévu pour une personne.")
    chosen = next_in_queue(board.rows, reader=board.loads[0], barred=board.barred)
    if chosen is None:
        raise NothingLeft(f"{kind.none} n’attend de lecture que vous puissiez faire.")
    dossier = being_read(model).get(pk=chosen)
    return assign_reader(model, dossier, reader=by, by=by, at=at, held_until=at + HELD_FOR)


@transaction.atomic
def hand_out_readings(
    model: type[Reading],
    promotion: Promotion,
    *,
    ties: Ties,
    by: User | None,
    at: datetime,
    shown: str | None = None,
) -> Distribution:
    """Hand out what is missing, third readings too, evenly, within caps and trades, far from ties.

    Returns the pairs made, and what nobody could take. Raises PlanChanged when a plan was `shown` (its
    digest), and it is not this one.
    """
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    give_back_places(model, promotion, at=at)
    # Persons, then dossiers, as everywhere, and the board once both are held: no recusal, no withdrawal and
    # no decision under way can come between the plan and its readings.
    readers = Reader.objects.filter(promotion=promotion, stage=model.KIND.stage)
    list(User.objects.select_for_update().filter(pk__in=readers.values("person")).order_by("pk"))
    rows = being_read(model).filter(promotion=promotion)
    dossiers = {row.pk: row for row in rows.select_for_update(of=("self",)).defer("answers").order_by("pk")}
    board = reading_board(model, promotion, ties=ties)
    plan = distribution(board.rows, board.loads, barred=board.barred)
    if shown is not None and plan.digest != shown:
        raise PlanChanged("Des dossiers ou des lectures ont changé depuis cet aperçu : en voici un nouveau.")
    grid = grid_of(promotion, model.KIND.stage).grid
    add_readings(model, plan.pairs, grid_id=grid.pk, at=at)
    record_all(
        entry("assign_reader", dossiers[dossier], by=by, at=at, reader=reader)
        for dossier, reader in plan.pairs
    )
    return plan


@transaction.atomic
def ask_reading(
    model: type[AnyReading], dossier: Dossier, *, ties: Ties, by: User, at: datetime
) -> AnyReading:
    """One reading more for a dossier whose readers differ, by the least loaded person without a tie.

    Raises NothingLeft, ReaderBarred, ReadingOver.
    """
    Promotion.objects.select_for_update(no_key=True).get(pk=dossier.promotion_id)
    board = reading_board(model, dossier.promotion, ties=ties)
    if dossier.pk not in board.wanted:
        raise ReadingOver(model.KIND.readable)
    asked = [replace(item, count=int(item.dossier == dossier.pk)) for item in board.rows]
    pairs = distribution(asked, board.loads, barred=board.barred).pairs
    if not pairs:
        raise NothingLeft(
            f"Personne ne peut lire {model.KIND.this} : métier, plafond, lien, déport ou lecture déjà faite."
        )
    journal("ask_reading", dossier, by=by, at=at)
    return assign_reader(model, dossier, reader=User.objects.get(pk=pairs[0][1]), by=by, at=at)
