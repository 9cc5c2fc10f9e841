"""Every template compiles and is used by something. What pages show is asked of the pages themselves."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from tests.repository.visiting import url_names

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "templates"
EMAILS = FOLDER / "emails"
ALL = sorted(path for path in FOLDER.rglob("*") if path.is_file())
LETTERS = [path for path in ALL if path.is_relative_to(EMAILS) and path.suffix == ".txt"]
OTHERS = [path for path in ALL if path not in LETTERS]
LONGEST_LINE = 140
# Django and allauth find these by their name, when they answer with an error.
ERRORS = {"400.html", "403.html", "404.html", "429.html", "500.html"}
LIBRARIES = [
    Path(str(files(library))) / "templates"
    for library in (
        "allauth",
        "allauth.account",
        "allauth.mfa",
        "allauth.usersessions",
        "dsfr",
        "django.forms",
    )
]


def name_of(path: Path) -> str:
    return str(path.relative_to(FOLDER))


@cache
def sources() -> str:
    """Everything that may name a template: our Python, and the other templates."""
    apps = (
        "eig", "projects", "candidates", "matching", "cohorts", "journey", "privacy", "rehearsal", "demo",
    )  # fmt: skip
    python = [path for app in apps for path in (ROOT / app).rglob("*.py")]
    return "\n".join(path.read_text() for path in [*python, *ALL] if path.suffix in {".py", ".html", ".txt"})


@cache
def text(path: Path) -> str:
    return path.read_text()


@pytest.mark.parametrize("path", OTHERS, ids=name_of)
def test_every_template_compiles(path: Path) -> None:
    engines["django"].get_template(name_of(path))


def test_every_line_fits_on_a_screen() -> None:
    """Not the letters, ours and allauth's: they are prose, one paragraph a line."""
    long = [
        f"{name_of(path)}:{number}: {len(line)} characters"
        for path in OTHERS
        if path.suffix != ".txt"
        for number, line in enumerate(text(path).splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]
    assert long == []


@pytest.mark.parametrize("path", LETTERS, ids=name_of)
def test_every_letter_has_a_subject_and_a_body(path: Path) -> None:
    for part in ("subject", "body"):
        engines["emails"].get_template(f"{path.relative_to(EMAILS)}#{part}")


def is_used(path: Path) -> bool:
    name = name_of(path)
    if name in ERRORS or any((library / name).exists() for library in LIBRARIES):
        return True
    if path in LETTERS:
        name = str(path.relative_to(EMAILS).with_suffix(""))
    # A component is named by its tag: render("alert", …).
    piece = re.escape(name.removeprefix("components/").removeprefix("fields/").removesuffix(".html"))
    pattern = rf"""["'](?:{re.escape(name)}|{piece}["'])"""
    return re.search(pattern, sources()) is not None


def test_every_template_is_used() -> None:
    assert [name_of(path) for path in ALL if not is_used(path)] == []


# Named like doors, heard by scripts.
EVENTS = {"ranking:said", "ranking:version"}


def doors_named() -> set[str]:
    """Every URL name that a template or our Python asks for, as words."""
    words = r"""(?:{%\s*url|reverse|redirect|_lazy|success_url=|\(|\[|,)\s*["']([a-z_]+:[a-z_]+)["']"""
    return set(re.findall(words, sources()))


def test_every_door_named_exists() -> None:
    """Also by `{% url … as address %}`, which stays silent when it finds nothing."""
    apps = {name.partition(":")[0] for name in url_names() if ":" in name}
    asked = {name for name in doors_named() - EVENTS if name.partition(":")[0] in apps}
    assert len(asked) > 100
    assert sorted(asked - set(url_names())) == []


INCLUDED = re.compile(r"""\{% (?:include|extends) "([^"]+)\"""")
CARRIED = re.compile(r"\bhx-(?:get|post)=|\{% refreshed ")


def _whole(name: str, seen: frozenset[str] = frozenset()) -> str:
    """The words of a template, of those it extends and of those it includes by name."""
    path = FOLDER / name
    if name in seen or not path.is_file():
        return ""
    return text(path) + "".join(_whole(part, seen | {name}) for part in INCLUDED.findall(text(path)))


def test_a_page_that_htmx_carries_loads_it() -> None:
    """A receipt that was to come by itself never did: its page asked for no script."""
    pages = [name_of(path) for path in OTHERS if text(path).startswith("{% extends")]
    carried = [name for name in pages if CARRIED.search(_whole(name))]
    assert len(carried) >= 15
    assert [name for name in carried if "htmx-2.min.js" not in _whole(name)] == []
