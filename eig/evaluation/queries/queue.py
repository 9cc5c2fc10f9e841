"""What is left to hand out: readings that lack, readers and their load, pairs that must not be made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from eig.accounts.models import User
from eig.dossiers.models import Dossier
from eig.dossiers.queries.revision import type_of
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Reader, Reading, ReadingKind, Recusal, Ties
from eig.evaluation.queries.grid import grid_of
from eig.evaluation.queries.reading import being_read, dossiers_of
from eig.evaluation.rules import Lacking, ReaderLoad, mean_mark, needs_third_reader, readings_lacking
from eig.french import french
from eig.promotions.models import Promotion


def _live(model: type[Reading], promotion: Promotion) -> Mapping[int, dict[int, int | None]]:
    """Dossier id → reader → the total of each live reading that counts; None for one that is not signed."""
    kind = model.KIND
    rows = (
        model._default_manager.filter(kind.counted, **{f"{kind.dossier}__promotion": promotion})
        .exclude(sheet__status=SheetStatus.RECUSED)
        .order_by("pk")
        .values_list(f"{kind.dossier}_id", "reader_id", "sheet__total")
    )
    found: dict[int, dict[int, int | None]] = {}
    for dossier, reader, total in rows:
        found.setdefault(dossier, {})[reader] = total
    return found


def _means(totals: Iterable[int | None], *, weight: int) -> list[Fraction]:
    return [mean_mark([total], weight=weight) for total in totals if total is not None]


def trades_by_dossier(model: type[Reading], promotion: Promotion) -> Mapping[int, set[int]]:
    """Dossier id → its trades; empty in a call that has none."""
    path = model.KIND.trades
    found: dict[int, set[int]] = {}
    if path:
        rows = dossiers_of(model)._default_manager.filter(promotion=promotion, **{f"{path}__isnull": False})
        for dossier, trade in rows.order_by("pk").values_list("pk", path):
            found.setdefault(dossier, set()).add(trade)
    return found


def lacking_readings(model: type[Reading], promotion: Promotion) -> list[Lacking]:
    """Every dossier being read, with the readings it lacks; one more when two readers differ too much."""
    return [item for item in _readings(model, promotion) if item.is_open]


def _readings(model: type[Reading], promotion: Promotion) -> list[Lacking]:
    """Those, and the dossiers whose reading is over: they lack nothing, and say who read with whom."""
    kind = model.KIND
    weight = grid_of(promotion, kind.stage).total_weight
    live, trades = _live(model, promotion), trades_by_dossier(model, promotion)
    rows = (
        dossiers_of(model)
        ._default_manager.filter(promotion=promotion, submitted_at__isnull=False)
        .annotate(is_open=Exists(being_read(model).filter(pk=OuterRef("pk")).order_by()))
        .filter(Q(is_open=True) | Q(pk__in=live))
    )
    found = []
    for dossier, since, is_open in rows.order_by("submitted_at", "pk").values_list(
        "pk", "submitted_at", "is_open"
    ):
        assert since is not None
        totals = live.get(dossier, {})
        means = _means(totals.values(), weight=weight)
        required, gap = getattr(promotion, kind.required), promotion.third_reader_gap
        lacks = readings_lacking(required=required, live=len(totals), means=means, gap=gap)
        mine = frozenset(trades.get(dossier, ()))
        count = lacks if is_open else 0
        found.append(Lacking(dossier, count, since, len(means), mine, frozenset(totals), is_open))
    return found


def dossiers_apart(model: type[Reading], promotion: Promotion) -> list[int]:
    """The dossiers whose two signed readings differ by the gap: a third is needed."""
    weight, gap = grid_of(promotion, model.KIND.stage).total_weight, promotion.third_reader_gap
    return [
        dossier
        for dossier, totals in _live(model, promotion).items()
        if needs_third_reader(_means(totals.values(), weight=weight), gap=gap)
    ]


def _with_trades(readers: QuerySet[Any], kind: ReadingKind) -> QuerySet[Any]:
    """Their trades, where the call has some."""
    return readers.prefetch_related("trades") if kind.trades else readers


@dataclass(frozen=True, slots=True)
class ReadingBoard:
    """Everything a distribution needs to know: readings to make, readers, pairs not to make."""

    rows: Sequence[Lacking]
    loads: Sequence[ReaderLoad]
    barred: frozenset[tuple[int, int]]

    @property
    def wanted(self) -> Mapping[int, int]:
        return {item.dossier: item.count for item in self.rows if item.is_open}


def reading_board(
    model: type[Reading], promotion: Promotion, *, ties: Ties, only: User | None = None
) -> ReadingBoard:
    """The board of a call; of one reader when `only` is given."""
    kind = model.KIND
    readers = Reader.objects.filter(promotion=promotion, stage=kind.stage, person__is_active=True)
    rows = readers.filter(person=only) if only else readers
    people = list(_with_trades(rows.select_related("person").order_by("pk"), kind))
    reviews = model._default_manager.filter(**{f"{kind.dossier}__promotion": promotion}).order_by("pk")
    held = dict(
        reviews.filter(kind.regular)
        .exclude(sheet__status=SheetStatus.RECUSED)
        .order_by()
        .values_list("reader_id")
        .annotate(total=Count("pk"))
    )
    recusals = Recusal.objects.filter(
        promotion=promotion, subject_type=type_of(dossiers_of(model))
    ).order_by()
    written = dossiers_of(model)._default_manager.filter(promotion=promotion).order_by()
    return ReadingBoard(
        rows=_readings(model, promotion),
        loads=[
            ReaderLoad(
                reader=row.person_id,
                held=held.get(row.person_id, 0),
                cap=row.cap,
                trades=frozenset(trade.pk for trade in row.trades.all()) if kind.trades else frozenset(),
            )
            for row in people
        ],
        barred=frozenset(
            reviews.filter(kind.counted)
            .order_by()
            .values_list(f"{kind.dossier}_id", "reader_id")
            .union(recusals.values_list("subject_id", "person_id"), written.values_list("pk", kind.writer))
        )
        | frozenset(ties(promotion, [row.person for row in people])),
    )


@dataclass(frozen=True, slots=True)
class LoadedReader:
    """A reader: what they may hold, what they hold, what they have signed or stepped aside from."""

    person: User
    cap: int
    trades: Sequence[str]
    held: int
    signed: int
    recused: int
    # Since when the oldest reading waits for a signature.
    waits_since: datetime | None

    @property
    def left(self) -> int:
        return self.held - self.signed


def readers_with_load(model: type[Reading], promotion: Promotion) -> list[LoadedReader]:
    """Every appointed reader with what they hold, by name."""
    kind, path = model.KIND, f"person__{model._meta.app_label}_reviews"
    mine = model._default_manager.filter(kind.regular, **{f"{kind.dossier}__promotion": promotion})

    def of(*states: SheetStatus) -> Q:
        return Q(**{f"{path}__in": mine, f"{path}__sheet__status__in": states})

    rows = (
        Reader.objects.filter(promotion=promotion, stage=kind.stage)
        .select_related("person")
        .annotate(
            held=Count(path, filter=of(SheetStatus.DRAFT, SheetStatus.SIGNED), distinct=True),
            signed=Count(path, filter=of(SheetStatus.SIGNED), distinct=True),
            recused=Count(path, filter=of(SheetStatus.RECUSED), distinct=True),
            waits_since=Min(f"{path}__assigned_at", filter=of(SheetStatus.DRAFT)),
        )
        .order_by(french("person__last_name"), french("person__first_name"), "pk")
    )
    return [
        LoadedReader(
            person=row.person,
            cap=row.cap,
            trades=[trade.label for trade in row.trades.all()] if kind.trades else [],
            held=row.held,
            signed=row.signed,
            recused=row.recused,
            waits_since=row.waits_since,
        )
        for row in _with_trades(rows, kind)
    ]


def readers_to_choose(model: type[Reading], dossier: Dossier) -> list[LoadedReader]:
    """Readers who may still be given this dossier by hand, the least loaded first."""
    kind = model.KIND
    taken = model._default_manager.filter(kind.counted, **{kind.dossier: dossier}).order_by()
    aside = Recusal.objects.filter(subject_type=type_of(dossier), subject_id=dossier.pk).order_by()
    written = type(dossier)._default_manager.filter(pk=dossier.pk).order_by()
    barred = {
        person
        for (person,) in taken.values_list("reader_id").union(
            aside.values_list("person_id"), written.values_list(kind.writer)
        )
    }
    able = [row for row in readers_with_load(model, dossier.promotion) if row.person.pk not in barred]
    return sorted(able, key=lambda row: row.held)
