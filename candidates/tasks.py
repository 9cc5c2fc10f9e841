"""The doors of the worker: finish a deed on many applications, end the consents of the pool, export."""

from collections.abc import Iterator, Mapping
from typing import Any

from celery import shared_task
from django.http import QueryDict
from django.utils import timezone
from django.utils.timezone import localtime

from candidates.actions import apply_bulk, expire_pool
from candidates.forms import ApplicationFilter, PoolFilter
from candidates.models import Application, BulkDeed
from candidates.queries import (
    COLUMNS,
    applications_filtered,
    cells,
    columns_chosen,
    lens_of,
    readers_with_load,
    with_readings,
)
from candidates.queries.pool import pool_filtered, pool_trades
from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import shown_text
from eig.exports.rules import Column
from eig.exports.sources import Table, register
from eig.jobs.tasks import wake
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

ROWS_AT_ONCE = 500


def _filtered(given: Mapping[str, Any], *, promotion: Promotion) -> ApplicationFilter:
    """The filter form of the list, from the values that an export keeps (name → list)."""
    data = QueryDict(mutable=True)
    for name, values in given.items():
        data.setlist(name, values)
    return ApplicationFilter(
        data, trades=promotion.trades.order_by("rank", "pk"), readers=readers_with_load(promotion)
    )


def build_applications(promotion: Promotion, given: Mapping[str, Any], by: User) -> Table:
    """The staff's list as it was filtered, with the columns that were on the screen."""
    form, lens = _filtered(given, promotion=promotion), lens_of(promotion)
    codes = columns_chosen(form.chosen_columns())
    rows = applications_filtered(promotion, form.criteria(), total_weight=lens.weight)
    return Table(
        columns=[Column("Numéro", width=16), *(COLUMNS[code].column for code in codes)],
        total=rows.count(),
        rows=(
            [row.number, *cells(row, codes, lens)]
            for row in with_readings(rows).iterator(chunk_size=ROWS_AT_ONCE)
        ),
    )


def build_dossiers(promotion: Promotion, given: Mapping[str, Any], by: User) -> Table:
    """The same list with every column, and every answer of the dossier."""
    form, lens = _filtered(given, promotion=promotion), lens_of(promotion)
    asked = [item for item in form_of(promotion, FormKind.APPLICATION).questions() if not item.is_file]
    trades = {trade.code: trade.label for trade in promotion.trades.order_by("pk")}
    rows = applications_filtered(promotion, form.criteria(), total_weight=lens.weight)

    def answers(row: Application) -> Iterator[str]:
        return (shown_text(question, row.answers.get(question.code), trades) for question in asked)

    return Table(
        columns=[
            Column("Numéro", width=16),
            *(item.column for item in COLUMNS.values()),
            *(Column(question.label, width=40) for question in asked),
        ],
        total=rows.count(),
        rows=(
            [row.number, *cells(row, list(COLUMNS), lens), *answers(row)]
            for row in with_readings(rows).iterator(chunk_size=ROWS_AT_ONCE)
        ),
    )


def build_pool(promotion: Promotion, given: Mapping[str, Any], by: User) -> Table:
    """The talent pool as it was filtered: only consents that still run."""
    today = localtime(moment(promotion)).date()
    first = {name: values[-1] for name, values in given.items() if values}
    form = PoolFilter(first, trades=pool_trades(promotion.programme, on=today))
    rows = pool_filtered(promotion.programme, on=today, **form.values())
    return Table(
        columns=[
            Column("Personne", width=26),
            Column("Adresse", width=32),
            Column("Métiers", width=26),
            Column("Expertise", width=30),
            Column("Expérience (ans)", "number", 12),
            Column("Accord donné le", "date", 14),
            Column("Jusqu’au", "date", 14),
        ],
        total=rows.count(),
        rows=(
            [
                str(row.person),
                row.person.email,
                ", ".join(row.trades),
                row.expertise,
                row.experience_years,
                row.joined_at,
                row.expires_on,
            ]
            for row in rows.iterator(chunk_size=ROWS_AT_ONCE)
        ),
    )


register("candidatures", title="Candidatures", build=build_applications)
register("dossiers", title="Dossiers complets", build=build_dossiers)
register("vivier", title="Vivier", build=build_pool)


@shared_task
def finish_bulk(deed_id: int) -> None:
    deed = BulkDeed.objects.select_related("asked_by", "promotion").filter(pk=deed_id).first()
    while deed is not None and apply_bulk(deed, by=deed.asked_by, at=moment(deed.promotion)):
        pass
    wake_after_commit()


@shared_task
def end_consents() -> None:
    expire_pool(at=timezone.now())


def finish_after_commit(deed: BulkDeed) -> None:
    """Call from a view when rows remain; « Reprendre » does the same if the wake-up is lost."""
    wake(finish_bulk, deed.pk)
