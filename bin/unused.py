"""Print what nothing calls but tests: functions, methods and classes. `bin/check` runs it; empty is right.

vulture finds the names that are never read. Django, Celery and the libraries call some of ours by their
place, and some are named in a text: a word of a template; a dotted path in the settings, the Procfile, the
docs. Those are in use. What a package only passes on in its `__init__.py` is not.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("eig", "projects", "candidates", "matching", "cohorts", "journey", "privacy", "rehearsal", "demo")
# Not variables (fields of models and of records, read by name) nor imports (ruff's).
KINDS = {"function", "method", "property", "class", "unreachable_code"}
QUOTING = ("Procfile", "Dockerfile", "docs/*.md")

# Called by their place: where it is, the names called there, who calls.
CALLED_THERE = (
    (r"/apps\.py$", r"\w+Config"),  # Django finds each application
    (r"/management/commands/\w+\.py$", r"Command|add_arguments"),  # bin/manage
    (r"/middleware\.py$", r"process_view|process_exception"),  # Django, around each view
    (
        r"/forms(/\w+)?\.py$",
        r"clean_\w+|label_from_instance|validate_constraints|widget_attrs",
    ),  # Django's forms
    (r"^journey/identity\.py$", r"(address|password|factor)_\w+"),  # allauth's signals
    (r"^journey/admin\.py$", r"has_\w+_permission|has_permission|get_\w+|save_model|log_change"),  # the admin
    (r"^eig/accounts/models\.py$", r"create_superuser|get_by_natural_key|get_short_name"),  # Django
    (r"^eig/accounts/passwords\.py$", r"get_help_text"),  # Django's passwords
    (r"^eig/accounts/adapter\.py$", r"format_email_subject"),  # allauth
    (r"^eig/mail/backend\.py$", r"send_messages"),  # Django's mail
    (r"^eig/logs\.py$", r"formatException"),  # logging
    (r"^eig/documents/press\.py$", r"fetch"),  # WeasyPrint
    (r"^eig/organisations/client\.py$", r"redirect_request"),  # urllib
    (r"^eig/french/tags\.py$", r"of_name"),  # templates, as the filter `of`
    (r"^matching/interviews/timetable/solve\.py$", r"plan_timetable"),  # python -m matching, by its name
)


def only_passes_on(path: Path) -> bool:
    """A package's front: imports under a sentence, nothing of its own."""
    body = ast.parse(path.read_text()).body
    passing = (ast.Import, ast.ImportFrom)
    return path.name == "__init__.py" and all(isinstance(node, passing) for node in body[1:])


def files() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts and not only_passes_on(path):
                yield path


def words_of_texts() -> set[str]:
    """Every word of the templates, and the last word of each dotted path that a text quotes."""
    words = set()
    for path in (ROOT / "templates").rglob("*"):
        if path.is_file():
            words.update(re.findall(r"\w+", path.read_text()))
    for path in [*files(), *(found for name in QUOTING for found in ROOT.glob(name))]:
        words.update(re.findall(r"""["'` ](?:\w+\.)+(\w+)["'`]?""", path.read_text()))
    return words


def is_called_there(place: str, name: str) -> bool:
    return any(re.search(where, place) and re.fullmatch(what, name) for where, what in CALLED_THERE)


def unused() -> Iterator[str]:
    vulture, named = Vulture(), words_of_texts()
    for path in files():
        vulture.scan(path.read_text(), filename=path)
    for item in vulture.get_unused_code():
        place = str(item.filename.relative_to(ROOT))
        if item.typ in KINDS and item.name not in named and not is_called_there(place, item.name):
            yield f"{place}:{item.first_lineno}: unused {item.typ} {item.name}"


def main() -> int:
    found = list(unused())
    print("\n".join(found))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
