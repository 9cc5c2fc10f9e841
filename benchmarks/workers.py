"""Workers killed in the middle of mails, prints, checks, exports and copies; and a power cut.

    python benchmarks/workers.py [mails|prints|jobs|power ...] [--count N] [--kills N]

Each drill makes servers of its own, as faults.py does. Nothing that was asked for may be missing, and
nothing may be made twice; a letter that a relay may have had twice is said to be so.
"""

import argparse
import itertools
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
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


def whole_celery(there: Servers) -> Iterator["subprocess.Popen[bytes]"]:
    """Every part of the site but the web, as bin/start runs them."""
    for name, command in there.commands().items():
        if name != "web":
            yield started(command, MAIL_RELAY="sink", REMAP_SIGTERM="SIGQUIT")


def jobs(asked: argparse.Namespace, there: Servers) -> list[str]:
    """The whole of Celery killed, parents and children, while jobs of five kinds are asked for."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from eig.documents.files import Limits, receive_upload
    from eig.documents.models import Document, Print
    from eig.exports.actions import ask_export
    from eig.exports.models import Export
    from eig.mail.models import Message
    from privacy.actions import ask_copy
    from privacy.models import DataCopy
    from tests.eig.hostile import blank, saved
    from tests.eig.test_relay import written
    from tests.people import person

    promotion, rows = handed_in(asked.count or 100)
    staff, given, kills = person("Diane", "Delmas", staff=True), saved(blank()), asked.kills or 20
    queues = (Message, Print, Export, Document, DataCopy)

    def ask_some(rank: int) -> None:
        now = timezone.now()
        # Two of each a round, and thirty letters.
        for row in rows[2 * rank : 2 * rank + 2]:
            ask_copy(row.candidate, at=now)
            file = SimpleUploadedFile(f"p{row.pk}.pdf", given)
            receive_upload(file, by=row.candidate, at=now, limits=Limits(max_bytes=10**6))
            ask_export(promotion, kind="dossiers", format="csv", given={"q": [str(row.pk)]}, by=staff, at=now)

    written(30 * kills)
    killed = 0
    for rank in range(kills):
        ask_some(rank)
        parts = list(whole_celery(there))
        before, until = sum(map(left, queues)), time.monotonic() + 30
        while sum(map(left, queues)) > before - 5 and time.monotonic() < until:
            time.sleep(0.05)
        kill_whole(*parts)
        killed += 1
    parts, last = list(whole_celery(there)), time.monotonic()
    back: dict[str, str] = {}
    while len(back) < len(queues) and time.monotonic() - last < 420:
        for model in queues:
            if model.__name__ not in back and not left(model):
                back[model.__name__] = f"{time.monotonic() - last:.0f} s"
        time.sleep(0.5)
    kill_whole(*parts)
    tell({"kills": killed, **{f"{name}, all done after": said for name, said in back.items()}})
    failed = {model.__name__: model.objects.filter(status=model.QUEUE.failed).count() for model in queues}
    sent = Counter(path.stem for path in (there.data / "mail").rglob("*.eml"))
    checked = Document.objects.filter(file__endswith=".clean").count()
    names = Document.objects.exclude(file__startswith="x/").values_list("file", flat=True)
    faults = {
        "not all done": len(back) < len(queues),
        "given up": any(failed.values()),
        "mails lost or twice": sent != Counter(str(m.code) for m in Message.objects.all()),
        "files not checked": checked != 2 * kills,
        "files missing": [name for name in names if not (there.data / "private" / name).exists()],
        "receipts wrong": wrong_prints(rows),
    }
    tell({"mails": len(sent), "checked": checked, "exports": Export.objects.count(), "given up": failed})
    return [name for name, found in faults.items() if found]


def power(asked: argparse.Namespace, there: Servers) -> list[str]:
    """Everything killed at once while people hand in, then started again in each of the 24 orders."""
    from eig.documents.models import Print
    from eig.mail.models import Message

    orders = list(itertools.permutations(("postgres", "redis", "web", "workers")))
    promotion, rows = people(asked.count or 480)
    forget_connection()
    share, port, waited = len(rows) // len(orders), free_port(), list[float]()
    web = there.commands(port)["web"]
    parts = [started(web), *whole_celery(there)]
    wait_for(port)
    for rank, order in enumerate(orders):
        part = rows[rank * share : (rank + 1) * share]
        with Burst(part, port, pace=0.01) as burst:
            burst.wait_for(0.5)
            servers = [(there.guardian(name), there.pid(name)) for name in ("postgres", "redis")]
            kill(*(guardian for guardian, _ in servers))
            kill(*(pid for _, server in servers for pid in family(server)))
            kill_whole(*parts)
        began, parts = time.monotonic(), []
        for name in order:
            if name == "web":
                parts.append(started(web))
            elif name == "workers":
                parts += whole_celery(there)
            else:
                there.start_again(name)
        wait_for(port)
        waited.append(time.monotonic() - began)
        again(part, port)
    until = time.monotonic() + 420
    while (left(Message) or left(Print)) and time.monotonic() < until:
        time.sleep(1)
    kill_whole(*parts)
    tell({"orders": len(waited), "seconds to be well, at most": f"{max(waited):.1f}"})
    tell({"mails left": left(Message), "prints left": left(Print)})
    late = ["well too late"] if max(waited) > 60 else []
    unsent = ["mails or prints left"] if left(Message) or left(Print) else []
    return judge(promotion, rows) + late + unsent


DRILLS: dict[str, Drill] = {
    "mails": mails, "prints": prints, "jobs": jobs, "power": power,
}  # fmt: skip

if __name__ == "__main__":
    run_drills(DRILLS, __doc__, count=0, kills=0)
