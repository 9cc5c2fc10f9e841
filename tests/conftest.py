"""Strictness for every test: real PostgreSQL, no outside socket, the journal stays append-only."""

import gc
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import FileResponse
from django.template import engines
from django.test import TransactionTestCase
from django.urls import get_resolver
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from eig.documents import pdf
from eig.documents.pdf import Press
from eig.french import spaces
from eig.promotions.models import Phase, Promotion
from journey.actions.founding import create_promotion
from tests.databases import clone, door_to, drop, inside, made_once, migrated

pytest_plugins = ["tests.people", "tests.listening"]

# How long an example takes says how busy the machine is. The examples are the same for whoever runs a change
# again; `--hypothesis-profile=explore` looks for others.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True)
hypothesis.settings.register_profile("explore", deadline=None)
hypothesis.settings.load_profile("suite")


DURATIONS = Path(__file__).with_name("durations.json")
# Shorter tests are drawn in any order, after the others.
LONG_SECONDS = 2


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record-durations", action="store_true", help=f"rewrite tests/{DURATIONS.name}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest work begins first, so that the processes end together; a browser, once open, serves on."""
    for item in items:
        # xdist 3.8 writes the group of a test where pytest 9.2 no longer reads its name: nothing was grouped.
        if grouped := vars(item).get("_nodeid"):
            item._id = type(item.id).parse(grouped)
    seconds = json.loads(DURATIONS.read_text())

    def turn(item: pytest.Item) -> tuple[int, int]:
        if "rehearsal" in item.nodeid:
            return (0, 0)
        return (
            1 if item.get_closest_marker("browser") else 2,
            -seconds.get(item.nodeid.partition("@")[0], 0),
        )

    items.sort(key=turn)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Keep how long the long tests took, for the order of the next runs."""
    if not config.getoption("record_durations"):
        return
    spent: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        spent[report.nodeid.partition("@")[0]] += report.duration
    long = {name: round(taken) for name, taken in sorted(spent.items()) if taken >= LONG_SECONDS}
    DURATIONS.write_text(json.dumps(long, indent=0, ensure_ascii=False) + "\n")


def pytest_collection_finish() -> None:
    """What is imported stays to the end: the collector need not look at it again and again.

    Views and tags are imported here, not by the first page asked: their lines count whoever asks it.
    """
    assert get_resolver().url_patterns
    assert engines.all()
    gc.collect()
    gc.freeze()
    # A page makes and drops a hundred thousand objects: looked at once a page or so, not a hundred times.
    gc.set_threshold(100_000, 20, 100)


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


@pytest.fixture(scope="session", autouse=True)
def _warm_press() -> Iterator[None]:
    """What is printed without a press of its own goes to one that starts once, and stays warm."""
    with Press() as press, pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "press_html", press.html)
        yield


@pytest.fixture(scope="session", autouse=True)
def _sentences_as_they_were_typed() -> Iterator[None]:
    """Tests quote sentences as authors type them: with the space bar, as the source of the page has them.

    All goes through the edge that sets no-break spaces, which then sets ordinary ones; `tests/repository`,
    which reads every page, letter and print, sees them as people do.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spaces, "NO_BREAK", " ")
        yield


@pytest.fixture(autouse=True)
def _production_settings(settings: pytest.FixtureRequest) -> None:
    # What a test publishes of the journal is undone with its rows.
    settings.JOURNAL_HEADS = settings.PRIVATE_ROOT / f"heads-{uuid4().hex}"
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
        # No model knows these (decision 9).
        cursor.execute(
            "".join(f"DELETE FROM diversity.{table};" for table in ("pool", "tally", "publication"))
        )
        cursor.execute("SET session_replication_role = origin")
    # Rate limits live in a table that is no model's.
    cache.clear()


TransactionTestCase._fixture_teardown = _empty_tables


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database of this process: a clone of the one that was migrated once."""
    usual = str(connection.settings_dict["NAME"])
    name = str(connection.settings_dict["TEST"]["NAME"] or f"test_{usual}")
    with django_db_blocker.unblock():
        clone(name, of=migrated())
        connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = usual
        drop(name)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes of a run leave each other what they made."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if os.environ.get("PYTEST_XDIST_WORKER") else mine


def _found() -> None:
    create_promotion("eig6", by=None, at=timezone.now())


@pytest.fixture(scope="session")
def founded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, shared_folder: Path
) -> Iterator[BaseDatabaseWrapper]:
    """A second database of this process, where EIG 6 was founded: once, not before each test."""
    with django_db_blocker.unblock():
        made, _ = made_once("founded", shared=shared_folder, fill=_found)
        name = f"{connection.settings_dict['NAME']}_founded"
        clone(name, of=made)
        database = door_to(name)
        yield database
        database.close()
        drop(name)


@pytest.fixture
def _ground(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test stands on: the empty database, or the one where EIG 6 was founded."""
    if "on_founded_ground" not in request.fixturenames or _commits(request.node):
        yield
        return
    with inside(request.getfixturevalue("founded")):
        yield


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in item.fixturenames


@pytest.fixture
def _django_db_helper(_ground: None, _django_db_helper: None) -> None:
    """The transaction of a test begins once its ground is chosen."""


@pytest.fixture
def on_founded_ground() -> None:
    """Asked for by name, by what needs EIG 6 to be there (`_ground`)."""


@pytest.fixture
def promotion(on_founded_ground: None, db: None) -> Promotion:
    """EIG 6 from the catalogue, every phase open around now."""
    now = timezone.now()
    if not Promotion.objects.exists():
        create_promotion("eig6", by=None, at=now)
    promotion = Promotion.objects.select_related("programme").get()
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
