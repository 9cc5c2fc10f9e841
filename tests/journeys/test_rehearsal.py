"""A whole promotion at EIG 6's volumes, from the first call to the alumni: no rule broken."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.eig.test_mail_kills import database_url


@pytest.mark.django_db(transaction=True)
def test_a_whole_promotion_breaks_no_rule() -> None:
    """The command itself, in its own database; what it prints is the report."""
    done = subprocess.run(
        [sys.executable, "manage.py", "rehearse"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database_url()},
        capture_output=True,
        text=True,
        check=False,
    )
    report = done.stdout.rsplit("\r", 1)[-1]
    assert done.returncode == 0, f"{report}\n{done.stderr[-3000:]}"
    assert "0 rule(s) broken" in report
