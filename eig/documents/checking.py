"""Take files out of quarantine: rebuilt and clean, or refused with a reason."""

import base64
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from eig.documents.choices import UNREADABLE, FileStatus
from eig.documents.models import Document, Extract, PageImage
from eig.documents.rebuild import REFUSED
from eig.documents.scanning import ScannerSilent, is_scanner_configured, scan
from eig.jobs.actions import Clock, hold, put_back, renew, run_next, settle

# The child stops itself after a few seconds of processor; on a busy machine those take longer.
WALL_SECONDS = 20
READABLE = ("application/pdf", "image/png", "image/jpeg")
INFECTED = (
    "L’antivirus a reconnu un programme malveillant dans ce fichier : il a été détruit. "
    "Déposez-en une version saine."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    clean: bytes | None
    pages: int | None
    refusal: str


def _child(module: str, media_type: str, data: bytes) -> "subprocess.CompletedProcess[bytes] | None":
    """Run one of our modules on these bytes, alone; nothing when it takes too long."""
    try:
        return subprocess.run(  # noqa: S603 — our own interpreter and module
            [sys.executable, "-m", module, media_type],
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None


def inspect(data: bytes, media_type: str) -> Verdict:
    """Rebuild in a child process that has little time and memory; what it cannot rebuild is refused."""
    child = _child("eig.documents.rebuild", media_type, data)
    if child is None:
        return Verdict(None, None, UNREADABLE)
    said = child.stderr.decode(errors="replace").strip()
    if child.returncode == REFUSED:
        return Verdict(None, None, said[:200] or UNREADABLE)
    if child.returncode != 0 or not child.stdout:
        return Verdict(None, None, UNREADABLE)
    pages = int(said.rpartition("pages=")[2] or 1)
    return Verdict(child.stdout, pages, "")


def check_next(*, clock: Clock = timezone.now) -> bool:
    """Check one waiting file; False when none waits, or the antivirus is silent."""
    heard = True

    def check(document: Document) -> None:
        nonlocal heard
        heard = check_document(document, clock=clock)

    return run_next(Document, check, clock=clock) is not None and heard


def check_document(document: Document, *, clock: Clock = timezone.now) -> bool:
    """Scan and rebuild one document, settle its status, read it; the raw upload is deleted either way.

    False when the antivirus is configured and silent: the file stays in quarantine, will be tried again, and
    the attempt does not count, as it is no fault of the file.
    """
    with document.file.open("rb") as raw:
        data = raw.read()
    try:
        verdict = _scanned(document, data, clock=clock) or inspect(data, document.media_type)
    except ScannerSilent:
        now = clock()
        put_back(document, now=now, unscanned_since=document.unscanned_since or now)
        return False
    _settle(document, verdict, clock=clock)
    if document.status == FileStatus.CLEAN:
        read_document(document)
    return True


def _scanned(document: Document, data: bytes, *, clock: Clock) -> Verdict | None:
    """A refusal when the antivirus found something. Raises ScannerSilent."""
    if not is_scanner_configured():
        return None
    found = scan(data)
    now = clock()
    renew(document, now=now, scanned_at=now, unscanned_since=None)
    return None if found.is_clean else Verdict(None, None, INFECTED)


def _settle(document: Document, verdict: Verdict, *, clock: Clock) -> None:
    storage, old_path = document.file.storage, document.file.name
    now = clock()
    with transaction.atomic():
        hold(document)
        if verdict.clean is None:
            settle(document, FileStatus.REFUSED, refusal=verdict.refusal, checked_at=now)
        else:
            settle(
                document,
                FileStatus.CLEAN,
                file=storage.save(f"{old_path}.clean", ContentFile(verdict.clean)),
                size=len(verdict.clean),
                sha256=hashlib.sha256(verdict.clean).hexdigest(),
                pages=verdict.pages,
                checked_at=now,
            )
    storage.delete(str(old_path))


def unread_documents() -> QuerySet[Document]:
    """Checked files whose text was not read: their worker died in between, or they came before we read."""
    rows = Document.objects.filter(status=FileStatus.CLEAN, owner__isnull=False, extract__isnull=True)
    return rows.filter(media_type__in=READABLE).order_by("pk")


def read_document(document: Document) -> Extract:
    """Keep the text of a checked file and pictures of its first pages; a file that defeats us has none."""
    with document.file.open("rb") as file:
        child = _child("eig.documents.extract", document.media_type, file.read())
    found = json.loads(child.stdout) if child and child.returncode == 0 and child.stdout else {}
    with transaction.atomic():
        extract, made = Extract.objects.get_or_create(
            document=document,
            defaults={
                "text": found.get("text", ""),
                "is_cut": found.get("cut", False),
                "extracted_at": timezone.now(),
            },
        )
        if made:
            PageImage.objects.bulk_create(
                PageImage(
                    document=document, rank=rank, data=base64.b64decode(data), width=width, height=height
                )
                for rank, (data, width, height) in enumerate(found.get("pages", ()), start=1)
            )
    return extract


def waiting_documents() -> QuerySet[Document]:
    """Files in quarantine, the oldest first."""
    return Document.objects.filter(status=FileStatus.PENDING).order_by("created_at", "pk")


def try_again(documents: Sequence[int]) -> None:
    """Let these waiting files be taken at once, without the pause between two attempts."""
    waiting_documents().filter(pk__in=documents).update(lease_until=None)
