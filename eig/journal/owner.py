"""Two accounts of the database: one owns the tables and migrates, one is the application's (decision 18).

With `DATABASE_URL` alone they are the same, which is enough to try the application, not to keep a journal.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.db import connection, transaction
from psycopg import sql

SCHEMAS = ("public", "diversity")
ONE_ACCOUNT = (
    "The application's account of the database may change the journal: it owns the tables or is a superuser. "
    "Set DATABASE_OWNER_URL (the owner) and DATABASE_URL (another account) where migrations run, and "
    "DATABASE_URL alone everywhere else."
)


@contextmanager
def as_owner() -> Iterator[None]:
    """In this block the database is spoken to by the owner of its tables, when they have one of their own."""
    owner = settings.DATABASE_OWNER
    if owner is None:
        yield
        return
    # Its own way there too (the application may go through a pool); the database is the same.
    usual = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    connection.close()
    connection.settings_dict.update({key: owner[key] for key in usual})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(usual)


def application() -> tuple[str, str] | None:
    """The application's account and its password, when another one owns the tables."""
    given = settings.DATABASES["default"]
    owner = settings.DATABASE_OWNER
    return (given["USER"], given["PASSWORD"]) if owner and owner["USER"] != given["USER"] else None


def open_account(user: str, password: str) -> None:
    """By the owner, before migrations: the application's account, if there is none yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [user])
        if cursor.fetchone() is None:
            role = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}")
            cursor.execute(role.format(sql.Identifier(user), sql.Literal(password)))


def grant(user: str) -> None:
    """By the owner, after migrations: read and write the tables, own none, and only add to the journal."""
    who = sql.Identifier(user)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        # Half migrated, or on the way back, not everything is there.
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname = ANY(%s)", [list(SCHEMAS)])
        for schema in [sql.Identifier(name) for (name,) in cursor.fetchall()]:
            for right in (
                "USAGE ON SCHEMA {}",
                "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {}",
                "USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {}",
            ):
                cursor.execute(sql.SQL("GRANT " + right + " TO {}").format(schema, who))
        closed = {table: rights for app in apps.get_app_configs() for table, rights in closed_by(app)}
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename = ANY(%s)", [list(closed)])
        for (table,) in cursor.fetchall():
            rights = sql.SQL(", ".join(closed[table]))
            cursor.execute(sql.SQL("REVOKE {} ON {} FROM {}").format(rights, sql.Identifier(table), who))


def closed_by(app: AppConfig) -> Iterable[tuple[str, tuple[str, ...]]]:
    """What an app says that the application may not do with its tables: `closed`, of its AppConfig."""
    closed: dict[str, tuple[str, ...]] = getattr(app, "closed", {})
    return closed.items()


def may_rewrite() -> bool:
    """Whether this connection could change an entry, or take the guard of the table away."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('journal_entry', 'UPDATE, DELETE, TRUNCATE') "
            "OR pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = 'journal_entry'::regclass"
        )
        return bool(cursor.fetchone()[0])


def check_accounts(*, databases: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """`check --deploy --database default`, by the application's account, once the tables are there."""
    if not databases or settings.DEMO:
        return []
    return [checks.Warning(ONE_ACCOUNT, id="eig.W001")] if may_rewrite() else []
