"""Whatever is sent: refused, or made harmless, quickly; nothing without the antivirus once there is one."""

import io
import os
import re
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from eig.accounts.models import User
from eig.documents.checking import check_document, check_next, inspect, waiting_documents
from eig.documents.doors import serve, serve_picture
from eig.documents.files import BadUpload, Limits, receive_upload
from eig.documents.models import Document, Extract
from eig.documents.tasks import sweep_files
from rehearsal.corpus.records import CvSection
from rehearsal.cv import cv_pdf
from tests.eig.hostile import CANARY, EICAR, Hostile, blank, everything, saved

HARM = re.compile(rb"/(?:JS|JavaScript|OpenAction|EmbeddedFiles?|AA|Launch|RichMedia|XFA|AcroForm|Annots)\b")
# The child is given four seconds of processor; on a busy machine those last longer.
SECONDS = 5
LIMITS = Limits(extensions=(".pdf", ".png", ".jpg", ".jpeg"))


def test_the_corpus_is_large_enough() -> None:
    assert len({item.name for item in everything()}) == len(everything()) >= 200


def named(name: str) -> bytes:
    return next(item.data for item in everything() if item.name == name)


def received(data: bytes, by: User, name: str = "cv.pdf") -> Document:
    return receive_upload(SimpleUploadedFile(name, data), by=by, at=timezone.now(), limits=LIMITS)


@pytest.mark.django_db
def test_no_file_stays_that_no_row_names(alice: User, settings: Any) -> None:
    """A deed that is refused after its file was written leaves a stray: gone the day after, alone."""
    kept = received(saved(blank()), alice)
    with transaction.atomic():
        stray = received(saved(blank()), alice)
        transaction.set_rollback(True)
    folder = Path(settings.PRIVATE_ROOT)
    mine, lost = folder / str(kept.file.name), folder / str(stray.file.name)
    sweep_files()
    assert lost.exists(), "its deed may still be under way"
    beside = folder / "mails" / "letter.eml"
    beside.parent.mkdir(exist_ok=True)
    beside.write_text("not a document")
    for path in (mine, lost, beside):
        os.utime(path, (0, 0))
    sweep_files()
    assert [path.exists() for path in (mine, lost, beside)] == [True, False, True]


