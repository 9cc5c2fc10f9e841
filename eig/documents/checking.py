"""Take files out of quarantine: rebuilt and clean, or refused with a reason."""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from eig.documents.choices import FileStatus
from eig.documents.models import Document
from eig.documents.rebuild import REFUSED

WALL_SECONDS = 30
MAX_ATTEMPTS = 3
UNREADABLE = "Ce fichier n’a pas pu être vérifié. Exportez-le de nouveau en PDF, puis déposez-le à nouveau."
RETRY_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Verdict:
    clean: bytes | None
    pages: int | None
    refusal: str


def inspect(data: bytes, media_type: str) -> Verdict:
    """Rebuild in a child process that has little time and memory; what it cannot rebuild is refused."""
    try:
        child = subprocess.run(  # noqa: S603 — our own interpreter and module
            [sys.executable, "-m", "eig.documents.rebuild", media_type],
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Verdict(None, None, UNREADABLE)
    said = child.stderr.decode(errors="replace").strip()
    if child.returncode == REFUSED:
        return Verdict(None, None, said[:200] or UNREADABLE)
    if child.returncode != 0 or not child.stdout:
        return Verdict(None, None, UNREADABLE)
    pages = int(said.rpartition("pages=")[2] or 1)
    return Verdict(child.stdout, pages, "")


@transaction.atomic
def _claim(now: datetime) -> Document | None:
    document = (
        Document.objects.select_for_update(skip_locked=True)
        .filter(status=FileStatus.PENDING, attempts__lt=MAX_ATTEMPTS)
        .filter(Q(checked_at__isnull=True) | Q(checked_at__lt=now - RETRY_AFTER))
        .order_by("pk")
        .first()
    )
    if document is None:
        return None
    # While pending, `checked_at` is the moment of the last attempt: a dead worker's file is taken again.
    Document.objects.filter(pk=document.pk).update(attempts=document.attempts + 1, checked_at=now)
    document.attempts += 1
    return document


def check_next() -> bool:
    """Check one waiting file; False when none waits."""
    now = timezone.now()
    Document.objects.filter(
        status=FileStatus.PENDING, attempts__gte=MAX_ATTEMPTS, checked_at__lt=now - RETRY_AFTER
    ).update(status=FileStatus.REFUSED, refusal=UNREADABLE)
    document = _claim(now)
    if document is None:
        return False
    check_document(document)
    return True


def check_document(document: Document) -> None:
    """Rebuild one document and settle its status; the raw upload is deleted either way."""
    with document.file.open("rb") as raw:
        verdict = inspect(raw.read(), document.media_type)
    storage, old_path = document.file.storage, document.file.name
    now = timezone.now()
    if verdict.clean is None:
        Document.objects.filter(pk=document.pk).update(
            status=FileStatus.REFUSED, refusal=verdict.refusal, checked_at=now
        )
    else:
        new_path = storage.save(f"{old_path}.clean", ContentFile(verdict.clean))
        Document.objects.filter(pk=document.pk).update(
            status=FileStatus.CLEAN,
            file=new_path,
            size=len(verdict.clean),
            sha256=hashlib.sha256(verdict.clean).hexdigest(),
            pages=verdict.pages,
            checked_at=now,
        )
    storage.delete(str(old_path))
    document.refresh_from_db()
