"""Workers killed in the middle of mails and of prints; everything killed at once.

    python benchmarks/workers.py [mails|prints|power ...] [--count N] [--kills N]

Each drill makes servers of its own, as faults.py does. Nothing that was asked for may be missing, and
nothing may be made twice; a letter that a relay may have had twice is said to be so.
"""

import argparse
import itertools
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pypdfium2
from faults import Burst, again
from servers import Drill, Servers, family, kill, run_drills
from stand import ROOT, forget_connection, free_port, judge, people, tell, wait_for


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


def deliver() -> None:
    from eig.mail.delivery import deliver_due

    deliver_due(limit=10_000)


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
        os.environ |= {"MAIL_RELAY": "smtp", "RELAY_HOST": str(host), "RELAY_PORT": str(port)}
        os.environ |= {"RELAY_STARTTLS": "0", "LOG_LEVEL": "CRITICAL", "PYTHONPATH": str(ROOT)}
        # Loaded once, forked for each: fifty starts would cost more than the mails.
        loaded = multiprocessing.get_context("forkserver")
        loaded.set_forkserver_preload(["__main__", "eig.wsgi"])

        def two_senders() -> list[Any]:
            pair = [loaded.Process(target=deliver) for _ in range(2)]
            for sender in pair:
                sender.start()
            return pair

        began, rounds = time.monotonic(), (asked.kills or 50) // 2
        for rank in range(rounds):
            senders = two_senders()
            # Spread over the whole: each pair does its share, then dies.
            until = len(server.taken) + left(Message) // (rounds - rank + 1)
            while len(server.taken) < until and any(sender.is_alive() for sender in senders):
                time.sleep(0.01)
            time.sleep(dice.random() * 0.2)
            killed += len([sender for sender in senders if sender.is_alive()])
            kill(*(sender.pid for sender in senders))
            for sender in senders:
                sender.join()
            leases_end(Message)
            minutes = (time.monotonic() - began) / 60
            twice = len(server.taken) - len(set(server.taken))
            gone = Message.objects.filter(status=Status.SENT).exclude(code__in=server.taken).count()
            seen = f"{len(server.taken)} taken, {twice} twice, {gone} lost"
            print(f"    {killed} kills, {seen}, {minutes:.1f} minutes", flush=True)
        for sender in two_senders():
            sender.join()
        lasted = time.monotonic() - began
        server.shutdown()
    taken = Counter(server.taken)
    doubled = {code for code, times in taken.items() if times > 1}
    codes = Message.objects.values_list("code", flat=True)
    said = {str(code) for code in codes.filter(ambiguous=True)}
    lost = {str(code) for code in codes} - set(taken)
    tell({"mails": len(taken), "senders killed": killed, "minutes": f"{lasted / 60:.1f}"})
    tell({"lost": len(lost), "twice": len(doubled)})
    tell({"of which said": len(doubled & said), "in doubt": len(said)})
    faults = {
        "mails lost": lost or Message.objects.exclude(status=Status.SENT).exists(),
        "twice and not said": doubled - said,
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
            time.sleep(0.2)
        kill_whole(*presses)
        leases_end(Print)
        minutes = (time.monotonic() - began) / 60
        print(f"    {rank} kills, {done.count()} printed, {minutes:.1f} minutes", flush=True)
    tell({"kills of both": kills, "minutes": f"{(time.monotonic() - began) / 60:.1f}"})
    return wrong_prints(rows)


def workers(there: Servers) -> list["subprocess.Popen[bytes]"]:
    """Every part of the site but the web, as bin/start runs them."""
    commands = {name: command for name, command in there.commands(0).items() if name != "web"}
    return [started(command, MAIL_RELAY="sink", REMAP_SIGTERM="SIGQUIT") for command in commands.values()]


def power(asked: argparse.Namespace, there: Servers) -> list[str]:
    """Everything killed at once while people hand in, then started again in each of the 24 orders."""
    from eig.documents.models import Print
    from eig.mail.choices import Status
    from eig.mail.models import Message

    sent = Message.objects.filter(status=Status.SENT)
    orders = list(itertools.permutations(("postgres", "redis", "web", "workers")))
    random.Random(4).shuffle(orders)
    orders = orders[: asked.kills or 24]
    promotion, rows = people(asked.count or 20 * len(orders))
    forget_connection()
    share, port, waited, gone = len(rows) // len(orders), free_port(), list[float](), 0
    web = there.commands(port)["web"]
    parts = [started(web), *workers(there)]
    try:
        wait_for(port, seconds=300)
        for rank, order in enumerate(orders):
            part = rows[rank * share : (rank + 1) * share]
            with Burst(part, port, pace=0.01) as burst:
                burst.wait_for(0.5)
                servers = [
                    (there.pid(name, of="guardian"), there.pid(name)) for name in ("postgres", "redis")
                ]
                kill(*(guardian for guardian, _ in servers))
                kill(*(pid for _, server in servers for pid in family(server)))
                kill_whole(*parts)
            gone += len([part for part in parts if part.poll() not in {None, -signal.SIGKILL}])
            began, parts = time.monotonic(), []
            for name in order:
                if name == "web":
                    parts.append(started(web))
                elif name == "workers":
                    parts += workers(there)
                else:
                    there.start_again(name)
            wait_for(port, seconds=300)
            before = sent.count()
            again(part, port)
            # Well: pages are answered, and letters leave again.
            while sent.count() == before and time.monotonic() < began + 300:
                time.sleep(0.2)
            waited.append(time.monotonic() - began)
            print(f"{', '.join(order):40} {waited[-1]:.1f} s", flush=True)
            forget_connection()
        until = time.monotonic() + 420
        while (left(Message) or left(Print)) and time.monotonic() < until:
            time.sleep(1)
    finally:
        kill_whole(*parts)
    tell({"orders": len(waited), "seconds to be well, at most": f"{max(waited):.1f}"})
    tell({"mails left": left(Message), "prints left": left(Print)})
    faults = {
        "well too late": max(waited) > 60,
        "ended by itself": gone,
        "mails or prints left": left(Message) or left(Print),
    }
    return judge(promotion, rows) + [name for name, found in faults.items() if found]


DRILLS: dict[str, Drill] = {
    "mails": mails, "prints": prints, "power": power,
}  # fmt: skip

if __name__ == "__main__":
    run_drills(DRILLS, __doc__, count=0, kills=0)