def inflated(data: bytes) -> bytes:
    """Everything a PDF says, without its compression."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.attachments) == 0
        plain = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        return plain + b"".join(item.read_raw_bytes() for item in streams)


@pytest.mark.django_db
def test_every_hostile_file_is_refused_or_made_harmless(alice: User) -> None:
    """One test for all: the children are short, the database is opened once."""
    faults = [f"{item.name}: {fault}" for item in everything() if (fault := fault_of(item, alice))]
    assert faults == []


def fault_of(item: Hostile, alice: User) -> str:
    try:
        document = received(item.data, alice, item.file)
    except BadUpload as reason:
        return "" if str(reason).endswith(".") else "a refusal without a sentence"
    before = time.process_time() + children_time()
    with document.file.open("rb") as file:
        verdict = inspect(file.read(), document.media_type)
    if time.process_time() + children_time() - before > SECONDS:
        return "too long"
    if verdict.clean is None:
        return "" if verdict.refusal else "a refusal without a reason"
    if document.media_type == "application/pdf":
        said = inflated(verdict.clean)
        found = HARM.search(said)
        return f"kept {found[0]!r}" if found else told(said)
    return told(verdict.clean)


def told(data: bytes) -> str:
    marks = (CANARY.encode(), CANARY.encode("utf-16-be"), b"<script", EICAR, b"harm")
    return next((f"kept {mark!r}" for mark in marks if mark in data), "")


def children_time() -> float:
    return os.times().children_user + os.times().children_system


@pytest.mark.django_db
def test_what_is_served_is_closed_to_the_browser(alice: User) -> None:
    document = received(cv_pdf("Alice", [CvSection("Parcours", ("Une ligne.",))]), alice, "cv.php.pdf")
    check_document(document)
    document.refresh_from_db()
    with pytest.raises(Http404):
        serve_picture(document, page=2)
    responses = [serve(document), serve_picture(document, page=1)]
    for response in responses:
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    # Closing ends the request, and the connection with it.
    responses[0].close()


@pytest.mark.django_db
def test_a_checked_file_is_read_and_a_picture_has_no_text(alice: User) -> None:
    document = received(cv_pdf("Alice Aubert", [CvSection("Métier", ("Développeuse à Lille.",))]), alice)
    check_document(document)
    extract = Extract.objects.get(document=document)
    assert extract.text.splitlines()[0] == "Alice Aubert"
    assert "Développeuse à Lille." in extract.text
    assert document.page_images.count() == 1
    photo = received(named("photograph with an author"), alice, "a.jpg")
    check_document(photo)
    assert Extract.objects.get(document=photo).text == ""


# --- The antivirus ------------------------------------------------------------------------------------


class Clamd:
    """A server that speaks clamd's INSTREAM: it answers, or misbehaves on purpose."""

    def __init__(self, manner: str) -> None:
        self.manner, self.sizes = manner, list[int]()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.door.getsockname()[1]}"
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        while not self.over.is_set():
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            with line:
                self.answer(line)

    def answer(self, line: socket.socket) -> None:
        if self.manner == "hang":
            self.over.wait(5)
            return
        if self.manner == "hang up":
            return
        file = line.makefile("rb")
        command = file.read(10)
        assert command == b"zINSTREAM\0", command
        data = b""
        while size := struct.unpack(">I", file.read(4))[0]:
            data += file.read(size)
        self.sizes.append(len(data))
        file.close()
        if self.manner == "limit":
            line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
        elif EICAR in data:
            line.sendall(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
        else:
            line.sendall(b"stream: OK\0")

    def close(self) -> None:
        self.over.set()
        # Closing alone would leave the thread in `accept`.
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        self.thread.join(5)
        assert not self.thread.is_alive()


@contextmanager
def clamd(manner: str, settings: Any) -> Iterator[Clamd]:
    server = Clamd(manner)
    settings.CLAMAV_ADDRESS, settings.CLAMAV_SECONDS = server.address, 1
    try:
        yield server
    finally:
        server.close()


GOOD = saved(blank())


@pytest.mark.django_db
def test_the_antivirus_sees_the_whole_file_as_it_was_sent(alice: User, settings: Any) -> None:
    with clamd("polite", settings) as server:
        document = received(GOOD, alice)
        assert check_next()
        document.refresh_from_db()
        assert document.status == "clean"
        assert document.scanned_at
        assert server.sizes == [len(GOOD)]


@pytest.mark.django_db
def test_a_virus_behind_a_good_page_is_refused_and_destroyed(alice: User, settings: Any) -> None:
    with clamd("polite", settings):
        document = received(GOOD + EICAR, alice)
        path = document.file.path
        assert check_next()
        document.refresh_from_db()
        assert document.status == "refused"
        assert "antivirus" in document.refusal
        assert not document.file.storage.exists(path)


@pytest.mark.django_db
@pytest.mark.parametrize("manner", ["hang", "hang up", "limit", "nobody"])
def test_a_silent_antivirus_keeps_the_file_in_quarantine_and_it_is_tried_again(
    manner: str, alice: User, settings: Any
) -> None:
    document = received(GOOD, alice)
    if manner == "nobody":
        settings.CLAMAV_ADDRESS = "tcp://127.0.0.1:9"
        assert not check_next()
    else:
        with clamd(manner, settings):
            assert not check_next()
    document.refresh_from_db()
    assert (document.status, document.attempts) == ("pending", 0)
    assert document.unscanned_since
    assert list(waiting_documents()) == [document]
    with pytest.raises(Http404):
        serve(document)
    Document.objects.update(lease_until=timezone.now())
    with clamd("polite", settings):
        assert check_next()
    document.refresh_from_db()
    assert (document.status, document.unscanned_since) == ("clean", None)
