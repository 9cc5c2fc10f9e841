"""Files that are cut on their way, or spoilt.

    python benchmarks/uploads.py [cut|spoilt ...] [--count N]

Each drill makes servers of its own, as faults.py does.
"""

import argparse
import http.client
import importlib
import io
import multiprocessing
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from servers import Drill, Servers, children, run_drills
from stand import ROOT, TOKEN, Sent, forget_connection, people, served, side_by_side, tell

BOUNDARY = "drill" * 5
CHECKERS = 2


def posted(row: Sent, data: bytes) -> bytes:
    """A whole request that sends the CV of this person."""
    body = (
        (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="fichier-cv"; filename="cv.pdf"\r\n'
            f"Content-Type: application/pdf\r\n\r\n"
        ).encode()
        + data
        + f"\r\n--{BOUNDARY}--\r\n".encode()
    )
    head = (
        f"POST /candidatures/{row.code}/pieces/cv/ajouter/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Cookie: sid={row.session}; csrf={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def send(row: Sent, port: int, data: bytes) -> None:
    row.tries += 1
    with socket.create_connection(("127.0.0.1", port), timeout=120) as line:
        line.sendall(posted(row, data))
        answer = http.client.HTTPResponse(line)
        answer.begin()
        row.status, row.location = answer.status, answer.getheader("Location", "")
        answer.read()


def strays(private: Path) -> tuple[int, int]:
    """After the sweep of tomorrow: files that no row names, and rows whose file is not there."""
    from django.utils import timezone

    from eig.documents.files import forget_strays
    from eig.documents.models import Document

    forget_strays(at=timezone.now() + timedelta(days=2))
    named = set(Document.objects.exclude(file__startswith="x/").values_list("file", flat=True))
    there = {str(path.relative_to(private)) for path in private.rglob("*") if path.is_file()}
    return len(there - named), len(named - there)


def cut(asked: argparse.Namespace, there: Servers) -> list[str]:
    """Lines cut at a byte drawn at random, of a file of some kilobytes or of four megabytes."""
    from candidates.models import Attachment
    from eig.documents.models import Document

    _, rows = people(asked.count or 200)
    dice, before = random.Random(9), Document.objects.count()
    sizes = (4_000, 4_000_000)
    data = {size: b"%PDF-1.4\n" + dice.randbytes(size) for size in sizes}

    def cut_short(row: Sent) -> None:
        request = posted(row, data[dice.choice(sizes)])
        with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
            # From the first byte to the last one: then nobody is there to hear the answer.
            line.sendall(request[: dice.randrange(1, len(request) + 1)])

    folder = there.data / "uploads"
    folder.mkdir(mode=0o700)
    with served(TMPDIR=str(folder)) as (port, _):
        side_by_side(rows, 20, cut_short)
        whole = Document.objects.count() - before
        # They come back, and send it whole.
        side_by_side(rows, 8, lambda row: send(row, port, data[4_000]))
    statuses = Counter(row.status for row in rows)
    alone = Document.objects.filter(attachment__isnull=True).count()
    unnamed, missing = strays(there.data / "private")
    kept = Attachment.objects.exclude(document__file__startswith="x/").count()
    halves = [file.name for file in folder.rglob("*") if file.is_file()]
    figures = {"rows of nobody": alone, "files of nobody": unnamed, "files missing": missing}
    tell({"cut": len(rows), "of which came whole": whole, "sent again": dict(statuses), "kept": kept})
    tell({**figures, "halves left": len(halves)})
    faults = [name for name, number in figures.items() if number]
    return faults + (["not taken again"] if set(statuses) != {302} or kept < len(rows) else [])


def seeds() -> dict[str, list[bytes]]:
    """Clean files of ours: PDFs of blank pages, of pictures, of words; pictures of several kinds."""
    from PIL import Image

    from eig.documents.pdf import Press
    from tests.eig.hostile import blank, saved

    dice, pdfs, images = random.Random(1), [], []
    for rank, (mode, kind) in enumerate(
        (mode, kind) for kind in ("PNG", "JPEG") for mode in ("L", "RGB", "1", "CMYK", "RGBA")
    ):
        if (mode, kind) in {("CMYK", "PNG"), ("RGBA", "JPEG"), ("1", "JPEG")}:
            continue
        size = (40 + rank, 60)
        picture = Image.frombytes("RGB", size, dice.randbytes(3 * size[0] * size[1])).convert(mode)
        out = io.BytesIO()
        picture.save(out, kind)
        images.append(out.getvalue())
        out = io.BytesIO()
        picture.convert("RGB").save(out, "PDF")
        pdfs.append(out.getvalue())
    pdfs += [saved(blank(pages), compress_streams=bool(pages % 2)) for pages in (1, 2, 5)]
    with Press() as press:
        page = (
            "<html lang='fr'><title>Essai</title><h1>Bonjour</h1><p>Un texte.</p><ul><li>Un</li></ul></html>"
        )
        pdfs.append(press.html(page, assets={}))
    return {"application/pdf": pdfs, "image": images}


def mutated(data: bytes, dice: random.Random) -> bytes:
    """A few bytes changed, taken out, doubled or put in; what says its kind stays."""
    head, body = data[:8], bytearray(data[8:])
    for _ in range(dice.choice((1, 1, 2, 5, 20))):
        at, length = dice.randrange(len(body) or 1), dice.randrange(1, 40)
        way = dice.randrange(6)
        if way == 0:
            body[at : at + 1] = dice.randbytes(1)
        elif way == 1:
            del body[at : at + length]
        elif way == 2:
            body[at:at] = body[at : at + length]
        elif way == 3:
            body[at:at] = dice.randbytes(length)
        elif way == 4:
            body[at : at + length] = dice.choice((b"\0", b"\xff", b"9", b"<", b"(")) * length
        elif dice.random() < 0.2:
            del body[at:]
    return head + bytes(body)


def forked(module: str, media_type: str, data: bytes) -> "subprocess.CompletedProcess[bytes] | None":
    """Our module on these bytes, as the workshop runs it, in a fork that need not start a Python."""
    from eig.documents.checking import WALL_SECONDS

    here, away = multiprocessing.Pipe(duplex=False)

    def work() -> None:
        out, said = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO(), write_through=True)
        sys.argv[1:], sys.stdin = [media_type], io.TextIOWrapper(io.BytesIO(data))
        sys.stdout, sys.stderr = out, said
        code = importlib.import_module(module).main()
        out.flush()
        away.send((code or 0, out.buffer.getvalue(), said.buffer.getvalue()))

    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    away.close()
    try:
        if not here.poll(WALL_SECONDS):
            child.kill()
            return None
        code, written, said = here.recv()
    except EOFError:
        code, written, said = -1, b"", b""
    finally:
        child.join()
    return subprocess.CompletedProcess([], code, written, said)


