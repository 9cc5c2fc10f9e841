"""The outer wall: hand a message to a relay, and ask it whether it already has it.

Two relays: SMTP (production; cannot be asked) and the sink (demonstration, rehearsals, tests: one
file per message, named by its Message-ID, which can be asked and never writes one twice).
"""

import os
import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.policy import EmailPolicy, default
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from smtplib import SMTP, SMTP_SSL, SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from typing import Any, Protocol

from django.conf import settings
from django.template.loader import render_to_string

from eig.french.spaces import spaced, spaced_html
from eig.jobs.actions import JobFailed, JobRefused
from eig.mail.models import Message

# For each answer of the relay: a conversation asks for a dozen; a lease is longer (Message.QUEUE).
ANSWER_SECONDS = 20
# For the answer to the final dot: a relay that looks for viruses takes its time, and a client that leaves
# before may make it deliver twice (RFC 5321, 4.5.3.2.6).
TAKEN_SECONDS = 600


class Relay(Protocol):
    def send(self, message: Message, *, leaving: Callable[[], None]) -> None:
        """Hand it over; `leaving` is called just before its text may reach the relay.

        Raises Refused or PutOff when the relay says no; after any other error, it may have taken it.
        """

    def has(self, message: Message) -> bool | None:
        """True or False when the relay can be asked, None when it cannot."""

    def forget(self, message: Message) -> None:
        """Drop what the relay itself keeps of a message, when it keeps anything."""


@lru_cache(maxsize=256)
def _folded(name: str, value: str, linesep: str, utf8: bool) -> bytes:
    return default.clone(linesep=linesep, utf8=utf8).fold_binary(name, value)


class _Headers(EmailPolicy):
    """Senders and subjects come back letter after letter: their words are parsed and folded once."""

    header_store_parse = lru_cache(maxsize=256)(EmailPolicy.header_store_parse)

    def fold_binary(self, name: str, value: str) -> bytes:
        return _folded(name, value, self.linesep, self.utf8)


HEADERS = _Headers()
# A letter may carry several: each is about one appointment.
CALENDAR_FILE = re.compile(r"BEGIN:VCALENDAR.*?END:VCALENDAR\r?\n", re.DOTALL)


def as_mime(message: Message) -> EmailMessage:
    mime = EmailMessage(policy=HEADERS)
    # What somebody typed is no encoded word: `email` would decode it, line ends included, and write them.
    mime["Subject"] = spaced(message.subject.replace("=?", "= ?"))
    mime["From"] = settings.DEFAULT_FROM_EMAIL
    mime["To"] = message.to_email
    mime["Reply-To"] = settings.MAIL_REPLY_TO
    mime["Message-ID"] = message.message_id
    mime["Date"] = format_datetime(message.not_before)
    mime["Auto-Submitted"] = "auto-generated"
    mime["Content-Language"] = "fr"
    mime.set_content(spaced(message.body))
    html = render_to_string("emails/envelope.html", {"message": message, "site": settings.SITE_URL})
    mime.add_alternative(spaced_html(html), subtype="html")
    for file in CALENDAR_FILE.findall(message.calendar):
        _attach_calendar(mime, file)
    return mime


def _attach_calendar(mime: EmailMessage, calendar: str) -> None:
    """As a part that mail clients offer to add to the calendar; its method is the file's own."""
    found = re.search(r"^METHOD:([A-Z]+)\r?$", calendar, re.MULTILINE)
    mime.add_attachment(
        calendar.encode(),
        maintype="text",
        subtype="calendar",
        filename="rendez-vous.ics",
        params={"method": found[1] if found else "PUBLISH", "charset": "utf-8"},
    )


class PutOff(JobFailed):
    """Not now: what is tried again later, for days."""


class Refused(JobRefused):
    """Never: this letter, for this address."""


class Unsure(JobFailed):
    """The line broke, or nothing came, once the relay had the whole text: it may have taken it."""


class _Line(SMTP):
    """A conversation whose text leaves once `leaving` has said so."""

    leaving: Callable[[], None]

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.leaving()
        code, said = self.docmd("data")
        if code != 354:
            raise SMTPDataError(code, said)
        text = re.sub(rb"(?m)^\.", b"..", msg)
        self.send(text + (b".\r\n" if text.endswith(b"\r\n") else b"\r\n.\r\n"))
        assert self.sock is not None
        self.sock.settimeout(TAKEN_SECONDS)
        try:
            code, said = self.getreply()
        except OSError as error:
            raise Unsure(f"Le relais a reçu le texte et n’a pas répondu ({error}).") from error
        self.sock.settimeout(ANSWER_SECONDS)
        if code // 100 not in (2, 4, 5):
            raise Unsure(f"Le relais a reçu le texte et répond : {_said(code, said)}")
        return (250 if code // 100 == 2 else code), said


class _SecretLine(_Line, SMTP_SSL):
    """The same, encrypted from its first word."""


def _open_line() -> _Line:
    """The certificate of the relay must be its own: whoever stands between would read codes and passwords."""
    host, port = settings.RELAY_HOST, settings.RELAY_PORT
    known = ssl.create_default_context(cafile=settings.RELAY_CA or None)
    if settings.RELAY_TLS:
        return _SecretLine(host, port, timeout=ANSWER_SECONDS, context=known)
    line = _Line(host, port, timeout=ANSWER_SECONDS)
    if settings.RELAY_STARTTLS:
        try:
            line.starttls(context=known)
        except BaseException:
            line.close()
            raise
    return line


def _said(code: int, words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"


class SmtpRelay:
    def send(self, message: Message, *, leaving: Callable[[], None]) -> None:
        """What the relay accepted is sent, whatever follows."""
        try:
            line = _open_line()
            line.leaving = leaving
            try:
                if settings.RELAY_USER:
                    line.login(settings.RELAY_USER, settings.RELAY_PASSWORD)
                line.send_message(as_mime(message))
            finally:
                with suppress(Exception):
                    line.quit()
                line.close()
        except SMTPRecipientsRefused as error:
            raise _refusal(*next(iter(error.recipients.values()))) from error
        except SMTPDataError as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except SMTPResponseException as error:
            # It refuses us (account, sender, too many lines open), not this letter.
            raise PutOff(f"Le relais nous refuse : {_said(error.smtp_code, error.smtp_error)}") from error

    def has(self, message: Message) -> bool | None:
        return None

    def forget(self, message: Message) -> None:
        return None


def _refusal(code: int, words: bytes | str) -> JobFailed:
    if code // 100 == 5:
        return Refused(f"Le relais refuse ce courriel : {_said(code, words)}")
    return PutOff(f"Le relais remet ce courriel à plus tard : {_said(code, words)}")


class SinkRelay:
    """Appends to nothing: one file per message, created exclusively, so a second send would raise."""

    def _path(self, message: Message) -> Path:
        return Path(settings.MAIL_SINK_ROOT) / message.code.hex[:2] / f"{message.code}.eml"

    def forget(self, message: Message) -> None:
        self._path(message).unlink(missing_ok=True)

    def send(self, message: Message, *, leaving: Callable[[], None]) -> None:
        path = self._path(message)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.part")
        draft.write_bytes(as_mime(message).as_bytes())
        try:
            leaving()
            os.link(draft, path)
        finally:
            draft.unlink()

    def has(self, message: Message) -> bool | None:
        return self._path(message).exists()


def relay() -> Relay:
    return SinkRelay() if settings.MAIL_RELAY == "sink" else SmtpRelay()
