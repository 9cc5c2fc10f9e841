"""A sign-in code leaves while a call's receipts print and its files are checked: it waits behind nothing.

    bin/run python benchmarks/codes.py [--receipts 160] [--files 50] [--codes 20] [--together]

Makes a database of its own and starts the workers that the Procfile declares (with --together: one worker of
two processes for all queues, as it was before each had its own), on two cores at most. Times codes, one a
second, from commit to hand over: first alone, then while everything else was asked for at once. Says the
memory of the workers. What must hold: under two seconds (median), and three times the idle case at most.
"""

import argparse
import contextlib
import os
import shlex
import statistics
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from stand import ROOT, drop, scratch

MOST_SECONDS, MOST_TIMES = 2.0, 3.0


def workers(*, together: bool) -> "list[subprocess.Popen[bytes]]":
    lines = [line for line in (ROOT / "Procfile").read_text().splitlines() if " worker " in line]
    commands = [line.partition(": ")[2].replace("${WORKER_CONCURRENCY:-2}", "2") for line in lines]
    if together:
        commands = ["celery -A eig worker --queues mail,sweep,pdf,scan,solve --concurrency 2"]
    return [
        subprocess.Popen(
            [sys.executable, "-m", *shlex.split(command)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]


def receipts(count: int) -> None:
    from django.utils import timezone

    from candidates.documents import RECEIPT
    from eig.documents.printing import ask_print
    from eig.documents.tasks import wake_workshop_after_commit
    from eig.promotions.models import Phase
    from journey.actions.founding import create_promotion
    from tests.factories.crowds import crowd_of_applications

    now = timezone.now()
    promotion = create_promotion("eig6", by=None, at=now)
    Phase.objects.filter(promotion=promotion).update(
        opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9)
    )
    for row in crowd_of_applications(promotion, count, readings=False):
        ask_print(RECEIPT, subject_id=row.pk, title="Récépissé", by=None, at=timezone.now())
        wake_workshop_after_commit()


def files(count: int) -> None:
    from eig.accounts.models import User
    from eig.documents.tasks import wake_workshop_after_commit
    from tests.factories.candidates import pdf, received

    for rank in range(count):
        received(User.objects.create_user(f"files-{rank}@exemple.example"), pdf())
        wake_workshop_after_commit()


def memory(running: "list[subprocess.Popen[bytes]]") -> float:
    """Megabytes of the workers and their children; what they share is counted once (PSS)."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(folder.name))
    total, waiting = 0, [worker.pid for worker in running]
    while waiting:
        pid = waiting.pop()
        waiting += parents.get(pid, [])
        with contextlib.suppress(OSError):
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


def codes_sent(ranks: range) -> list[float]:
    waits = []
    for rank in ranks:
        waits.append(code_sent(rank))
        time.sleep(1)
    return waits


def code_sent(rank: int) -> float:
    """Seconds from the commit of a code to the moment when the relay has it."""
    from django.utils import timezone

    from eig.mail.models import Message
    from eig.mail.tasks import wake_after_commit

    now = timezone.now()
    message = Message.objects.create(
        key=f"code:{rank}", kind="account/code", to_email=f"p{rank}@exemple.example", subject="Votre code",
        body="123456", created_at=now, not_before=now,
    )  # fmt: skip
    wake_after_commit()
    while message.sent_at is None:
        time.sleep(0.01)
        message.refresh_from_db()
    return (message.sent_at - now).total_seconds()


def measure(asked: argparse.Namespace) -> tuple[float, float]:
    import django
    from django.core.management import call_command

    django.setup()
    from django.db import connection

    from eig.documents.choices import FileStatus
    from eig.documents.models import Document, Print

    call_command("migrate", verbosity=0)
    running = workers(together=asked.together)
    try:
        code_sent(0)  # the workers are there
        idle, light = codes_sent(range(1, asked.codes + 1)), memory(running)
        files(asked.files)
        receipts(asked.receipts)
        waits, heavy = codes_sent(range(asked.codes + 1, 2 * asked.codes + 1)), memory(running)
        left = Print.objects.exclude(status="ready").count()
        unchecked = Document.objects.filter(status=FileStatus.PENDING).count()
    finally:
        for worker in running:
            worker.terminate()
        for worker in running:
            worker.wait()
        connection.close()
    print(f"receipts                     {asked.receipts} asked, {left} still to print at the last code")
    print(f"files                        {asked.files} sent, {unchecked} still to check at the last code")
    alone, busy = statistics.median(idle), statistics.median(waits)
    print(f"codes alone (s)              median {alone:.2f}, worst {max(idle):.2f}")
    print(
        f"codes meanwhile (s)          median {busy:.2f}, worst {max(waits):.2f}: {busy / alone:.1f} × alone"
    )
    print(f"memory of the workers (MB)   {light:.0f} at rest, {heavy:.0f} at work")
    return busy, busy / alone


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--receipts", type=int, default=160)
    asked.add_argument("--files", type=int, default=50)
    asked.add_argument("--codes", type=int, default=20)
    asked.add_argument("--together", action="store_true")
    # A database of its own: made, then used, by who owns it.
    server = os.environ.pop("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = scratch(server)
    # Its own wake-ups too: workers that run beside would answer for ours.
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path="/9").geturl()
    os.environ["MAIL_RELAY"] = "sink"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eig.settings")
    try:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
        median, times = measure(asked.parse_args())
    finally:
        drop(server)
    if median > MOST_SECONDS or times > MOST_TIMES:
        raise SystemExit(f"broken: a code waited {median:.1f} s, {times:.1f} times the idle case")


if __name__ == "__main__":
    main()
