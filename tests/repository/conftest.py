"""One world for all the tests of this folder, in a database of its own; no test leaves a trace in it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection

from tests.repository.visiting import Visits
from tests.repository.world import World, build
from tests.repository.world.database import drop, filled, forgotten, inside


@dataclass(frozen=True, slots=True)
class Place:
    """A database, and what was put in it."""

    name: str
    world: World


@pytest.fixture(scope="session")
def world_place(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Place]:
    with django_db_blocker.unblock():
        empty = connection.settings_dict["NAME"]
        name = f"{empty}_world"
        yield Place(name, filled(name, of=empty, fill=build))
        drop(name)


@pytest.fixture
def world(world_place: Place, db: None) -> Iterator[World]:
    """The world, to look at and to change: the end of the test undoes it."""
    with inside(world_place.name), forgotten():
        yield world_place.world


@pytest.fixture(scope="session")
def _visits(world_place: Place) -> Visits:
    with inside(world_place.name):
        return Visits(world_place.world)


@pytest.fixture
def visits(world: World, _visits: Visits) -> Visits:
    """What was seen so far behind the doors of the world; each visit undoes what it did."""
    return _visits
