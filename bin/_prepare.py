"""Bring a data folder up to date before the site opens: tables, static files, demonstration."""

import hashlib
import os
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def say(what: str) -> None:
    print(f"[start] {what}", flush=True)


def migrate() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Updating the database: {len(plan)} migration{'s' if len(plan) > 1 else ''}")
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def fingerprint() -> str:
    """Sum up every static file by name, size and date, and the way they are stored."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    stamp = Path(settings.STATIC_ROOT).with_name("static.stamp")
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    say("Collecting the static files")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(now)


def main() -> None:
    django.setup()
    migrate()
    collect_static()
    if settings.DEMO and "demo" in get_commands():
        call_command("demo", if_empty=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eig.settings")
    main()
