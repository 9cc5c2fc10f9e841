"""A relay that is slow, refuses, breaks the line: each letter once, and what is not known is said."""

import datetime as dates
import ipaddress
import random
import socketserver
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.policy import SMTP, SMTPUTF8, default
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from eig.accounts.adapter import AccountAdapter
from eig.mail import delivery, relay
from eig.mail.backend import OutboxBackend
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
        server = self.server
        self.answers, self.cuts = server.mood()
        if server.secret and not server.starttls:
            self.encrypt()
        self.say("220 relay")
        while line := self.rfile.readline():
            verb = line[:4].upper().decode()
            if verb in self.answers:
                self.say(self.answers[verb])
            elif verb == "DATA":
                if not self.take():
                    return
            elif verb == "QUIT":
                self.say(server.farewell)
                return
            elif verb == "EHLO" and server.starttls:
                self.say("250-relay\r\n250 STARTTLS")
            elif verb == "STAR":
                self.say("220 go on")
                self.encrypt()
            else:
                self.say("250 ok")

    def encrypt(self) -> None:
        assert self.server.secret
        self.connection = self.server.secret.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)

    def finish(self) -> None:
        super().finish()
        if isinstance(self.connection, ssl.SSLSocket):
            self.connection.close()

    def take(self) -> bool:
        self.say("354 go on")
        text = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            text += line
        if not line:
            return False
        identity = next(row for row in text.splitlines() if row.startswith(b"Message-ID"))
        self.server.taken.append(identity.decode().split("<")[1].split("@")[0])
        time.sleep(self.server.seconds)
        if self.cuts == "before":
            return False
        if "." in self.answers:
            self.server.given_back.add(self.server.taken[-1])
        with self.server.around():
            self.say(self.answers.get(".", "250 taken"))
        return self.cuts != "after"


@contextmanager
def nothing() -> Iterator[None]:
    yield