def sent_files() -> Any:
    """All but those that the drafts were made with."""
    from eig.documents.models import Document

    return Document.objects.exclude(file__startswith="x/")


def check_all(over: str) -> None:
    """Check what comes, until this file says that nothing will come any more."""
    from eig.documents import checking, extract, rebuild  # noqa: F401 - for the forks

    checking._child = forked
    while True:
        if not checking.check_next():
            if Path(over).exists():
                return
            time.sleep(0.1)


@dataclass
class Quarantine:
    """How many files wait and since when, asked each second; who sends waits while there are many."""

    rows: list[Sent]
    most: int = 40
    oldest: float = 0
    open: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        from django.utils import timezone

        from eig.documents.checking import waiting_documents

        rank = 0
        while not self.over.wait(1):
            since = list(waiting_documents().values_list("created_at", flat=True))
            age = (timezone.now() - since[0]).total_seconds() if since else 0
            self.oldest, rank = max(self.oldest, age), rank + 1
            (self.open.set if len(since) < self.most else self.open.clear)()
            if rank % 30 == 0:
                there = Counter(sent_files().values_list("status", flat=True))
                answers = Counter(row.status for row in self.rows if row.status)
                print(f"    {dict(there)}, {self.oldest:.1f} s at most; {dict(answers)}", flush=True)
        forget_connection()


def spoilt(asked: argparse.Namespace, there: Servers) -> list[str]:
    """Files of ours, mutated: half are PDFs that people send, half pictures; all are checked as they come."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from eig.accounts.models import User
    from eig.documents.choices import FileStatus
    from eig.documents.files import BadUpload, Limits, receive_upload

    half = (asked.count or 10_000) // 2
    _, rows = people(half)
    dice, clean = random.Random(asked.seed), seeds()
    files, pictures = (
        {row.code: mutated(dice.choice(clean[kind]), dice) for row in rows}
        for kind in ("application/pdf", "image")
    )
    owner, limits = User.objects.earliest("pk"), Limits(extensions=(".png", ".jpg"))
    refused: list[str] = []

    def send_two(row: Sent) -> None:
        quarantine.open.wait()
        send(row, port, files[row.code])
        data = pictures[row.code]
        name = "image.png" if data.startswith(b"\x89PNG") else "image.jpg"
        try:
            receive_upload(SimpleUploadedFile(name, data), by=owner, at=timezone.now(), limits=limits)
        except BadUpload:
            refused.append(row.code)

    began, over, quarantine = time.monotonic(), there.data / "all-sent", Quarantine(rows)
    said = f"import django; django.setup(); import uploads; uploads.check_all({str(over)!r})"
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'benchmarks'}", "LOG_LEVEL": "CRITICAL"}
    checkers = [subprocess.Popen([sys.executable, "-c", said], cwd=ROOT, env=env) for _ in range(CHECKERS)]
    watching = threading.Thread(target=quarantine.watch, daemon=True)
    watching.start()
    with served() as (port, web):
        before = children(web.pid)
        side_by_side(rows, 4, send_two)
        died = set(before) - set(children(web.pid))
    over.touch()
    ended = {checker.wait() for checker in checkers}
    quarantine.over.set()
    watching.join()
    settled = Counter(sent_files().values_list("status", flat=True))
    statuses = Counter(row.status for row in rows)
    tell({"sent": half, "answers": dict(statuses), "workers of the web dead": len(died)})
    tell({"pictures": half, "refused at once": len(refused), "checked": dict(settled)})
    tell({"seconds in quarantine": f"{quarantine.oldest:.1f} at most"})
    tell({"minutes": f"{(time.monotonic() - began) / 60:.1f}"})
    faults = {
        "a worker of the web died": died,
        "errors": set(statuses) - {200, 302},
        "a checker died": ended != {0},
        "files pending": settled[FileStatus.PENDING],
        "pending too long": quarantine.oldest > 120,
    }
    return [name for name, found in faults.items() if found]


DRILLS: dict[str, Drill] = {"cut": cut, "spoilt": spoilt}

if __name__ == "__main__":
    run_drills(DRILLS, __doc__, count=0, seed=3)
