"""Bring a data folder up to date before the site opens: tables, static files, demonstration."""

import hashlib
import os
import sys
from pathlib import Path

# The house, above this folder.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from eig.journal.owner import as_owner

# Of the design system, pages use the whole style sheet and the modern script: the same rules cut into 250
# other files, or for browsers of ten years ago, would only make the start ten times longer.
NOT_COLLECTED = [
    *(
        "dsfr/dist/component/*",
        "dsfr/dist/core/*",
        "dsfr/dist/layout/*",
        "dsfr/dist/scheme/*",
        "dsfr/dist/utility/*",
    ),
    *("dsfr/dist/analytics/*", "dsfr/dist/legacy/*", "dsfr/dist/dsfr/*", "dsfr/dist/dsfr.min.css"),
    *("dsfr/dist/dsfr.legacy.min.css", "dsfr/dist/dsfr.nomodule.min.js", "django-dsfr/*", "*.md", "*.scss"),
]


def say(what: str) -> None:
    print(f"[start] {what}", flush=True)


def migrate() -> None:
    with as_owner():
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    # Whoever was killed between the last migration and the rights that follow goes on from there.
    if plan or not may_work():
        say(f"Updating the database: {len(plan)} migration{'s' if len(plan) > 1 else ''}")
        call_command("migrate", verbosity=0, interactive=False)


def may_work() -> bool:
    """Whether the application was given its rights, which come all at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('journal_entry', 'INSERT')")
        return bool(cursor.fetchone()[0])


def is_embedded(data: Path) -> bool:
    """Whether the database is the one that the commands of bin/ started themselves."""
    password = data / "database_password"
    return password.exists() and password.read_text() in os.environ.get("DATABASE_OWNER_URL", "")


def forget_unfinished_demonstration(data: Path, marker: Path) -> None:
    """Empty the database if the building of the demonstration was interrupted: half a world is none."""
    if not marker.exists():
        return
    if not is_embedded(data):
        sys.exit(f"The demonstration was interrupted: empty the database, delete {marker}, and start again.")
    say("The demonstration was interrupted: starting afresh")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS public, diversity CASCADE")
        cursor.execute("CREATE SCHEMA public")
    # Where a journal ended that is no more.
    settings.JOURNAL_HEADS.unlink(missing_ok=True)


def show_demonstration(data: Path, marker: Path) -> None:
    """Build the demonstration in an empty database, and write down whom to sign in as."""
    if not apps.get_model("promotions", "Promotion").objects.exists():
        say("Building the demonstration, once: a minute or two")
        marker.touch()
        call_command("demo")
        marker.unlink()
    if "cast" in get_commands():
        with (data / "run" / "cast").open("w") as out:
            call_command("cast", stdout=out)


def fingerprint() -> str:
    """Sum up every static file by name, size and date, and the way they are stored."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list(NOT_COLLECTED):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    folder = Path(settings.STATIC_ROOT)
    stamp = folder.with_name(f"{folder.name}.stamp")
    now = fingerprint()
    if folder.exists() and stamp.exists() and stamp.read_text() == now:
        return
    say("Collecting the static files")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=NOT_COLLECTED)
    stamp.write_text(now)


def main() -> None:
    """Do it all; with --static, collect the static files and nothing else, as an image needs."""
    django.setup()
    if "--static" in sys.argv:
        collect_static()
        return
    data = Path(os.environ["EIG_DATA"])
    marker = data / "demonstration.unfinished"
    (data / "run" / "cast").unlink(missing_ok=True)
    forget_unfinished_demonstration(data, marker)
    migrate()
    collect_static()
    if settings.DEMO and "demo" in get_commands():
        show_demonstration(data, marker)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eig.settings")
    main()