class LocalRelay(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(
        self,
        *,
        seconds: float = 0,
        farewell: str = "221 bye",
        cuts: str = "",
        answers: Mapping[str, str] | None = None,
        around: Callable[[], Any] = nothing,
        secret: ssl.SSLContext | None = None,
        starttls: bool = False,
        mood: Callable[[], tuple[Mapping[str, str], str]] | None = None,
    ) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.seconds, self.farewell, self.cuts, self.answers = seconds, farewell, cuts, answers or {}
        self.around, self.secret, self.starttls = around, secret, starttls
        # Of each conversation: what is answered, and where the line is cut.
        self.mood = mood or (lambda: (self.answers, self.cuts))
        self.taken: list[str] = []
        # Whose text was refused once it was there.
        self.given_back: set[str] = set()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some of these tests are about."""


@contextmanager
def local_relay(settings: Any, **manners: Any) -> Iterator[LocalRelay]:
    with LocalRelay(**manners) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.MAIL_RELAY = "smtp"
        settings.RELAY_HOST, settings.RELAY_PORT = server.server_address
        settings.RELAY_STARTTLS, settings.RELAY_USER = server.starttls, ""
        settings.RELAY_TLS = server.secret is not None and not server.starttls
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
    """As with 4 seconds a letter and a lease of a minute: the lease is renewed when the text leaves."""
    monkeypatch.setattr(Message, "QUEUE", replace(Message.QUEUE, lease=timedelta(seconds=0.2)))
    written(24)
    with local_relay(settings, seconds=0.3) as server:

        def second_sender() -> None:
            time.sleep(1)
            deliver_due()

        assert together(deliver_due, second_sender) == []
    assert [mail for mail, times in Counter(server.taken).items() if times > 1] == []
    assert len(server.taken) == Message.objects.filter(status=Status.SENT, ambiguous=False).count() == 24


def outcome() -> tuple[str, bool]:
    message = Message.objects.get()
    return message.status, message.ambiguous


@pytest.mark.django_db
@pytest.mark.parametrize("manners", [{"farewell": "421 closing"}, {"cuts": "after"}])
def test_what_the_relay_took_is_sent_whatever_it_says_next(settings: Any, manners: Any) -> None:
    written(1)
    with local_relay(settings, **manners) as server:
        assert deliver_due() == 1
        assert deliver_due() == 0
    assert len(server.taken) == 1
    assert outcome() == (Status.SENT, False)


@pytest.mark.django_db
def test_of_many_letters_a_third_of_which_is_mistreated_at_random_none_is_lost(settings: Any) -> None:
    """Refused for now, for ever, cut before and after the answer, and then tried again as its pauses say."""
    dice = random.Random(3)
    manners: list[tuple[Mapping[str, str], str]] = [
        ({"MAIL": "421 closing"}, ""), ({"RCPT": "451 later"}, ""), ({"RCPT": "550 nobody"}, ""),
        ({".": "451 later"}, ""), ({".": "554 spam"}, ""), ({}, "before"), ({}, "after"),
    ]  # fmt: skip
    written(60)
    with local_relay(
        settings, mood=lambda: dice.choice(manners) if dice.random() < 0.3 else ({}, "")
    ) as relay:
        while Message.objects.filter(status=Status.NEW).exists():
            deliver_due()
            Message.objects.filter(status=Status.NEW).update(not_before=timezone.now())
    rows = {str(row.code): row for row in Message.objects.all()}
    assert {row.status for row in rows.values()} == {Status.SENT, Status.FAILED}
    assert {code for code, row in rows.items() if row.status == Status.SENT} <= set(relay.taken)
    # Refused for ever: the team reads which, and why.
    failed = [row for row in rows.values() if row.status == Status.FAILED]
    assert failed
    assert all(row.error for row in failed)
    assert max(row.attempts for row in rows.values()) > 2
    acknowledged_twice = [
        code for code, times in Counter(relay.taken).items() if times > 1 and not rows[code].ambiguous
    ]
    # Taken, then answered « later »: the relay itself gave it back.
    assert [code for code in acknowledged_twice if code not in relay.given_back] == []


@pytest.mark.django_db
def test_a_line_cut_before_the_answer_is_tried_again_and_said(settings: Any) -> None:
    written(1)
    with local_relay(settings, cuts="before"):
        assert deliver_due() == 0
    assert outcome() == (Status.NEW, True)
    assert "n’a pas répondu" in Message.objects.get().error
    Message.objects.update(not_before=timezone.now())
    with local_relay(settings):
        assert deliver_due() == 1
    assert Message.objects.get().state_words == "Envoyé (peut être parti deux fois)"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "expected"), [("252 taken as well", (Status.SENT, False)), ("quoi ?", (Status.NEW, True))]
)
def test_an_answer_to_the_text_that_is_no_refusal_never_makes_it_leave_again_unsaid(
    settings: Any, answer: str, expected: tuple[str, bool]
) -> None:
    written(1)
    with local_relay(settings, answers={".": answer}):
        deliver_due()
    assert outcome() == expected


@pytest.mark.django_db
def test_the_final_dot_is_answered_later_than_anything_else(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert relay.TAKEN_SECONDS == 600, "RFC 5321, 4.5.3.2.6"
    assert timedelta(seconds=relay.TAKEN_SECONDS) < delivery.LEAVING
    monkeypatch.setattr(relay, "ANSWER_SECONDS", 0.2)
    written(1)
    with local_relay(settings, seconds=0.6) as server:
        assert deliver_due() == 1
        monkeypatch.setattr(relay, "TAKEN_SECONDS", 0.3)
        Message.objects.update(status=Status.NEW)
        assert deliver_due() == 0
    assert len(server.taken) == 2
    assert outcome() == (Status.NEW, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"RCPT": "450 4.2.1 greylisted"}, Status.NEW),
        ({".": "451 4.3.0 later"}, Status.NEW),
        ({"MAIL": "550 5.7.1 not you"}, Status.NEW),
        ({"RCPT": "550 5.1.1 nobody here"}, Status.FAILED),
        ({".": "554 5.6.0 not that"}, Status.FAILED),
    ],
)
def test_a_refusal_for_now_waits_and_a_refusal_for_ever_stops_at_once(
    settings: Any, answers: Mapping[str, str], status: str
) -> None:
    """What the relay refuses of us, it refuses of every letter: that is mended, and they wait."""
    written(1)
    with local_relay(settings, answers=answers):
        assert deliver_due() == 0
    assert outcome() == (status, False)
    assert next(iter(answers.values())) in Message.objects.get().error


@pytest.mark.django_db(transaction=True)
def test_a_row_that_cannot_be_marked_at_once_does_not_make_the_letter_leave_again(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "MARK_AGAIN_SECONDS", (0.1,))

    @contextmanager
    def the_row_is_held() -> Iterator[None]:
        with transaction.atomic():
            Message.objects.select_for_update().get()
            yield
            time.sleep(0.8)
        connection.close()

    written(1)
    with local_relay(settings, around=the_row_is_held) as server:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        assert deliver_due() == 1
        assert deliver_due() == 0
    assert len(server.taken) == 1
    assert outcome() == (Status.SENT, False)


@pytest.mark.django_db
def test_a_code_that_is_no_longer_good_does_not_leave(settings: Any) -> None:
    """A relay that comes back after two days has mails to send, but not that one."""
    code: EmailMessage = AccountAdapter().render_mail(
        "account/email/login_code", "ana@exemple.example", {"code": "123456", "request": None}
    )
    OutboxBackend().send_messages([code])
    message = Message.objects.get()
    assert message.until
    assert timedelta(minutes=9) < message.until - message.created_at <= timedelta(minutes=10, seconds=1)
    Message.objects.update(until=timezone.now() - timedelta(seconds=1))
    with local_relay(settings) as server:
        assert deliver_due() == 0
    assert server.taken == []
    assert outcome() == (Status.CANCELLED, False)


def certificate(folder: Path, *, address: str) -> tuple[ssl.SSLContext, Path]:
    """A relay's own, and the file by which it is known."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dates.datetime.now(dates.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "relay")])
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "relay.pem", folder / "relay.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public


@pytest.mark.django_db
@pytest.mark.parametrize("starttls", [True, False], ids=["port 587", "port 465"])
@pytest.mark.parametrize(
    ("address", "is_known", "status"),
    [("127.0.0.1", True, Status.SENT), ("127.0.0.1", False, Status.NEW), ("127.0.0.2", True, Status.NEW)],
    ids=["its own", "of an unknown authority", "of another relay"],
)
def test_nobody_stands_between_us_and_the_relay(
    settings: Any, tmp_path: Path, address: str, is_known: bool, status: str, starttls: bool
) -> None:
    secret, public = certificate(tmp_path, address=address)
    settings.RELAY_CA = str(public) if is_known else ""
    written(1)
    with local_relay(settings, secret=secret, starttls=starttls) as server:
        deliver_due()
    assert outcome() == (status, False)
    assert len(server.taken) == (status == Status.SENT)
    assert ("CERTIFICATE_VERIFY_FAILED" in Message.objects.get().error) == (status == Status.NEW)


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
