"""One world for all the tests of this folder, in a database of its own; no test leaves a trace in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import Settings

from eig.french import dates, spaces
from journey import middleware
from tests.databases import clone, door_to, drop, forgotten, inside
from tests.repository.sharing import shared_world
from tests.repository.visiting import Visits
from tests.repository.world import World


@dataclass(frozen=True, slots=True)
class Place:
    """A database, and what was put in it."""

    database: BaseDatabaseWrapper
    world: World
    visits: Visits


@pytest.fixture(autouse=True)
def _sessions_are_not_dated(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """A page answers the same at the first minute of the run and at the tenth.

    The browsers of the world are signed in once for the whole run: what a session's age changes
    (a row written now and then, a grave deed that asks again who is there) is tested elsewhere.
    """
    monkeypatch.setattr(middleware, "SEEN_EVERY_SECONDS", 10**9)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 86_400


@pytest.fixture(autouse=True)
def _spaces_as_people_see_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spaces, "NO_BREAK", dates.NO_BREAK)


@pytest.fixture(scope="session")
def world_place(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, shared_folder: Path
) -> Iterator[Place]:
    """A clone for each process; what one sees behind a door, the others need not open again."""
    with django_db_blocker.unblock():
        made, world = shared_world(shared_folder)
        name = f"{connection.settings_dict['NAME']}_world"
        clone(name, of=made)
        database = door_to(name)
        with inside(database):
            visits = Visits(world, kept=shared_folder / "visits")
        yield Place(database, world, visits)
        database.close()
        drop(name)


@pytest.fixture
def world(world_place: Place, db: None) -> Iterator[World]:
    """The world, to look at and to change: the end of the test undoes it."""
    with inside(world_place.database), forgotten():
        yield world_place.world


@pytest.fixture
def visits(world: World, world_place: Place) -> Visits:
    """What was seen so far behind the doors of the world; each visit undoes what it did."""
    return world_place.visits
