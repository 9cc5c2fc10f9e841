"""Databases made once for many tests: cloned from the empty one, filled, then read without a trace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


def _run(statement: str, *names: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement.format(*(connection.ops.quote_name(name) for name in names)))


def clone(name: str, *, of: str) -> None:
    """A copy of a database that nobody is using."""
    connection.close()
    drop(name)
    _run("CREATE DATABASE {} TEMPLATE {}", name, of)


def drop(name: str) -> None:
    _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def door_to(name: str) -> BaseDatabaseWrapper:
    """A connection to another database of the same server."""
    other = connections[DEFAULT_DB_ALIAS].copy()
    other.settings_dict["NAME"] = name
    return other


@contextmanager
def inside(other: BaseDatabaseWrapper) -> Iterator[None]:
    """Everything in this block happens in another database."""
    usual = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = usual


@contextmanager
def forgotten() -> Iterator[None]:
    """What is written in this block is undone, and what waits for the commit never happens."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


Made = TypeVar("Made")


@contextmanager
def filled(name: str, *, of: str, fill: Callable[[], Made]) -> Iterator[tuple[BaseDatabaseWrapper, Made]]:
    """A copy with what `fill` writes in it, in one transaction; it is dropped in the end."""
    clone(name, of=of)
    other = door_to(name)
    with inside(other), transaction.atomic():
        made = fill()
        # No worker listens: what the deeds would wake is left asleep.
        connection.run_on_commit = []
    try:
        yield other, made
    finally:
        other.close()
        drop(name)
