"""A sign-in code leaves while a call's receipts print: who waits for a mail waits behind nothing else.

    bin/run python benchmarks/codes.py [--receipts 160] [--codes 20] [--together]

Makes a database of its own and starts the workers that the Procfile declares (with --together: one worker of
two processes for all queues, as it was before each had its own). Asks for the receipts all at once, then for
a code every second, and times each from its commit to its hand over. What must hold: under two seconds each.
"""

import argparse
import os
import shlex
import statistics
import subprocess
import sys
import time
from datetime import timedelta
from urllib.parse import urlsplit

from deadline import ROOT, drop, scratch

MOST_SECONDS = 2.0


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


def measure(asked: argparse.Namespace) -> float:
    import django
    from django.core.management import call_command

    django.setup()
    from django.db import connection

    from eig.documents.models import Print

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    running = workers(together=asked.together)
    try:
        code_sent(0)  # the workers are there
        receipts(asked.receipts)
        waits = []
        for rank in range(1, asked.codes + 1):
            waits.append(code_sent(rank))
            time.sleep(1)
        left = Print.objects.exclude(status="ready").count()
    finally:
        for worker in running:
            worker.terminate()
        for worker in running:
            worker.wait()
        connection.close()
    print(f"receipts                     {asked.receipts} asked, {left} still to print at the last code")
    print(f"codes                        {len(waits)}, each asked while receipts print")
    print(f"from commit to relay (s)     median {statistics.median(waits):.2f}, worst {max(waits):.2f}")
    return max(waits)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--receipts", type=int, default=160)
    asked.add_argument("--codes", type=int, default=20)
    asked.add_argument("--together", action="store_true")
    server = os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = scratch(server)
    # Its own wake-ups too: workers that run beside would answer for ours.
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path="/9").geturl()
    os.environ["MAIL_RELAY"] = "sink"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eig.settings")
    try:
        worst = measure(asked.parse_args())
    finally:
        drop(server)
    if worst > MOST_SECONDS:
        raise SystemExit(f"broken: a code waited {worst:.1f} s")


if __name__ == "__main__":
    main()
