"""One Chromium, one server; a database of its own for each journey, and one rich world to look at."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django import Settings

from eig.accounts.models import User
from eig.promotions.models import Phase, Promotion
from journey.actions.founding import create_promotion
from tests.browser.site import Site, launched
from tests.browser.watching import WIDE, Window
from tests.databases import clone, drop, filled
from tests.repository.sharing import shared_world
from tests.repository.world import World

Open = Callable[..., Window]

# A busy machine may take its time; what never comes still fails.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = str(__file__).rpartition("/")[0]
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def _real_mail(settings: Settings) -> None:
    """Django puts mail aside in tests; here it goes where production puts it, in the outbox."""
    settings.EMAIL_BACKEND = "eig.mail.backend.OutboxBackend"


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Here before any test of the folder touches the database, gone before other folders do."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[Site]:
    served = Site()
    yield served
    served.thread.terminate()


@pytest.fixture(scope="session")
def _world_place(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, shared_folder: Path
) -> Iterator[tuple[str, World]]:
    """A clone for each process, where what is seen is written for good."""
    with django_db_blocker.unblock():
        made, world = shared_world(shared_folder)
        name = f"{connection.settings_dict['NAME']}_shown"
        clone(name, of=made)
        yield name, world
        drop(name)


@pytest.fixture
def world(chromium: Browser, site: Site, _world_place: tuple[str, World], db: None) -> Iterator[World]:
    """Many people and records in rich states, to look at."""
    name, made = _world_place
    with site.showing(name):
        yield made


def _promotion() -> Promotion:
    now = timezone.now()
    row = create_promotion("eig6", by=None, at=now)
    Phase.objects.filter(promotion=row).update(
        opens_at=now - timedelta(days=10), closes_at=now + timedelta(days=10)
    )
    return row


@pytest.fixture
def _ground(
    chromium: Browser, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[tuple[str, Promotion]]:
    with django_db_blocker.unblock():
        empty = connection.settings_dict["NAME"]
        name = f"{empty}_walked"
        with filled(name, of=empty, fill=_promotion) as (door, made):
            door.close()
            yield name, made


@pytest.fixture
def promotion(site: Site, _ground: tuple[str, Promotion], db: None) -> Iterator[Promotion]:
    """EIG 6, every phase open, in a database that this test alone changes and that sees real commits."""
    name, made = _ground
    with site.showing(name):
        yield made


@pytest.fixture
def window(chromium: Browser, site: Site) -> Iterator[Open]:
    """Open a window, of nobody or of someone signed in; what it still complains of fails the test."""
    opened: list[Window] = []

    def open_window(who: User | None = None, *, scripts: bool = True) -> Window:
        context = chromium.new_context(viewport=WIDE, locale="fr-FR", java_script_enabled=scripts)
        context.set_default_timeout(15_000)
        opened.append(Window(context, home=site.url))
        opened[-1].become(who)
        return opened[-1]

    yield open_window
    for each in opened:
        each.context.close()
    assert [line for each in opened for line in each.complaints] == []
