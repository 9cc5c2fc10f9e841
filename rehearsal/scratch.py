"""A database and folders of its own for a rehearsal, removed afterwards: the living ones are safe."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql


def _parameters(dbname: str) -> dict[str, Any]:
    given = connection.get_connection_params()
    if owner := settings.DATABASE_OWNER:
        # Who owns the tables may make a database; the application may not.
        given |= {key.lower(): owner[key] for key in ("HOST", "PORT", "USER", "PASSWORD")}
    kept = {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
    return {**kept, "dbname": dbname}


def _address(dbname: str) -> str:
    """The same server as an address for the environment."""
    given = _parameters(dbname)
    user, password = quote(str(given.get("user", ""))), quote(str(given.get("password", "")), safe="")
    host = quote(str(given.get("host", "")), safe="")
    return f"postgres://{user}:{password}@{host}:{given.get('port', '')}/{dbname}"


@contextmanager
def scratch_environment(template: str) -> Iterator[dict[str, str]]:
    """Environment variables that point to a copy of `template` and to empty folders."""
    name = f"rehearsal_{os.getpid()}"
    identifier = sql.Identifier(name)
    current = str(connection.settings_dict["NAME"])
    with psycopg.connect(**_parameters(current), autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(
                identifier, sql.Identifier(template)
            )
        )
    try:
        with tempfile.TemporaryDirectory(prefix="eig-rehearsal-") as folder:
            yield {
                **os.environ,
                "DATABASE_URL": _address(name),
                "DATABASE_OWNER_URL": "",
                "PRIVATE_ROOT": f"{folder}/private",
                # What the living installation keeps outside its database tells nothing of this one.
                "JOURNAL_HEADS": f"{folder}/journal-heads.log",
                "ERASURES_LOG": f"{folder}/erasures.log",
                "MAIL_SINK_ROOT": f"{folder}/mail",
                "MAIL_RELAY": "sink",
                "STATEMENT_TIMEOUT_MS": "60000",
            }
    finally:
        with psycopg.connect(**_parameters(current), autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))


def run_in_scratch(*arguments: str, template: str = "template0") -> int:
    """Run a management command in a scratch database; returns its exit status."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    with scratch_environment(template) as environment:
        return subprocess.run(command, env=environment, cwd=settings.BASE_DIR, check=False).returncode  # noqa: S603
