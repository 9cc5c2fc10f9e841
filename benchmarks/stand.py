"""A site of its own to be hurried or hurt: database, gunicorn, people with open sessions, and their ledger.

For the other files of this folder. Everything listens on the loopback and ends with who asked for it. What a
client was told is kept apart from what the database says, and the two are compared in the end.
"""

import contextlib
import http.client
import os
import secrets
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
NAME = f"bench_{os.getpid()}"
TOKEN = "deadline" * 4
FORM = "application/x-www-form-urlencoded"


@dataclass
class Sent:
    """One submission: when it was planned, how long it waited, what was answered."""

    code: str
    session: str
    due: float = 0
    waited: float = 0
    status: int = 0
    location: str = ""
    tries: int = 0

    @property
    def said(self) -> str:
        if self.location.endswith("/recepisse/"):
            return "acknowledged"
        return "refused" if self.location.endswith("/relire/") else f"error {self.status} {self.location}"

    @property
    def address(self) -> str:
        return f"/candidatures/{self.code}/deposer/"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def scratch(url: str, *, of: str = "", name: str = NAME) -> str:
    """A database of our own on the same server, empty or a copy of another; its address."""
    with psycopg.connect(url, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name} TEMPLATE {of or 'template1'}")
    return url.rpartition("/")[0] + f"/{name}"


def drop(url: str, *, name: str = NAME) -> None:
    with psycopg.connect(url, autocommit=True) as line:
        line.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextlib.contextmanager
def own_database() -> Iterator[None]:
    """A database of our own, migrated, for this process and its children."""
    # Made, then used, by who owns it.
    server = os.environ.pop("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = scratch(server)
    try:
        migrate()
        yield
    finally:
        drop(server)


def migrate() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eig.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def forget_connection() -> None:
    from django.db import connection

    connection.close()


def open_call(**named: Any) -> Any:
    """A promotion whose phases are all open."""
    from django.utils import timezone

    from eig.promotions.models import Phase
    from journey.actions.founding import create_promotion

    now = timezone.now()
    promotion = create_promotion("eig6", by=None, at=now, **named)
    far = {"opens_at": now - timedelta(days=9), "closes_at": now + timedelta(days=9)}
    Phase.objects.filter(promotion=promotion).update(**far)
    return promotion


def sessions(users: Sequence[Any]) -> list[str]:
    """The key of an open session for each person."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    store = SessionStore()
    backend, expires = settings.AUTHENTICATION_BACKENDS[0], timezone.now() + timedelta(hours=6)
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
    return keys


def people(count: int) -> tuple[Any, list[Sent]]:
    """A promotion whose call is open, and `count` drafts that lack nothing, each with its open session."""
    from django.db import connection

    from tests.factories.crowds import crowd, crowd_of_drafts

    promotion = open_call()
    users = crowd(count)
    rows, keys = crowd_of_drafts(promotion, users), sessions(users)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return promotion, [Sent(str(row.code), key) for row, key in zip(rows, keys, strict=True)]


@contextlib.contextmanager
def served(*, workers: int = 2, **environment: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """The web server as bin/start runs it; its port and its process."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "eig.wsgi", "--bind", f"127.0.0.1:{port}", "--preload"]
    command += ["--workers", str(workers), "--threads", "4", "--timeout", "60", "--log-level", "critical"]
    command += ["--no-control-socket", "--backlog", "2048"]
    web = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "LOG_LEVEL": "CRITICAL", **environment})
    try:
        wait_for(port)
        yield port, web
    finally:
        web.terminate()
        web.wait()


