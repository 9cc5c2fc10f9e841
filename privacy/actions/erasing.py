"""Erase a person, or records whose time has come. The same treatment, the same proof."""

import hashlib
import uuid
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils.timezone import localtime

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.models import User
from eig.accounts.privacy import NOWHERE
from eig.journal.actions import record as journal
from eig.journal.redaction import erasing, one_at_a_time, redact_entries
from eig.juries.actions import stop_applying
from eig.lifecycle import lock
from eig.mail.choices import Status as MailStatus
from eig.mail.models import Message
from eig.mail.relay import relay
from eig.personal import APPLICATION, PERSON
from journey.actions.withdrawal import withdraw_application
from privacy import emails
from privacy.actions.leaving import leave_everything
from privacy.actions.traces import clear_cache, end_sessions, redact_texts
from privacy.actions.treatment import Forgotten, forget
from privacy.choices import Cause
from privacy.models import Erasure
from privacy.queries import obstacles
from privacy.rules import identity_pattern


class NotYet(Exception):
    """Something that only the person or the team can settle comes first, or another erasure."""


@transaction.atomic
def erase_person(person: User, *, at: datetime, cause: Cause = Cause.ASKED) -> Erasure:
    """Withdraw the person from what is in progress, then take them out of everywhere. Raises NotYet.

    Their account stays as a row without a name, so that marks, seats and results keep what they point to.
    """
    _alone()
    locked = lock(person)
    if reasons := obstacles(locked, at=at):
        raise NotYet(" ".join(reasons))
    addresses = addresses_of(locked)
    farewell_to = locked.email
    leave_everything(locked, at=at)
    pattern = identity_pattern(names=_names(locked), addresses=addresses)
    words = [*addresses, f"{locked.first_name} {locked.last_name}"]
    with erasing(), connection.cursor() as cursor:
        # Seldom done, and never halfway: it may take longer than a page.
        cursor.execute("SET LOCAL statement_timeout = '60s'")
        for message in Message.objects.filter(Q(to_person=locked) | Q(to_email__in=addresses)).order_by("pk"):
            relay().forget(message)
        applications = list(Application.objects.filter(candidate=locked).values_list("pk", flat=True))
        done = forget(subject=APPLICATION, keys=applications)
        done.add(forget(subject=PERSON, keys=[locked.pk], addresses=addresses))
        done.counts["sessions.Session"] += end_sessions(locked, words=words)
        done.counts["cache"] += clear_cache(locked, words=words)
        done.counts["textes"] += redact_texts(pattern)
        redact_entries(records=done.touched, pattern=pattern)
    proof = _prove(done, subjects=1, cause=cause, clock="accounts" if cause == Cause.TERM else "", at=at)
    remember_outside(locked.code)
    emails.account_erased(farewell_to, proof=proof, at=at)
    return proof


def _alone() -> None:
    try:
        with transaction.atomic():
            one_at_a_time()
    except OperationalError as error:  # lock_timeout
        raise NotYet("Un autre effacement est en cours. Recommencez dans une minute.") from error


def _names(person: User) -> list[tuple[str, str]]:
    """The full name, unless another living account bears it: their texts are theirs."""
    namesakes = User.objects.filter(
        first_name__iexact=person.first_name, last_name__iexact=person.last_name
    ).exclude(pk=person.pk)
    return [] if namesakes.exists() else [(person.first_name, person.last_name)]


def addresses_of(person: User) -> list[str]:
    others = EmailAddress.objects.filter(user=person).order_by("pk").values_list("email", flat=True)
    return sorted({person.email, *(address.lower() for address in others)})


@transaction.atomic
def erase_records(
    subject: str, keys: Collection[int], *, clock: str, promotion_code: str, at: datetime
) -> Erasure:
    """Take applications or projects whose time has come out of everywhere.

    Their people keep their accounts. Raises NotYet.
    """
    _alone()
    done = Forgotten()
    with erasing():
        for key in sorted(keys):
            owner = None
            if subject == APPLICATION:
                owner = _detach(key, at=at)
            part = forget(subject=subject, keys=[key])
            if subject == APPLICATION:
                redact_entries(records={**part.touched, subject: [key]}, pattern="", without_actor=owner)
            done.add(part)
    return _prove(
        done, subjects=len(keys), cause=Cause.TERM, clock=clock, promotion_code=promotion_code, at=at
    )


def _detach(key: int, *, at: datetime) -> int:
    """Hang an application on an account without a name of its own; returns who it was.

    What the worker wrote to them about it goes with its own clock. A draft is withdrawn first.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=key)
    owner = application.candidate
    if application.status == ApplicationStatus.DRAFT:
        withdraw_application(application, by=owner, at=at)
        Message.objects.filter(key=f"application-withdrawn:{application.pk}", status=MailStatus.NEW).delete()
    stop_applying(application.promotion, person=owner)
    Application.objects.filter(pk=key).update(candidate=nobody(at=at))
    Application.objects.filter(pk=key, updated_by=owner).update(updated_by_id=_candidate_of(key))
    return owner.pk


def _candidate_of(key: int) -> int:
    return Application.objects.values_list("candidate_id", flat=True).get(pk=key)


def nobody(*, at: datetime) -> User:
    """An account that never was anybody's."""
    code = uuid.uuid4()
    ghost = User(
        code=code,
        email=f"{code.hex}@{NOWHERE}",
        first_name="Personne",
        last_name="effacée",
        is_active=False,
        date_joined=at,
    )
    ghost.set_unusable_password()
    ghost.save(force_insert=True)
    return ghost


def _prove(
    done: Forgotten, *, subjects: int, cause: Cause, clock: str, at: datetime, promotion_code: str = ""
) -> Erasure:
    proof = Erasure.objects.create(
        cause=cause,
        clock=clock,
        promotion_code=promotion_code,
        done_on=localtime(at).date(),
        subjects=subjects,
        counts={label: count for label, count in sorted(done.counts.items()) if count},
        files=done.files,
    )
    journal("erase", proof, by=None, at=at, cause=str(cause), clock=clock)
    return proof


def remember_outside(code: uuid.UUID) -> None:
    """A line outside the database: after a backup is restored, the erasures since then are done again.

    The line holds a hash of the account's random code: with the restored database it finds the account,
    alone it says nothing.
    """
    line = f"{hashlib.sha256(code.bytes).hexdigest()}\n"
    transaction.on_commit(lambda: _append(line))


def _append(line: str) -> None:
    path = Path(settings.ERASURES_LOG)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as log:
        log.write(line)
