"""Databases made once for many tests, by whichever process comes first, then cloned for each.

`migrated()` is empty and kept from one run to the next, as long as what its tables come from has not changed;
`made_once()` is filled by real actions, and serves one run.
"""

import fcntl
import hashlib
import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import django
from django.conf import settings
from django.core.management import call_command
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
def turn(lock: Path) -> Iterator[None]:
    """One process at a time; the kernel gives the turn back whatever becomes of who has it."""
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _names(beginning: str) -> list[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [beginning])
        return [name for (name,) in cursor.fetchall()]


@contextmanager
def drafted(name: str, *, of: str, kin: str) -> Iterator[BaseDatabaseWrapper]:
    """A database that takes its name once it is whole; those of the same `kin` give way to it."""
    for former in _names(kin):
        drop(former)
    draft = f"{kin}draft"
    clone(draft, of=of)
    other = door_to(draft)
    try:
        with inside(other):
            yield other
    finally:
        other.close()
    _run("ALTER DATABASE {} RENAME TO {}", draft, name)


@contextmanager
def filled(name: str, *, of: str, fill: Callable[[], Made]) -> Iterator[tuple[BaseDatabaseWrapper, Made]]:
    """A copy with what `fill` writes in it, in one transaction; it is dropped in the end."""
    clone(name, of=of)
    other = door_to(name)
    with inside(other):
        made = _written(fill)
    try:
        yield other, made
    finally:
        other.close()
        drop(name)


def _written(fill: Callable[[], Made]) -> Made:
    with transaction.atomic():
        made = fill()
        # No worker listens: what the deeds would wake is left asleep.
        connection.run_on_commit = []
    return made


def made_once(kind: str, *, shared: Path, fill: Callable[[], Made]) -> tuple[str, Made]:
    """The name of a database to clone, and what `fill` made in it: once for all the processes of a run."""
    run = hashlib.sha256(str(shared).encode()).hexdigest()[:16]
    name, told = f"made_{kind}_{run}", shared / f"{kind}.pickle"
    empty = migrated()
    with turn(shared / f"{kind}.turn"):
        if not told.exists():
            with drafted(name, of=empty, kin=f"made_{kind}_"):
                made = _written(fill)
            told.write_bytes(pickle.dumps(made))
        # Read back even by who made it: the same for all.
        made = pickle.loads(told.read_bytes())
    return name, made


# What the tables are made from, and the rows that `migrate` writes: content types and permissions.
_SOURCES = ("**/migrations/*.py", "**/models.py", "**/models/**/*.py", "**/choices.py", "**/apps.py")
_KIN = "migrated_"


def _sources() -> Iterable[Path]:
    packages = [path for path in settings.BASE_DIR.iterdir() if (path / "__init__.py").exists()]
    for package in packages:
        for pattern in _SOURCES:
            yield from package.glob(pattern)
    yield settings.BASE_DIR / "requirements" / "app.txt"
    yield settings.BASE_DIR / "eig" / "settings.py"
    yield Path(__file__)


def _digest() -> str:
    text = hashlib.sha256(repr((django.VERSION, settings.INSTALLED_APPS)).encode())
    for path in sorted(set(_sources())):
        text.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode() + path.read_bytes())
    return text.hexdigest()[:16]


def migrated() -> str:
    """The name of an empty database with all its tables, for `clone`: nobody is connected to it."""
    name = f"{_KIN}{_digest()}"
    with turn(Path(os.environ["EIG_DATA"]) / "run" / "migrated.turn"):
        if name not in _names(_KIN):
            with drafted(name, of="template0", kin=_KIN):
                call_command("migrate", verbosity=0)
    return name
