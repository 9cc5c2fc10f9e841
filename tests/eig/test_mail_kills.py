"""Workers killed with -9 in the middle of 1,000 mails: none lost, none sent twice."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from eig.mail.choices import Status
from eig.mail.models import Message
from tests.eig.test_relay import local_relay, written

MAILS, KILLS = 1000, 5


def database_url() -> str:
    """The address of the test database, for another process."""
    given = connection.get_connection_params()
    host = quote(str(given.get("host", "")), safe="")
    return (
        f"postgres://{quote(str(given.get('user', '')))}:{quote(str(given.get('password', '')))}"
        f"@{host}:{given.get('port', '')}/{given['dbname']}"
    )


def worker(**relay: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "deliver_mail"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database_url(), **relay},
        stdout=subprocess.DEVNULL,
    )


def leases_end() -> None:
    """The minutes that a dead worker's lease lasts are skipped here."""
    Message.objects.filter(status=Status.SENDING).update(lease_until=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db(transaction=True)
def test_killed_workers_lose_and_double_nothing(tmp_path: Path) -> None:
    now = timezone.now()
    Message.objects.bulk_create(
        Message(
            key=f"kill:{n}",
            kind="test",
            to_email=f"p{n}@exemple.example",
            subject=f"Message {n}",
            body="Bonjour",
            created_at=now,
            not_before=now,
        )
        for n in range(MAILS)
    )
    dice = random.Random(1)
    killed_at_work = 0
    for _ in range(KILLS):
        before = Message.objects.filter(status=Status.SENT).count()
        process = worker(MAIL_RELAY="sink", MAIL_SINK_ROOT=str(tmp_path))
        while process.poll() is None and Message.objects.filter(status=Status.SENT).count() == before:
            time.sleep(0.02)
        time.sleep(dice.random() * 0.2)
        killed_at_work += process.poll() is None
        process.kill()
        process.wait()
        leases_end()
    assert worker(MAIL_RELAY="sink", MAIL_SINK_ROOT=str(tmp_path)).wait(timeout=120) == 0
    files = list(tmp_path.rglob("*.eml"))
    assert killed_at_work >= 2, "the kills must land while mails are being sent"
    assert Message.objects.filter(status=Status.SENT).count() == MAILS
    assert {file.stem for file in files} == {
        str(code) for code in Message.objects.values_list("code", flat=True)
    }
    assert len(files) == MAILS
    assert not Message.objects.filter(ambiguous=True).exists()


@pytest.mark.django_db(transaction=True)
def test_a_slow_relay_two_senders_and_one_killed(settings: Any) -> None:
    """None lost; the one under way may leave twice, and says so. Seen at 4 seconds a letter: 9 twice."""
    written(12)
    with local_relay(settings, seconds=0.5) as server:
        host, port = server.server_address
        given = {
            "MAIL_RELAY": "smtp",
            "RELAY_HOST": str(host),
            "RELAY_PORT": str(port),
            "RELAY_STARTTLS": "0",
        }
        first, second = worker(**given), worker(**given)
        while len(server.taken) < 4:
            time.sleep(0.02)
        first.kill()
        first.wait()
        assert second.wait(timeout=60) == 0
        leases_end()
        assert worker(**given).wait(timeout=60) == 0
    assert Message.objects.filter(status=Status.SENT).count() == 12
    assert {str(code) for code in Message.objects.values_list("code", flat=True)} == set(server.taken)
    twice = {code for code, times in Counter(server.taken).items() if times > 1}
    said = {str(code) for code in Message.objects.filter(ambiguous=True).values_list("code", flat=True)}
    assert twice == said
    assert len(twice) <= 1