def wait_for(port: int, *, seconds: float = 60) -> float:
    """Until the site answers that it is well; how long it took."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if ask(port, "/sante/", timeout=5)[0] == 200:
                return time.monotonic() - began
        time.sleep(0.05)
    raise SystemExit("the site does not answer")


def ask(
    port: int,
    address: str,
    *,
    session: str = "",
    form: Mapping[str, str] | None = None,
    timeout: float = 60,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One request, on a line of its own: status, headers, body."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    sent = {"Cookie": f"sid={session}; csrf={TOKEN}", "Connection": "close", **(headers or {})}
    try:
        if form is None:
            line.request("GET", address, headers=sent)
        else:
            body = urlencode({"csrfmiddlewaretoken": TOKEN, **form})
            line.request("POST", address, body, {**sent, "Content-Type": FORM})
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        line.close()


def hand_in(row: Sent, *, port: int) -> None:
    row.tries += 1
    try:
        row.status, headers, _ = ask(port, row.address, session=row.session, form={}, timeout=180)
        row.location = headers.get("Location") or ""
    except (OSError, http.client.HTTPException) as error:
        row.status, row.location = 0, type(error).__name__


def side_by_side(rows: Sequence[Any], clients: int, deed: Callable[[Any], object]) -> None:
    """Each client does the deed for its share of the rows, one after the other."""

    def work(mine: Iterable[Any]) -> None:
        for row in mine:
            deed(row)

    threads = [threading.Thread(target=work, args=(rows[rank::clients],)) for rank in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def judge(promotion: Any, rows: list[Sent], *, unknown_allowed: bool = False) -> list[str]:
    """What the database says of what people were told; the broken promises, if any.

    With `unknown_allowed`, who got no answer may be in, whole, or not at all.
    """
    from candidates.models import Application
    from eig.documents.models import Print
    from eig.mail.models import Message
    from eig.promotions.models import Phase
    from rehearsal.invariants import INVARIANTS

    closes_at = Phase.objects.get(promotion=promotion, kind="applications").closes_at
    kept = {
        str(row.code): row for row in Application.objects.filter(submitted_at__isnull=False).order_by("pk")
    }
    told = {row.code for row in rows if row.said == "acknowledged"}
    errors = [row for row in rows if row.said.startswith("error")]
    unknown = {row.code for row in errors if row.status in {0, 502, 503}} if unknown_allowed else set()
    mails = Counter(
        Message.objects.filter(key__startswith="application-received:").values_list("key", flat=True)
    )
    prints = Print.objects.filter(kind="candidates.receipt").count()
    faults = {
        "acknowledged and lost": len(told - set(kept)),
        "dated after the deadline": len(
            [row for row in kept.values() if row.submitted_at and row.submitted_at > closes_at]
        ),
        "kept without a word": len(set(kept) - told - unknown),
        "errors": len([row for row in errors if row.code not in unknown]),
        "numbers given twice": len(kept) - len({row.number for row in kept.values()}),
        "receipts missing or twice": abs(len(kept) - len(mails)) + abs(len(kept) - prints),
    }
    disagreeing = [said for invariant in INVARIANTS.values() for said in invariant(promotion)]
    faults["rows that disagree"] = len(disagreeing)
    tell(faults)
    for said in disagreeing:
        print(f"    {said}")
    if unknown:
        print(f"{'unanswered':28} {len(unknown)}, of which in: {len(unknown & set(kept))}")
    for said, number in Counter(row.said for row in errors).most_common(5):
        print(f"    {number} × {said}")
    return [label for label, number in faults.items() if number]


def tell(figures: Mapping[str, object]) -> None:
    for label, number in figures.items():
        print(f"{label:28} {number}", flush=True)


def times(waited: Sequence[float], title: str) -> float:
    """Print how long they waited, in seconds; returns what 95 % did not exceed."""
    if len(waited) < 2:
        return 0
    cuts = statistics.quantiles((1000 * seconds for seconds in waited), n=100, method="inclusive")
    print(
        f"{title:28} p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms, "
        f"max {1000 * max(waited):.0f} ms",
        flush=True,
    )
    return cuts[94] / 1000


def end(faults: Sequence[str]) -> None:
    if faults:
        raise SystemExit(f"broken: {', '.join(faults)}")
