"""The broker frozen or killed, by a real server: pages do not wait for it, workers outlive it."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import _services
import pytest
import redis
from django.conf import settings

from eig.mail.choices import Status
from eig.mail.delivery import deliver_due
from eig.mail.models import Message
from tests.eig.test_mail_kills import database_url
from tests.eig.test_relay import local_relay, written
from tests.repository.test_services import is_alive, pids

pytestmark = pytest.mark.django_db(transaction=True)

# A process that serves pages: three deeds that wake a worker, one after the other.
PAGES = """
import sys, time
import django
django.setup()
from eig.documents.tasks import wake_workshop_after_commit
from eig.mail.tasks import wake_after_commit
wake_after_commit()
print("ready", flush=True)
sys.stdin.readline()
for _ in range(3):
    start = time.monotonic()
    wake_after_commit()
    wake_workshop_after_commit()
    print(time.monotonic() - start, flush=True)
"""


@contextmanager
def broker(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A server of our own, and what a process must know to use it."""
    monkeypatch.delenv("REDIS_URL", raising=False)
    with _services.set_up(data, fast=True) as setup:
        yield {**os.environ, "REDIS_URL": setup.env["REDIS_URL"], "DATABASE_URL": database_url()}


def until(happens: Callable[[], object], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_no_page_waits_for_a_frozen_broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with broker(tmp_path, monkeypatch) as env:
        pages = subprocess.Popen(
            [sys.executable, "-c", PAGES],
            cwd=settings.BASE_DIR,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert pages.stdout
        assert pages.stdout.readline() == "ready\n"
        _, server = pids(tmp_path, "redis")
        os.kill(server, signal.SIGSTOP)
        try:
            said, _ = pages.communicate("\n", timeout=90)
        finally:
            os.kill(server, signal.SIGCONT)
    assert pages.returncode == 0
    first, *others = [float(line) for line in said.split()]
    assert 0.5 < first < 3
    assert max(others) < 0.5, "it is not asked again at once"


def test_a_full_broker_and_an_emptied_one_take_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(2)
    with broker(tmp_path, monkeypatch) as env:
        server = redis.Redis.from_url(env["REDIS_URL"])

        def asked() -> int:
            """Three deeds wake the mailer; what the broker then has for it."""
            wake = [sys.executable, "-c", PAGES]
            done = subprocess.run(
                wake, cwd=settings.BASE_DIR, env=env, input="\n", text=True, check=True, capture_output=True
            )
            assert len(done.stdout.split()) == 4
            return int(server.llen("mail"))

        server.config_set("maxmemory", 1)
        assert asked() == 0
        server.config_set("maxmemory", 0)
        assert asked() == 4
        server.flushall()
        server.close()
    assert deliver_due() == 2


def test_a_worker_outlives_a_broker_killed_while_a_task_is_not_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    written(2)
    with broker(tmp_path, monkeypatch) as env, local_relay(settings, seconds=1.5) as relay:
        host, port = relay.server_address
        mailer = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "eig", "worker", "--queues", "mail", "--concurrency", "1"],
            cwd=settings.BASE_DIR,
            env={
                **env, "MAIL_RELAY": "smtp", "RELAY_HOST": str(host), "RELAY_PORT": str(port),
                "RELAY_STARTTLS": "0",
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wake = [sys.executable, "-c", PAGES]
            subprocess.run(wake, cwd=settings.BASE_DIR, env=env, input="\n", text=True, check=True)
            until(lambda: relay.taken)
            _, server = pids(tmp_path, "redis")
            os.kill(server, signal.SIGKILL)
            until(lambda: Message.objects.filter(status=Status.SENT).count() == 2)
            until(lambda: is_alive(pids(tmp_path, "redis")[1]))
            again = Message.objects.order_by("pk")[0]
            again.pk, again.key, again.code, again.status = None, "again", uuid.uuid4(), Status.NEW
            again.save()

            def sent() -> bool:
                subprocess.run(wake, cwd=settings.BASE_DIR, env=env, input="\n", text=True, check=True)
                again.refresh_from_db()
                return again.status == Status.SENT

            until(sent)
            assert mailer.poll() is None
        finally:
            mailer.kill()
            mailer.wait()
    assert len(relay.taken) == 3
