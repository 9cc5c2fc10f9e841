"""Talking to a relay that is slow, or breaks the line: each letter once, and what is not known is said."""

import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.policy import SMTP, SMTPUTF8, default
from typing import Any

import pytest
from django.utils import timezone

from eig.mail.choices import Status
from eig.mail.delivery import deliver_due
from eig.mail.models import Message
from eig.mail.relay import HEADERS, as_mime
from tests.together import together


class Conversation(socketserver.StreamRequestHandler):
    """Just enough of SMTP; the server says how this relay misbehaves."""

    server: "LocalRelay"

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 relay")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                if not self.take():
                    return
            elif verb == b"QUIT":
                self.say(self.server.farewell)
                return
            else:
                self.say("250 ok")

    def take(self) -> bool:
        self.say("354 go on")
        text = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            text += line
        time.sleep(self.server.seconds)
        identity = next(row for row in text.splitlines() if row.startswith(b"Message-ID"))
        self.server.taken.append(identity.decode())
        if self.server.cuts:
            return False
        self.say("250 taken")
        return True


class LocalRelay(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, *, seconds: float = 0, farewell: str = "221 bye", cuts: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.seconds, self.farewell, self.cuts = seconds, farewell, cuts
        self.taken: list[str] = []


@contextmanager
def local_relay(settings: Any, **manners: Any) -> Iterator[LocalRelay]:
    with LocalRelay(**manners) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.MAIL_RELAY = "smtp"
        settings.RELAY_HOST, settings.RELAY_PORT = server.server_address
        settings.RELAY_STARTTLS, settings.RELAY_USER = False, ""
        try:
            yield server
        finally:
            server.shutdown()


def written(count: int) -> None:
    now = timezone.now()
    Message.objects.bulk_create(
        Message(
            key=f"relay:{rank}", kind="test", to_email=f"p{rank}@exemple.example", subject=f"Lettre {rank}",
            body="Bonjour", created_at=now, not_before=now,
        )
        for rank in range(count)
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_slow_relay_and_a_second_sender_send_nothing_twice(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relay of a third of a lease for each letter; seen with 3.5 seconds and a lease of a minute."""
    monkeypatch.setattr(Message, "QUEUE", replace(Message.QUEUE, lease=timedelta(seconds=0.9)))
    written(24)
    with local_relay(settings, seconds=0.3) as server:

        def second_sender() -> None:
            time.sleep(1)
            deliver_due()

        assert together(deliver_due, second_sender) == []
    assert [mail for mail, times in Counter(server.taken).items() if times > 1] == []
    assert len(server.taken) == Message.objects.filter(status=Status.SENT, ambiguous=False).count() == 24


@pytest.mark.django_db
def test_what_the_relay_took_is_sent_whatever_it_says_next(settings: Any) -> None:
    written(1)
    with local_relay(settings, farewell="421 closing") as server:
        assert deliver_due() == 1
        assert deliver_due() == 0
    assert len(server.taken) == 1


@pytest.mark.django_db
def test_a_line_cut_before_the_answer_is_tried_again_and_said(settings: Any) -> None:
    written(1)
    with local_relay(settings, cuts=True):
        assert deliver_due() == 0
    message = Message.objects.get()
    assert (message.status, message.ambiguous) == (Status.NEW, True)
    assert "Unsure" in message.error


def test_a_header_that_is_remembered_is_written_as_any_other() -> None:
    """The second time it comes from memory; in a file as on the wire."""
    subject = "L’été d’Anaïs : où en est votre candidature, et ce que devient la suite ?"
    letter = Message(
        subject=subject, to_email="anais@poste.example", body="À bientôt.", not_before=timezone.now()
    )
    for _ in range(2):
        mime = as_mime(letter)
        for policy in (default, SMTP, SMTPUTF8):
            ours = HEADERS.clone(linesep=policy.linesep, utf8=policy.utf8)
            assert mime.as_bytes(policy=ours) == mime.as_bytes(policy=policy)
