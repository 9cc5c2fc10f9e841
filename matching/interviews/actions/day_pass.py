"""An outside juror's way in, for one day: a link by mail, then a code by mail; it closes alone."""

import hashlib
import hmac
import secrets
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from eig.accounts.models import User
from eig.accounts.queries import token_hash
from eig.journal.actions import record as journal
from eig.juries.choices import JurorKind
from eig.promotions.models import Promotion
from matching.interviews import emails
from matching.interviews.models import DayPass, Juror, PanelSeat

EARLY = timedelta(hours=3)
LATE = timedelta(hours=3)
CODE_MINUTES = 15
MOST_CODES = 6
MOST_TRIES = 5
OUTSIDERS = (JurorKind.OUTSIDE, JurorKind.ALUMNI)


class PassClosed(Exception):
    """The link is unknown, revoked, not open yet, or its day is over."""


class TooManyCodes(Exception):
    """Codes are counted: the link must not serve to fill a mailbox."""


class WrongCode(Exception):
    """The code is wrong, too old, or was tried too often."""


def _code_hash(day_pass: DayPass, code: str) -> str:
    """A code is short: it is worth nothing without its link."""
    return hashlib.sha256(f"{day_pass.token_hash}:{code}".encode()).hexdigest()


@transaction.atomic
def send_day_passes(
    promotion: Promotion, *, day: date, by: User | None, at: datetime, jurors: Iterable[Juror] | None = None
) -> int:
    """Send the day's link to its outside jurors, or to `jurors`; sending again replaces the former link.

    Jurors of the programme team have none: they sign in. Returns how many links were sent.
    """
    seats: dict[int, list[PanelSeat]] = defaultdict(list)
    rows = (
        PanelSeat.objects.filter(panel__promotion=promotion, juror__person__is_staff=False)
        .select_related("panel", "juror__person", "juror__promotion")
        .order_by("during", "pk")
    )
    rows = rows.filter(juror__kind__in=OUTSIDERS) if jurors is None else rows.filter(juror__in=list(jurors))
    for seat in rows:
        if localtime(seat.during.lower).date() == day:
            seats[seat.juror_id].append(seat)
    for mine in seats.values():
        _send(mine, day=day, by=by, at=at)
    return len(seats)


def _send(seats: list[PanelSeat], *, day: date, by: User | None, at: datetime) -> None:
    juror = seats[0].juror
    Juror.objects.select_for_update(no_key=True).get(pk=juror.pk)
    DayPass.objects.filter(juror=juror, day=day, revoked_at__isnull=True).update(revoked_at=at)
    token = secrets.token_urlsafe(32)
    day_pass = DayPass.objects.create(
        juror=juror,
        day=day,
        token_hash=token_hash(token),
        sent_at=at,
        sent_by=by,
        opens_at=min(seat.during.lower for seat in seats) - EARLY,
        expires_at=max(seat.during.upper for seat in seats) + LATE,
    )
    journal("send_day_pass", juror, by=by, at=at, promotion_id=juror.promotion_id, day=day.isoformat())
    emails.day_pass_sent(day_pass, token=token, seats=seats, at=at)


@transaction.atomic
def revoke_day_pass(day_pass: DayPass, *, by: User, at: datetime) -> None:
    """Close the link and whatever was opened by it, at once."""
    if DayPass.objects.filter(pk=day_pass.pk, revoked_at__isnull=True).update(revoked_at=at):
        journal("revoke_day_pass", day_pass.juror, by=by, at=at, promotion_id=day_pass.juror.promotion_id)


def _open(day_pass: DayPass, *, at: datetime) -> DayPass:
    held = DayPass.objects.select_for_update(of=("self",)).select_related("juror__person").get(pk=day_pass.pk)
    if held.revoked_at or not held.opens_at <= at < held.expires_at:
        raise PassClosed("Ce lien n’est pas ouvert : il ne sert que le jour de vos auditions.")
    person = held.juror.person
    if not person.is_active or person.is_staff:
        raise PassClosed("Ce lien ne vous est pas ouvert : connectez-vous avec votre compte.")
    return held


@transaction.atomic
def send_day_code(day_pass: DayPass, *, at: datetime) -> None:
    """Write the code's mail. Raises PassClosed, TooManyCodes."""
    held = _open(day_pass, at=at)
    if held.codes_sent >= MOST_CODES:
        raise TooManyCodes("Trop de codes ont été demandés. Écrivez à l’équipe : elle vous renvoie un lien.")
    code = f"{secrets.randbelow(1_000_000):06d}"
    held.code_hash, held.code_sent_at, held.tries = _code_hash(held, code), at, 0
    held.codes_sent += 1
    held.save(update_fields=["code_hash", "code_sent_at", "codes_sent", "tries"])
    emails.day_code_sent(held, code=code, minutes=CODE_MINUTES, at=at)


def enter_by_code(day_pass: DayPass, *, code: str, at: datetime) -> User:
    """The person behind the link, if the code is right: it serves once. Raises PassClosed, WrongCode."""
    with transaction.atomic():
        held = _open(day_pass, at=at)
        fresh = (
            held.code_sent_at is not None
            and at - held.code_sent_at <= timedelta(minutes=CODE_MINUTES)
            and held.tries < MOST_TRIES
            and bool(held.code_hash)
        )
        digits = "".join(char for char in code if char.isdigit())
        right = fresh and hmac.compare_digest(held.code_hash, _code_hash(held, digits))
        if right:
            DayPass.objects.filter(pk=held.pk).update(code_hash="", tries=0, entered_at=at)
            journal("enter_by_code", held.juror, by=held.juror.person, at=at)
        else:
            # Counted even though the person is refused: the transaction is kept.
            DayPass.objects.filter(pk=held.pk).update(tries=F("tries") + 1)
    if not right:
        raise WrongCode("Ce code n’est pas le bon, ou il est trop ancien. Demandez-en un nouveau au besoin.")
    return held.juror.person
