"""A whole promotion, from the first call to the alumni: no rule broken.

It is rehearsed as a production build does it: a copy of the code without the demonstration.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.databases import migrated
from tests.eig.test_mail_kills import database_url

SHIPPED = (
    "eig", "projects", "candidates", "matching", "cohorts", "journey", "privacy", "rehearsal",
    "templates", "static",
)  # fmt: skip
ASKED = """
import django
django.setup()
from django.test import Client
from django.urls import NoReverseMatch, reverse
from eig.promotions.models import Promotion
for path in ("/", "/compte/login/", "/sante/", "/accessibilite/"):
    answer = Client().get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    assert "démonstration" not in answer.text.lower(), path
assert Client().get("/demonstration/").status_code == 404
try:
    reverse("demo:demo_cast")
except NoReverseMatch:
    print("served")
"""


@pytest.fixture
def production(tmp_path: Path) -> Path:
    """The code of production: what `demo/` holds is not there."""
    for name in SHIPPED:
        shutil.copytree(
            settings.BASE_DIR / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    shutil.rmtree(tmp_path / "templates" / "demo")
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "eig.settings",
            "DEMO": "0",
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db(transaction=True)
def test_a_production_build_serves_without_the_demonstration(production: Path) -> None:
    done = run(production, "-c", ASKED)
    assert done.stdout.strip() == "served", done.stderr[-3000:]


@pytest.mark.django_db(transaction=True)
def test_a_whole_promotion_breaks_no_rule(production: Path) -> None:
    """The command itself, in its own database; what it prints is the report.

    EIG 6's volumes, but for most of those whom all their readers declined: nothing happens to them that does
    not to the sixty who are left, fourteen of whom are read a third time. All of them: `bin/manage rehearse`.
    """
    done = run(production, "manage.py", "rehearse", "--fewer=137", f"--template={migrated()}")
    report = done.stdout.rsplit("\r", 1)[-1]
    assert done.returncode == 0, f"{report}\n{done.stderr[-3000:]}"
    assert "0 rule(s) broken" in report
