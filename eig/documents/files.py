"""Receive and keep files: first checks while the person waits, quarantine until a worker has rebuilt them."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from eig.accounts.models import User
from eig.documents.choices import FileStatus
from eig.documents.models import Document, Extract

MEGABYTE = 1024 * 1024
NAME_LIMIT = 120
HEAD = 1024
# No deed lasts as long: a file this old that no row names is of one that was refused, or cut.
STRAY_AFTER = timedelta(days=1)


class BadUpload(Exception):
    """The file breaks a limit; the sentence says which one."""


@dataclass(frozen=True, slots=True)
class Accepted:
    media_type: str
    mark: bytes
    # How far the mark may stand: readers of PDF look for it in the first kilobyte, after a blank or a BOM.
    within: int = 0


KINDS: Mapping[str, Accepted] = MappingProxyType(
    {
        ".pdf": Accepted("application/pdf", b"%PDF-", within=HEAD),
        ".png": Accepted("image/png", b"\x89PNG\r\n\x1a\n"),
        ".jpg": Accepted("image/jpeg", b"\xff\xd8\xff"),
        ".jpeg": Accepted("image/jpeg", b"\xff\xd8\xff"),
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question accepts."""

    extensions: tuple[str, ...] = (".pdf",)
    max_bytes: int = 10 * MEGABYTE


def safe_name(name: str) -> str:
    """The person's file name as harmless data: no path, no control character, a bounded length."""
    flat = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    flat = re.sub(r"[\x00-\x1f\x7f<>:\"|?*\u202a-\u202e\u2066-\u2069]", "", flat).strip(" .") or "document"
    stem, dot, suffix = flat.rpartition(".")
    return f"{stem[:NAME_LIMIT]}.{suffix[:8]}" if dot else flat[:NAME_LIMIT]


def _checked_kind(name: str, head: bytes, limits: Limits) -> Accepted:
    extension = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    said = ", ".join(sorted({item.removeprefix(".").upper() for item in limits.extensions} - {"JPEG"}))
    kind = KINDS.get(extension)
    if kind is None or extension not in limits.extensions:
        raise BadUpload(f"Ce type de fichier n’est pas accepté. Formats possibles : {said}.")
    if not 0 <= head.find(kind.mark) <= kind.within:
        raise BadUpload(
            "Le contenu de ce fichier ne correspond pas à son nom : "
            f"ce n’est pas un fichier {extension[1:].upper()}."
        )
    return kind


def receive_upload(file: "UploadedFile[Any]", *, by: User, at: datetime, limits: Limits) -> Document:
    """Keep a file in quarantine. Raises BadUpload with the limit that is broken."""
    name = safe_name(file.name or "")
    size = file.size or 0
    if size == 0:
        raise BadUpload("Ce fichier est vide.")
    if size > limits.max_bytes:
        heavy = f"{size / MEGABYTE:.1f}".replace(".", ",")
        raise BadUpload(f"Ce fichier pèse {heavy} Mo ; la limite est de {limits.max_bytes // MEGABYTE} Mo.")
    data = file.read()
    kind = _checked_kind(name, data[: 2 * HEAD], limits)
    return _keep(data, name=name, media_type=kind.media_type, owner=by, at=at, status=FileStatus.PENDING)


def keep_bytes(
    data: bytes, *, name: str, media_type: str, owner: User | None, at: datetime, text: str | None = None
) -> Document:
    """Keep a file that we made ourselves: no quarantine; `text` is what it says, when we know it."""
    document = _keep(data, name=name, media_type=media_type, owner=owner, at=at, status=FileStatus.CLEAN)
    if text is not None:
        Extract.objects.create(document=document, text=text, extracted_at=at)
    return document


@transaction.atomic
def _keep(
    data: bytes, *, name: str, media_type: str, owner: User | None, at: datetime, status: FileStatus
) -> Document:
    document = Document(
        owner=owner,
        name=safe_name(name),
        media_type=media_type,
        status=status,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        created_at=at,
        checked_at=at if status == FileStatus.CLEAN else None,
    )
    document.file.save(document.name, ContentFile(data), save=False)
    document.save(force_insert=True)
    return document


def forget_strays(*, at: datetime) -> int:
    """Destroy the files that no document names: their deed was refused after they were written, or cut."""
    storage = Document._meta.get_field("file").storage
    old = [name for name in _kept(storage) if storage.get_modified_time(name) < at - STRAY_AFTER]
    named = set(Document.objects.values_list("file", flat=True))
    strays = [name for name in old if name not in named]
    for name in strays:
        storage.delete(name)
    return len(strays)


def _kept(storage: Storage) -> Iterator[str]:
    """Every file in the folders of documents (see `storage_path`)."""
    for folder in storage.listdir("")[0]:
        if re.fullmatch("[0-9a-f]{2}", folder):
            yield from (f"{folder}/{name}" for name in storage.listdir(folder)[1])
