"""A web process that wakes a worker must know the broker."""

import re
import subprocess
import sys
from pathlib import Path

import yaml
from django.conf import settings

from eig.celery import app

ROOT = Path(__file__).resolve().parents[2]

ASK = """
import django
django.setup()
from eig.mail.tasks import deliver
print(deliver.app.main, deliver.app.conf.broker_url)
"""


def test_a_process_that_only_serves_pages_wakes_our_workers() -> None:
    said = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["eig", settings.CELERY_BROKER_URL]


def test_every_queue_has_a_worker_and_mail_shares_its_own_with_nothing() -> None:
    """Who waits for a code waits behind no print and no file check: in production and in bin/start."""
    queues = {route["queue"] for route in app.conf.task_routes.values()} | {app.conf.task_default_queue}
    assert app.conf.task_routes["eig.mail.tasks.deliver"] == {"queue": "mail"}
    assert set(app.conf.task_routes) < {*app.tasks, *(row["task"] for row in app.conf.beat_schedule.values())}
    composition = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    places = [
        (ROOT / "Procfile").read_text().splitlines(),
        [" ".join(service.get("command", [])) for service in composition["services"].values()],
        (ROOT / "bin" / "_start.py").read_text().replace('", "', " ").splitlines(),
    ]
    for commands in places:
        workers = [
            found[1].split(",") for line in commands if (found := re.search(r"--queues ([\w,]+)", line))
        ]
        assert sorted(queue for worker in workers for queue in worker) == sorted(queues)
        assert ["mail"] in workers


def test_nothing_happens_at_an_hour_of_the_clock() -> None:
    """Faults S71: a service stopped over that hour misses it; in October one of them comes twice."""
    assert {type(row["schedule"]) for row in app.conf.beat_schedule.values()} == {float}
