"""Write messages to the outbox. Nothing is sent here: a worker delivers what is committed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import engines
from django.utils import timezone

from eig.accounts.models import User
from eig.french.spaces import one_line
from eig.mail.choices import Status
from eig.mail.models import Message

SUBJECT_LIMIT = 78


class EmptyMessage(Exception):
    """A message without a subject or a body must never be written."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to write: a template, a person (or an address), what it is about; `calendar` is an .ics.

    `good_until`: afterwards it would say what is no longer true, and does not leave.
    """

    template: str
    to: User | str
    key: str
    context: Mapping[str, Any] = field(default_factory=dict)
    calendar: bytes = b""
    good_until: datetime | None = None


def letter(
    template: str,
    to: User | str,
    key: str,
    /,
    *,
    calendar: bytes = b"",
    good_until: datetime | None = None,
    **context: Any,
) -> Letter:
    """A letter, and what its words are about."""
    return Letter(template, to, key, context, calendar, good_until)


def render_letter(letter: Letter) -> tuple[str, str]:
    """Subject (one line) and body of `templates/emails/<template>.txt`, from its two partials."""
    person = letter.to if isinstance(letter.to, User) else None
    context = {
        **letter.context,
        "person": person,
        "site": settings.SITE_URL,
        "contact": settings.CONTACT_EMAIL,
    }
    engine = engines["emails"]
    subject, body = (
        engine.get_template(f"{letter.template}.txt#{part}").render(context).strip()
        for part in ("subject", "body")
    )
    subject = one_line(subject)
    if not subject or not body:
        raise EmptyMessage(letter.template)
    return subject, body


def _row(letter: Letter, *, at: datetime, batch: str, hold: bool, promotion_id: int | None) -> Message:
    subject, body = render_letter(letter)
    to = letter.to
    return Message(
        key=letter.key,
        kind=letter.template,
        status=Status.HELD if hold else Status.NEW,
        batch=batch,
        promotion_id=promotion_id,
        to_person=to if isinstance(to, User) else None,
        to_email=to.email if isinstance(to, User) else to,
        subject=subject,
        body=body,
        calendar=letter.calendar.decode(),
        created_at=at,
        not_before=at,
        # By the real clock, as letters leave; a rehearsal has its own.
        until=letter.good_until and timezone.now() + (letter.good_until - at),
    )


def post_all(
    letters: Iterable[Letter],
    *,
    at: datetime | None = None,
    batch: str = "",
    hold: bool = False,
    promotion_id: int | None = None,
) -> int:
    """Write many messages in one statement; a key that exists is left alone. Returns how many were given."""
    moment = at or timezone.now()
    given = list(letters)
    known = _known(given) if len(given) > 1 else set()
    rows = [
        _row(letter, at=moment, batch=batch, hold=hold, promotion_id=promotion_id)
        for letter in given
        if letter.key not in known
    ]
    # Somebody else may have written one meanwhile.
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return len(given)


def _known(letters: Iterable[Letter]) -> set[str]:
    """Reminders are proposed again every few minutes: what is already written is not rendered again."""
    keys = [letter.key for letter in letters]
    return set(Message.objects.filter(key__in=keys).values_list("key", flat=True))


def post(
    template: str,
    /,
    *,
    to: User | str,
    key: str,
    at: datetime | None = None,
    batch: str = "",
    hold: bool = False,
    promotion_id: int | None = None,
    calendar: bytes = b"",
    **context: Any,
) -> None:
    """Write one message. `key` is unique: saying it twice sends it once."""
    post_all(
        [Letter(template, to, key, context, calendar)],
        at=at,
        batch=batch,
        hold=hold,
        promotion_id=promotion_id,
    )


def post_each(
    template: str, people: Iterable[User], /, *, key: str, at: datetime, promotion_id: int, **given: Any
) -> int:
    """The same letter to several people: the key tells the event, each person has it once."""
    letters = [letter(template, person, f"{key}:{person.pk}"[:200], **given) for person in people]
    return post_all(letters, at=at, promotion_id=promotion_id)


@transaction.atomic
def release(batch: str, *, at: datetime) -> int:
    """Let the held messages of a batch go, in the transaction that makes their news public."""
    return Message.objects.filter(batch=batch, status=Status.HELD).update(status=Status.NEW, not_before=at)


@transaction.atomic
def discard(batch: str) -> int:
    """Cancel the held messages of a batch that will not be published."""
    return Message.objects.filter(batch=batch, status=Status.HELD).delete()[0]


@transaction.atomic
def discard_letter(key: str) -> int:
    """Throw away one held message, whose news will not come true."""
    return Message.objects.filter(key=key, status=Status.HELD).delete()[0]


@transaction.atomic
def take_cancelled(batch: str) -> set[str]:
    """Throw away the letters of a batch cancelled since (an account was erased); returns their keys.

    The same news may then be written to somebody else.
    """
    rows = Message.objects.filter(batch=batch, status=Status.CANCELLED)
    keys = set(rows.values_list("key", flat=True))
    rows.delete()
    return keys
