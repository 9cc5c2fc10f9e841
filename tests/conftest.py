"""Strictness for every test: real PostgreSQL, no outside socket, the journal stays append-only."""

import gc
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.http import FileResponse
from django.test import TransactionTestCase
from django.utils import timezone

from eig.promotions.models import Phase, Promotion
from journey.setup import create_promotion

pytest_plugins = ["tests.people"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest work begins first, whatever order the others are drawn in: two processes end together."""

    def length(item: pytest.Item) -> int:
        if "rehearsal" in item.nodeid:
            return 0
        return 1 if item.get_closest_marker("xdist_group") else 2

    items.sort(key=length)


def pytest_collection_finish() -> None:
    """What is imported stays to the end: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _private_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Uploads and sent mails of tests go to a folder of their own."""
    root: Path = tmp_path_factory.mktemp("private")
    settings.PRIVATE_ROOT = root
    settings.STORAGES["default"]["OPTIONS"]["location"] = root
    settings.MAIL_SINK_ROOT = root / "mail"
    settings.MAIL_RELAY = "sink"
    # Whitenoise looks for it; nothing is collected there.
    settings.STATIC_ROOT = root / "static"
    settings.STATIC_ROOT.mkdir()


@pytest.fixture(autouse=True)
def _production_settings(settings: pytest.FixtureRequest) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.DEMO = False


@pytest.fixture(autouse=True)
def _downloads_are_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test may look at the status of a download and leave: its file is closed as a server does."""
    closings: list[Callable[[], object]] = []
    headers = FileResponse.set_headers

    def remembered(self: FileResponse, file: Any) -> None:
        # Kept now: a server puts the end of the whole answer in its place.
        closings.append(file.close)
        headers(self, file)

    monkeypatch.setattr(FileResponse, "set_headers", remembered)
    yield
    for close in closings:
        close()


def _empty_tables(self: TransactionTestCase) -> None:
    """After a test with real commits: every row goes, while triggers and foreign keys sleep.

    Emptying sixty small tables by DELETE is thirty times faster than Django's TRUNCATE.
    """
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    tables = set(connection.introspection.django_table_names(only_existing=True)) - kept
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("".join(f'DELETE FROM "{table}";' for table in sorted(tables)))
        cursor.execute("SET session_replication_role = origin")
    # Rate limits live in a table that is no model's.
    cache.clear()


TransactionTestCase._fixture_teardown = _empty_tables


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)


@pytest.fixture
def promotion(db: None) -> Promotion:
    """EIG 6 from the catalogue, every phase open around now."""
    now = timezone.now()
    promotion = create_promotion("eig6", by=None, at=now)
    Phase.objects.filter(promotion=promotion).update(
        opens_at=now - timedelta(days=10),
        planned_opens_at=now - timedelta(days=10),
        closes_at=now + timedelta(days=10),
        planned_closes_at=now + timedelta(days=10),
    )
    return promotion


@pytest.fixture
def promotion_committed(transactional_db: None) -> Promotion:
    """The same, committed, for tests with real concurrency."""
    now = timezone.now()
    promotion = create_promotion("eig6", by=None, at=now)
    Phase.objects.filter(promotion=promotion).update(
        opens_at=now - timedelta(days=10), closes_at=now + timedelta(days=10)
    )
    return promotion
