"""Workers killed in the middle of mails and of prints.

    python benchmarks/workers.py [mails|prints ...] [--count N] [--kills N]

Each drill makes servers of its own, as faults.py does. Nothing that was asked for may be missing, and
nothing may be made twice; a letter that a relay may have had twice is said to be so.
"""

import argparse
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pypdfium2
from servers import Drill, Servers, family, kill, run_drills
from stand import ROOT, people, tell


def started(command: list[str], **environment: str) -> "subprocess.Popen[bytes]":
    """A part of the site, quiet."""
    env = {**os.environ, "LOG_LEVEL": "CRITICAL", **environment}
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=nowhere, stderr=nowhere)


def kill_whole(*parts: "subprocess.Popen[bytes]") -> None:
    kill(*(pid for part in parts for pid in family(part.pid)))
    for part in parts:
        part.wait()


def leases_end(*queues: Any) -> None:
    """The minutes that a dead worker's lease lasts are skipped."""
    from django.utils import timezone

    for model in queues:
        rows = model.objects.filter(status=model.QUEUE.running)
        rows.update(lease_until=timezone.now() - timedelta(seconds=1))


def left(model: Any) -> int:
    queue = model.QUEUE
    return int(model.objects.filter(status__in={queue.waiting, queue.running}).count())


def handed_in(count: int) -> tuple[Any, list[Any]]:
    """A promotion, and so many applications handed in: each has a mail to send and a receipt to print."""
    from candidates.actions import submit_application
    from candidates.models import Application

    promotion, _ = people(count)
    rows = list(Application.objects.select_related("candidate").order_by("pk"))
    for row in rows:
        submit_application(row, by=row.candidate)
    return promotion, rows


def mails(asked: argparse.Namespace, there: Servers) -> list[str]:
    """Two senders killed together, again and again, before a relay that cannot be asked what it has."""
    from eig.mail.choices import Status
    from eig.mail.models import Message
    from tests.eig.test_relay import LocalRelay, written

    written(asked.count or 10_000)
    dice, killed = random.Random(2), 0
    with LocalRelay() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host, port = server.server_address[:2]
        where = {
            "MAIL_RELAY": "smtp",
            "RELAY_HOST": str(host),
            "RELAY_PORT": str(port),
            "RELAY_STARTTLS": "0",
        }
        command = [sys.executable, "manage.py", "deliver_mail"]
        began, rounds = time.monotonic(), (asked.kills or 50) // 2
        for rank in range(rounds):
            senders = [started(command, **where) for _ in range(2)]
            # Spread over the whole: each pair does its share, then dies.
            until = len(server.taken) + left(Message) // (rounds - rank + 1)
            while len(server.taken) < until:
                time.sleep(0.01)
            time.sleep(dice.random() * 0.2)
            killed += len([sender for sender in senders if sender.poll() is None])
            kill_whole(*senders)
            leases_end(Message)
        last = [started(command, **where) for _ in range(2)]
        for sender in last:
            sender.wait()
        lasted = time.monotonic() - began
        server.shutdown()
    taken = Counter(server.taken)
    twice = {code for code, times in taken.items() if times > 1}
    codes = Message.objects.values_list("code", flat=True)
    said = {str(code) for code in codes.filter(ambiguous=True)}
    lost = {str(code) for code in codes} - set(taken)
    tell({"mails": len(taken), "senders killed": killed, "minutes": f"{lasted / 60:.1f}"})
    tell({"lost": len(lost), "twice": len(twice), "of which said": len(twice & said), "in doubt": len(said)})
    faults = {
        "mails lost": lost or Message.objects.exclude(status=Status.SENT).exists(),
        "twice and not said": twice - said,
        "more doubts than kills": len(said) > killed,
    }
    return [name for name, found in faults.items() if found]


def words_of(path: str) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(page.get_textpage().get_text_range() for page in pdf)


def wrong_prints(rows: list[Any]) -> list[str]:
    """Each receipt is there, whole, once, and is that of its owner."""
    from eig.documents.models import Document, Print

    found = {job.subject_id: job for job in Print.objects.select_related("document__owner")}
    wrong = []
    for row in rows:
        document = found[row.pk].document if row.pk in found else None
        if document is None:
            wrong.append(f"{row.number}: none")
        elif document.owner not in {None, row.candidate} or row.number not in words_of(document.file.path):
            wrong.append(f"{row.number}: another's, or cut")
    made = Document.objects.filter(name__startswith="recepisse").count()
    tell({"prints": len(found), "documents": made, "wrong": len(wrong)})
    return wrong


def prints(asked: argparse.Namespace, there: Servers) -> list[str]:
    """The press killed with its children, again and again."""
    from eig.documents.choices import PrintStatus
    from eig.documents.models import Print

    _, rows = handed_in(asked.count or 1000)
    kills, began = asked.kills or 10, time.monotonic()
    command = [sys.executable, "manage.py", "work", "--without-timetables"]
    done = Print.objects.filter(status=PrintStatus.READY)
    for rank in range(kills + 1):
        presses = [started(command, MAIL_RELAY="sink") for _ in range(2)]
        while left(Print) and (rank == kills or done.count() < (rank + 1) * len(rows) // (kills + 1)):
            time.sleep(0.05)
        kill_whole(*presses)
        leases_end(Print)
    tell({"kills of both": kills, "minutes": f"{(time.monotonic() - began) / 60:.1f}"})
    return wrong_prints(rows)


DRILLS: dict[str, Drill] = {
    "mails": mails, "prints": prints,
}  # fmt: skip

if __name__ == "__main__":
    run_drills(DRILLS, __doc__, count=0, kills=0)
