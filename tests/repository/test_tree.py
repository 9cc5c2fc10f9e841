"""The tree holds together: migrations, the timetable of the workers, the documentation."""

import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands

from eig.celery import app as celery

ROOT = Path(settings.BASE_DIR)
LISTED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT, check=True, capture_output=True, text=True,
).stdout.splitlines()  # fmt: skip
PAGES = [ROOT / name for name in LISTED if name.endswith(".md") and (ROOT / name).exists()]
README = (ROOT / "README.md").read_text()
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
GENERATED = re.compile(r"^\d{4}_(auto_|alter_|remove_|initial$|rename_)|_and_more")


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- Migrations -------------------------------------------------------------------------------------


def test_the_models_and_the_migrations_say_the_same(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def migrations() -> list[Path]:
    ours = [config for config in apps.get_app_configs() if Path(config.path).is_relative_to(ROOT)]
    ours = [config for config in ours if ".venv" not in Path(config.path).parts]
    return sorted(path for config in ours for path in Path(config.path).glob("migrations/[0-9]*.py"))


def test_migrations_are_named_by_a_person() -> None:
    assert len(migrations()) > 10
    assert [short(path) for path in migrations() if GENERATED.search(path.stem)] == []


def test_migrations_follow_one_another() -> None:
    for folder in {path.parent for path in migrations()}:
        numbers = sorted(int(path.stem[:4]) for path in folder.glob("[0-9]*.py"))
        assert numbers == list(range(1, len(numbers) + 1)), short(folder)


# --- Workers ----------------------------------------------------------------------------------------


def test_every_recurring_task_exists() -> None:
    celery.loader.import_default_modules()
    asked = {entry["task"] for entry in celery.conf.beat_schedule.values()}
    assert len(asked) >= 7
    assert asked - set(celery.tasks) == set()


def test_every_task_of_ours_has_a_reason_to_run() -> None:
    """Planned by beat, or woken by the code."""
    celery.loader.import_default_modules()
    planned = {entry["task"] for entry in celery.conf.beat_schedule.values()}
    ours = {name for name in celery.tasks if not name.startswith("celery.")}
    sources = "\n".join((ROOT / name).read_text() for name in LISTED if name.endswith(".py"))
    assert [name for name in ours - planned if f"wake({name.rsplit('.')[-1]}" not in sources] == []


# --- Documentation ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_link_of_the_documentation_leads_somewhere(page: Path) -> None:
    targets = [link.partition("#")[0] for link in LINK.findall(page.read_text())]
    paths = [link for link in targets if link and not re.match(r"[a-z]+:", link)]
    assert [link for link in paths if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_file_the_documentation_names_exists(page: Path) -> None:
    folders = "|".join(path.name for path in ROOT.iterdir() if path.is_dir() and path.name.isidentifier())
    named = re.findall(rf"`((?:{folders})/[\w./-]*)`", page.read_text())
    found = [name for name in named if (ROOT / name).exists() or list(ROOT.glob(f"*/{name}"))]
    assert [name for name in named if name not in found] == []


def test_the_commands_of_the_readme_exist() -> None:
    for script in set(re.findall(r"\bbin/[a-z]+", README)):
        assert (ROOT / script).is_file(), script
    for command in set(re.findall(r"bin/manage ([a-z_]+)", README)):
        assert command in get_commands(), command
    for module in set(re.findall(r"python -m ([a-z.]+)", README)):
        assert (ROOT / module / "__main__.py").is_file(), module


def test_the_readme_leads_to_files_that_exist() -> None:
    rows = re.findall(r"^\| \d\. .*\| `([^`]+)` \| `([^`]+)` \|$", README, re.MULTILINE)
    assert len(rows) == 6
    assert [path for row in rows for path in row if not (ROOT / path).exists()] == []


def test_nothing_says_later() -> None:
    """No stub and no promise in what is delivered."""
    words = re.compile(r"\b(TODO|FIXME|XXX|[Cc]oming soon|NotImplementedError|[Ll]orem ipsum)\b")
    kept = [ROOT / name for name in LISTED if name.endswith((".py", ".html", ".txt", ".md", ".toml"))]
    kept = [path for path in kept if path.exists() and path.name != Path(__file__).name]
    assert [short(path) for path in kept if words.search(path.read_text())] == []
