"""The last minute of a call: a thousand people hand in, half of them in the last five seconds.

    bin/run python benchmarks/deadline.py [--count 1000] [--clients 100] [--seconds 60] [--workers 2]

Makes a database of its own, starts gunicorn as bin/start does, and sends real submissions over HTTP: each
from its own signed-in person, at its own planned instant; a response is timed from that instant, waiting
included.
A tenth more arrive after the deadline, on purpose. What must hold on any machine: every submission that
was acknowledged is in the database, dated in time, once; none is dated late; no error. Times depend on the
machine.
"""

import argparse
import http.client
import os
import random
import secrets
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
NAME = f"deadline_{os.getpid()}"
LATE_SECONDS = 3
TOKEN = "deadline" * 4


@dataclass
class Sent:
    """One submission: when it was planned, how long it waited, what was answered."""

    code: str
    session: str
    due: float
    waited: float = 0
    status: int = 0
    location: str = ""

    @property
    def said(self) -> str:
        if self.location.endswith("/recepisse/"):
            return "acknowledged"
        return "refused" if self.location.endswith("/relire/") else f"error {self.status} {self.location}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def scratch(url: str) -> str:
    """A database of our own on the same server; its address."""
    with psycopg.connect(url, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {NAME}")
    return url.rpartition("/")[0] + f"/{NAME}"


def drop(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as line:
        line.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def people(count: int) -> tuple[Any, list[Sent]]:
    """A promotion whose call is open, and `count` drafts that lack nothing, each with its open session."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from candidates.models import Application, Attachment
    from eig.accounts.models import User
    from eig.documents.models import Document
    from eig.promotions.models import Phase
    from journey.actions.founding import create_promotion
    from tests.factories.candidates import ANSWERS

    now = timezone.now()
    promotion = create_promotion("eig6", by=None, at=now)
    far = {"opens_at": now - timedelta(days=9), "closes_at": now + timedelta(days=9)}
    Phase.objects.filter(promotion=promotion).update(**far)
    users = User.objects.bulk_create(
        User(email=f"p{rank}@exemple.example", first_name="Prénom", last_name=f"Nom{rank}", password="!")
        for rank in range(count)
    )
    rows = Application.objects.bulk_create(
        Application(
            promotion=promotion, candidate=user, answers=dict(ANSWERS), created_at=now, updated_at=now,
            updated_by=user,
        )
        for user in users
    )  # fmt: skip
    documents = Document.objects.bulk_create(
        Document(
            owner=user, name="cv.pdf", media_type="application/pdf", status="clean", file=f"x/{user.pk}",
            size=1,
            sha256="0" * 64, pages=1, created_at=now, checked_at=now,
        )
        for user in users
    )  # fmt: skip
    Attachment.objects.bulk_create(
        Attachment(application=row, question="cv", document=document, added_at=now)
        for row, document in zip(rows, documents, strict=True)
    )
    store = SessionStore()
    backend, expires = settings.AUTHENTICATION_BACKENDS[0], now + timedelta(hours=6)
    keys = [secrets.token_hex(16) for _ in users]
    Session.objects.bulk_create(
        Session(
            session_key=key,
            session_data=store.encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: backend,
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=expires,
        )
        for key, user in zip(keys, users, strict=True)
    )
    return promotion, [Sent(str(row.code), key, 0) for row, key in zip(rows, keys, strict=True)]


def plan(rows: list[Sent], *, count: int, seconds: int) -> None:
    """Half in the last five seconds, half before; those beyond `count` come after the end."""
    chance = random.Random(6)
    for rank, row in enumerate(rows):
        if rank >= count:
            row.due = seconds + chance.uniform(0.2, LATE_SECONDS)
        elif rank % 2:
            row.due = chance.uniform(seconds - 5, seconds - 0.01)
        else:
            row.due = chance.uniform(0, seconds - 5)


def send(mine: list[Sent], *, port: int, start: float) -> None:
    for row in mine:
        time.sleep(max(start + row.due - time.monotonic(), 0))
        body = f"csrfmiddlewaretoken={TOKEN}"
        headers = {
            "Cookie": f"sid={row.session}; csrf={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Connection": "close",
        }
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            line.request("POST", f"/candidatures/{row.code}/deposer/", body, headers)
            answer = line.getresponse()
            answer.read()
            row.status, row.location = answer.status, answer.getheader("Location") or ""
        except OSError as error:
            row.location = type(error).__name__
        finally:
            line.close()
        row.waited = time.monotonic() - start - row.due


def burst(rows: list[Sent], *, clients: int, port: int, start: float) -> None:
    rows = sorted(rows, key=lambda row: row.due)
    threads = [
        threading.Thread(target=send, args=(rows[rank::clients],), kwargs={"port": port, "start": start})
        for rank in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def judge(promotion: Any, rows: list[Sent]) -> list[str]:
    """What the database says of what people were told; the broken promises, if any."""
    from candidates.models import Application
    from eig.documents.models import Print
    from eig.mail.models import Message
    from eig.promotions.models import Phase

    closes_at = Phase.objects.get(promotion=promotion, kind="applications").closes_at
    kept = {
        str(row.code): row for row in Application.objects.filter(submitted_at__isnull=False).order_by("pk")
    }
    told = [row.code for row in rows if row.said == "acknowledged"]
    mails = Counter(
        Message.objects.filter(key__startswith="application-received:").values_list("key", flat=True)
    )
    prints = Print.objects.filter(kind="candidates.receipt").count()
    faults = {
        "acknowledged and lost": len([code for code in told if code not in kept]),
        "dated after the deadline": len(
            [row for row in kept.values() if row.submitted_at and row.submitted_at > closes_at]
        ),
        "kept without a word": len(set(kept) - set(told)),
        "errors": len([row for row in rows if row.said.startswith("error")]),
        "numbers given twice": len(kept) - len({row.number for row in kept.values()}),
        "receipts missing or twice": abs(len(kept) - len(mails)) + abs(len(kept) - prints),
    }
    for label, number in faults.items():
        print(f"{label:28} {number}")
    for said, number in Counter(row.said for row in rows if row.said.startswith("error")).most_common(5):
        print(f"    {number} × {said}")
    return [label for label, number in faults.items() if number]


def times(rows: list[Sent], title: str) -> None:
    waited = sorted(1000 * row.waited for row in rows if row.said == "acknowledged")
    if len(waited) < 2:
        return
    cuts = statistics.quantiles(waited, n=100, method="inclusive")
    print(
        f"{title:28} p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms, "
        f"max {waited[-1]:.0f} ms"
    )


def served(port: int, workers: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "gunicorn", "eig.wsgi", "--bind", f"127.0.0.1:{port}", "--preload"]
    command += ["--workers", str(workers), "--threads", "4", "--timeout", "60", "--log-level", "error"]
    web = subprocess.Popen([*command, "--no-control-socket", "--backlog", "2048"], cwd=ROOT)
    for _ in range(600):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/sante/")
            line.getresponse().read()
            return web
        except OSError:
            time.sleep(0.1)
    raise SystemExit("gunicorn did not start")


def measure(asked: argparse.Namespace) -> list[str]:
    import django
    from django.core.management import call_command

    django.setup()
    from django.db import connection
    from django.utils import timezone

    from eig.promotions.models import Phase

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    promotion, rows = people(asked.count + asked.count // 10)
    plan(rows, count=asked.count, seconds=asked.seconds)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    port = free_port()
    web = served(port, asked.workers)
    try:
        start = time.monotonic() + 1
        closes_at = timezone.now() + timedelta(seconds=asked.seconds + 1)
        Phase.objects.filter(promotion=promotion, kind="applications").update(closes_at=closes_at)
        burst(rows, clients=asked.clients, port=port, start=start)
    finally:
        web.terminate()
        web.wait()
    said = Counter(row.said.partition(" ")[0] for row in rows)
    in_time = rows[: asked.count]
    print(
        f"submissions                  {asked.count} before the deadline, {len(rows) - asked.count} after it"
    )
    print(f"acknowledged                 {said['acknowledged']}, refused {said['refused']}")
    late = len([row for row in in_time if row.said == "refused"])
    print(f"sent in time, reached late   {late}")
    times(in_time, "all")
    times([row for row in in_time if row.due >= asked.seconds - 5], "last five seconds")
    faults = judge(promotion, rows)
    connection.close()
    return faults


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("count", 1000), ("clients", 100), ("seconds", 60), ("workers", 2)):
        asked.add_argument(f"--{name}", type=int, default=default)
    server = os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = scratch(server)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eig.settings")
    try:
        faults = measure(asked.parse_args())
    finally:
        drop(server)
    if faults:
        raise SystemExit(f"broken: {', '.join(faults)}")


if __name__ == "__main__":
    main()
