"""The former build's database, as its own commands made it, brought to today's by `migrate`."""

import lzma
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.databases import clone, door_to, drop
from tests.eig.test_mail_kills import database_url

Former = tuple[str, dict[str, int]]
FORMER = Path(__file__).with_name("build_of_2026_11_22.sql.xz")


def address_of(name: str) -> str:
    return urlsplit(database_url())._replace(path=f"/{name}").geturl()


def by_application(name: str) -> str:
    address = urlsplit(address_of(name))
    return address._replace(netloc=f"eig_upgraded:secret@{address.hostname}:{address.port}").geturl()


def psql(name: str, script: bytes) -> None:
    command = ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    done = subprocess.run([*command, address_of(name)], input=script, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-3000:]


def schema_of(name: str) -> str:
    """What pg_dump says of the tables, constraints, triggers and functions."""
    command = ["pg_dump", "--schema-only", "--no-owner", "--no-privileges", address_of(name)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    # Each dump has a key of its own, which says nothing of the schema.
    return "\n".join(line for line in lines if not line.startswith(("\\restrict", "\\unrestrict")))


def settled_schema_of(name: str) -> str:
    """The same after one dump and restore, which writes each expression as PostgreSQL reads it back."""
    copy = f"{name}_settled"
    clone(copy, of="template0")
    try:
        psql(copy, schema_of(name).encode())
        return schema_of(copy)
    finally:
        drop(copy)


def manage(name: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        # By two accounts, as in production: the second one is made by the way.
        env={**os.environ, "DATABASE_URL": by_application(name), "DATABASE_OWNER_URL": address_of(name)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


# The dump has no juror who said they cannot come: half-days were codes.
ABSENT = b"UPDATE projects_hearingjuror SET absences = '{2027-03-01-am,2027-03-02-pm}' WHERE id = 1"
# Nor a juror of auditions who was told, nor a link in what was told; the minutes of panel 5 are written.
TOLD = b"""
UPDATE projects_hearingseat SET told = told || 'https://visio.example/a' WHERE id = 1;
ALTER TABLE interviews_panelseat DISABLE TRIGGER interviews_seats_stay;
UPDATE interviews_panelseat SET told_at = now() WHERE id IN (1, 2) OR panel_id = 5;
ALTER TABLE interviews_panelseat ENABLE TRIGGER interviews_seats_stay;
"""


def counted(database: BaseDatabaseWrapper) -> dict[str, int]:
    """Rows of each table."""
    with database.cursor() as cursor:
        tables = database.introspection.table_names(cursor)
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who needs the former database waits for the same process: it is upgraded once."""
    for item in items:
        if "former" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("former"))


@pytest.fixture(scope="session")
def former(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Former]:
    """Its name after the upgrade, and how many rows each table had before."""
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_former"
        clone(name, of="template0")
        try:
            psql(name, lzma.decompress(FORMER.read_bytes()))
            psql(name, ABSENT + b";" + TOLD)
            other = door_to(name)
            before = counted(other)
            other.close()
            manage(name, "migrate", "--verbosity=0")
            yield name, before
        finally:
            drop(name)
