"""The outer wall: hand a message to a relay, and ask it whether it already has it.

Two relays: SMTP (production; cannot be asked) and the sink (demonstration, rehearsals, tests: one
file per message, named by its Message-ID, which can be asked and never writes one twice).
"""

import os
import re
from contextlib import suppress
from email.message import EmailMessage
from email.policy import EmailPolicy, default
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from smtplib import SMTP, SMTPException, SMTPServerDisconnected
from typing import Any, Protocol

from django.conf import settings
from django.template.loader import render_to_string

from eig.mail.models import Message

# For each answer of the relay. A conversation asks for ten: a message is leased for longer (Message.QUEUE).
ANSWER_SECONDS = 20


class Relay(Protocol):
    def send(self, message: Message) -> None: ...

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


def as_mime(message: Message) -> EmailMessage:
    mime = EmailMessage(policy=HEADERS)
    # What somebody typed is no encoded word: `email` would decode it, line ends included, and write them.
    mime["Subject"] = message.subject.replace("=?", "= ?")
    mime["From"] = settings.DEFAULT_FROM_EMAIL
    mime["To"] = message.to_email
    mime["Reply-To"] = settings.MAIL_REPLY_TO
    mime["Message-ID"] = message.message_id
    mime["Date"] = format_datetime(message.not_before)
    mime["Auto-Submitted"] = "auto-generated"
    mime["Content-Language"] = "fr"
    mime.set_content(message.body)
    html = render_to_string("emails/envelope.html", {"message": message, "site": settings.SITE_URL})
    mime.add_alternative(html, subtype="html")
    if message.calendar:
        _attach_calendar(mime, message.calendar)
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


class Unsure(Exception):
    """The line broke while the relay had the text and had not answered: it may have taken it."""


class _Line(SMTP):
    def data(self, msg: Any) -> Any:
        try:
            return super().data(msg)
        except (OSError, SMTPServerDisconnected) as error:
            raise Unsure(f"{type(error).__name__}: {error}") from error


class SmtpRelay:
    def send(self, message: Message) -> None:
        """Raises Unsure, or whatever the relay refuses with. What it accepted is sent, whatever follows."""
        line = _Line(settings.RELAY_HOST, settings.RELAY_PORT, timeout=ANSWER_SECONDS)
        try:
            if settings.RELAY_STARTTLS:
                line.starttls()
            if settings.RELAY_USER:
                line.login(settings.RELAY_USER, settings.RELAY_PASSWORD)
            line.send_message(as_mime(message))
        finally:
            with suppress(OSError, SMTPException):
                line.quit()
            line.close()

    def has(self, message: Message) -> bool | None:
        return None

    def forget(self, message: Message) -> None:
        return None


class SinkRelay:
    """Appends to nothing: one file per message, created exclusively, so a second send would raise."""

    def _path(self, message: Message) -> Path:
        return Path(settings.MAIL_SINK_ROOT) / message.code.hex[:2] / f"{message.code}.eml"

    def forget(self, message: Message) -> None:
        self._path(message).unlink(missing_ok=True)

    def send(self, message: Message) -> None:
        path = self._path(message)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.part")
        draft.write_bytes(as_mime(message).as_bytes())
        try:
            os.link(draft, path)
        finally:
            draft.unlink()

    def has(self, message: Message) -> bool | None:
        return self._path(message).exists()


def relay() -> Relay:
    return SinkRelay() if settings.MAIL_RELAY == "sink" else SmtpRelay()
