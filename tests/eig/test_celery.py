"""A web process that wakes a worker must know the broker."""

import subprocess
import sys

from django.conf import settings

ASK = """
import django
django.setup()
from eig.mail.tasks import deliver
print(deliver.app.main, deliver.app.conf.broker_url)
"""


def test_a_process_that_only_serves_pages_wakes_our_workers() -> None:
    said = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["eig", settings.CELERY_BROKER_URL]
