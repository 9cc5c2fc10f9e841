"""Every date of the product lies between 2000 and 2100, whatever code writes it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from eig.promotions.models import Phase, Promotion
from tests.repository.test_migrations import OURS

pytestmark = pytest.mark.django_db

DATED = (models.DateField, DateTimeRangeField)


def dated() -> set[tuple[str, str]]:
    """(table, column) of every date, moment and period of our models."""
    return {
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_config.name.split(".")[0] in OURS and model._meta.managed
        for field in model._meta.local_fields
        if isinstance(field, DATED)
    }


def test_every_date_of_every_model_is_bounded_by_the_database() -> None:
    """Lacking one? A migration of its app: RunSQL("SELECT bound_years('<label>')")."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, attname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]"
            " WHERE conname LIKE '%\\_between\\_2000\\_and\\_2100' AND array_length(conkey, 1) = 1"
        )
        bounded = set(cursor.fetchall())
    assert len(dated()) > 150
    assert dated() - bounded == set()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("opens_at", datetime(1, 1, 1, tzinfo=UTC)),
        ("closes_at", datetime(9999, 12, 31, tzinfo=UTC)),
        ("opens_at", datetime(1999, 12, 30, tzinfo=UTC)),
    ],
)
def test_a_year_outside_is_refused(promotion: Promotion, column: str, value: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        promotion.phases.update(**{column: value})


def test_the_first_and_the_last_day_are_taken(promotion: Promotion) -> None:
    """The hours of Paris are those of the day before in UTC."""
    first, last = datetime(1999, 12, 31, 23, tzinfo=UTC), datetime(2100, 12, 31, 22, 59, tzinfo=UTC)
    promotion.phases.update(opens_at=first, closes_at=last)
    assert Phase.objects.filter(opens_at=first, closes_at=last).exists()


def test_what_was_stored_outside_goes_to_the_nearest_bound(promotion: Promotion) -> None:
    def sql(text: str, *given: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(text, given)

    phase = promotion.phases.order_by("pk")[0]
    kept = timezone.now()
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    for column in ("opens_at", "closes_at"):
        sql(f"ALTER TABLE promotions_phase DROP CONSTRAINT {column}_between_2000_and_2100")
    sql("UPDATE promotions_phase SET opens_at = '0001-01-01', closes_at = %s WHERE id = %s", kept, phase.pk)
    sql("SELECT bound_years('promotions')")
    phase.refresh_from_db()
    assert (phase.opens_at.date(), phase.closes_at) == (date(2000, 1, 1), kept)
    with pytest.raises(IntegrityError, match="opens_at_between_2000_and_2100"), transaction.atomic():
        sql("UPDATE promotions_phase SET opens_at = '0001-01-01' WHERE id = %s", phase.pk)
