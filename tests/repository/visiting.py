"""Open every door as every actor, and keep what was seen: once for all the tests that ask about it."""

import os
import pickle
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import HttpResponse, QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.functional import cached_property

from eig.accounts.models import User
from tests.databases import forgotten
from tests.repository.doors import ACTORS, Door, Way, way
from tests.repository.states import state_read
from tests.repository.world import World

ROOMS = (
    "accounts",
    "design",
    "demo",
    "journey",
    "meetings",
    "projects",
    "candidates",
    "desk",
    "listing",
    "exports",
    "orders",
    "ranking",
    "interviews",
    "teams",
    "cohorts",
    "privacy",
    "diversity",
    "emergency",
)
TABLES = [import_module(f"tests.repository.doors.{room}") for room in ROOMS]
DOORS: Mapping[str, Door] = {name: door for table in TABLES for name, door in table.DOORS.items()}
# What pg_stat_xact_user_tables says, four times as fast.
COUNTS = """SELECT relname, pg_stat_get_xact_tuples_inserted(oid)
    + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)
    FROM pg_class WHERE relkind = 'r' AND oid >= 16384"""
# Written by the libraries at each visit, whoever comes: who is signed in, and since when.
# The bounds of transactions, and our own counting.
NOT_QUERIES = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO", COUNTS)
FURNITURE = {"django_session", "usersessions_usersession", "cache"}


@dataclass(frozen=True, slots=True)
class Visit:
    door: Door
    actor: str
    verb: str
    url: str
    status: int
    location: str
    headers: Mapping[str, str]
    body: bytes
    queries: int
    written: frozenset[str]
    # What the page looked for in the query of its address: none can change a page that looked for nothing.
    asked: frozenset[str]
    # What it read of the state of promotions: no other can change its answer.
    read: frozenset[str]

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def leads_to_login(self) -> bool:
        return self.status == 302 and self.location.startswith(reverse("account_login"))

    def __str__(self) -> str:
        return f"{self.verb} {self.url} as {self.actor}: {self.status} {self.location}"


def url_names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every name of the map of the site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        else:
            yield from url_names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


class Visits:
    """The doors of a world, and what was seen behind them, by this process or by another."""

    def __init__(self, world: World, *, kept: Path | None = None) -> None:
        self.world, self.kept = world, kept
        self.seen: dict[tuple[str, str, str], Visit] = {}
        self.ways: dict[str, Way] = {}
        for table in TABLES:
            prefix = next(iter(table.DOORS)).rpartition(":")[0]
            for name, found in table.ways(world).items():
                self.ways[f"{prefix}:{name}" if prefix else name] = found

    def sign_everybody_in(self) -> None:
        """And open a first page: what the libraries write of a new session is written."""
        for who in {self.person(door, actor) for door in DOORS.values() for actor in ACTORS}:
            self.world.browser(who).get(reverse("account_logout"))
            self.world.browser(who).get(reverse("projects:project_list"))

    def way(self, door: Door) -> Way:
        return self.ways.get(door.name) or way()

    def url(self, door: Door, **changes: object) -> str:
        return reverse(door.name, kwargs={**self.way(door).kwargs, **changes})

    def person(self, door: Door, actor: str) -> User | None:
        world, found = self.world, self.way(door)
        people: dict[str, User | None] = {
            "anonymous": None,
            "stranger": world.emile,
            "owner": found.owner or world.alice,
            "double": found.double or world.camille,
            "agent": world.farid,
            "reader": found.reader or world.claire,
            "aside": world.gaelle,
            "staff": world.diane,
        }
        return people[actor]

    def visit(self, door: Door, actor: str, verb: str = "GET") -> Visit:
        key = (door.name, actor, verb)
        if key not in self.seen:
            self.seen[key] = self._kept(key) or self._keep(key, self.look(door, actor, verb))
        return self.seen[key]

    def _kept(self, key: tuple[str, str, str]) -> Visit | None:
        """What another process saw there, in the same world."""
        path = self.kept and self.kept / ".".join(key)
        return pickle.loads(path.read_bytes()) if path and path.exists() else None

    def _keep(self, key: tuple[str, str, str], visit: Visit) -> Visit:
        if self.kept:
            self.kept.mkdir(exist_ok=True)
            draft = self.kept / f"draft.{os.getpid()}"
            draft.write_bytes(pickle.dumps(visit))
            draft.replace(self.kept / ".".join(key))
        return visit

    def look(self, door: Door, actor: str, verb: str = "GET", *, shown: bool = True) -> Visit:
        """Open a door now, whatever was seen before; its page is not made unless it is `shown`."""
        browser, url = self.world.browser(self.person(door, actor)), self.url(door)
        connection.queries_log.clear()
        with (
            forgotten(),
            CaptureQueriesContext(connection) as queries,
            heard() as asked,
            state_read(shown=shown) as read,
        ):
            before = _writes()
            response = (
                browser.post(url, self.way(door).data) if verb == "POST" else browser.generic(verb, url)
            )
            after = _writes()
        return Visit(
            door=door,
            actor=actor,
            verb=verb,
            url=url,
            status=response.status_code,
            location=response.headers.get("Location", ""),
            headers=dict(response.headers),
            body=body_of(response),
            queries=sum(not query["sql"].startswith(NOT_QUERIES) for query in queries),
            written=frozenset(table for table in after if after[table] != before.get(table, 0)) - FURNITURE,
            asked=frozenset(asked),
            read=frozenset(read),
        )

    def all(self) -> Iterator[Visit]:
        """Every door asked for a page by every actor: those that nobody has opened yet, in any order."""
        doors = list(DOORS.values())
        for door in random.sample(doors, len(doors)):
            for actor in ACTORS:
                self.visit(door, actor)
        for door in doors:
            for actor in ACTORS:
                yield self.visit(door, actor)


def listening(names: set[str]) -> type[QueryDict]:
    """What a page is sent, that keeps there the names it is asked for."""

    class Heard(QueryDict):
        def __getitem__(self, name: str) -> Any:
            names.add(name)
            return super().__getitem__(name)

        def _getlist(self, name: str, default: Any = None, force_list: bool = False) -> Any:
            names.add(name)
            return super()._getlist(name, default, force_list)

        def __contains__(self, name: object) -> bool:
            names.add(str(name))
            return super().__contains__(name)

        def lists(self) -> Any:
            names.update(self)
            return super().lists()

    return Heard


@contextmanager
def heard() -> Iterator[set[str]]:
    """The names that pages look for in the query of their address; all of it is the name ""."""
    names: set[str] = set()

    def query(request: WSGIRequest) -> QueryDict:
        names.add("")
        return listening(names)(request.META.get("QUERY_STRING", ""), encoding=request.encoding)

    usual, WSGIRequest.GET = WSGIRequest.GET, cached_property(query)
    WSGIRequest.GET.__set_name__(WSGIRequest, "GET")
    try:
        yield names
    finally:
        WSGIRequest.GET = usual


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def _writes() -> dict[str, int]:
    """How many rows this transaction has written so far, by table."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        return dict(cursor.fetchall())


@cache
def door_names() -> list[str]:
    return sorted(DOORS)


__all__ = ["DOORS", "HttpResponse", "Visit", "Visits", "door_names", "url_names"]
