"""Purge by date: warn thirty days before, then erase, on the day and not before.

The same code as an erasure.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from eig.accounts.models import User
from eig.failures.actions import alone, each_alone
from eig.personal import PERSON, Clock
from privacy import emails
from privacy.actions.erasing import NotYet, erase_person, erase_records
from privacy.choices import Cause
from privacy.models import Erasure, PurgeNotice
from privacy.queries import Term, terms
from privacy.rules import NOTICE_DAYS


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did, or would do, of one clock for one promotion."""

    term: Term
    count: int


def give_notices(*, at: datetime) -> int:
    """Tell the people whose data end within thirty days, once for each term. Returns how many were told."""
    told = 0
    for term in terms(at=at):
        if term.clock.person:
            rows, deed = term.to_tell(), "prévenir d’un effacement à venir"
            told += sum(each_alone("give_notice", rows, partial(_tell, term, at=at), deed=deed, at=at))
    return told


def _tell(term: Term, row: Any, *, at: datetime) -> bool:
    person = term.person_of(row)
    due = max(term.due_on(row), term.today + timedelta(days=NOTICE_DAYS))
    notice, created = PurgeNotice.objects.get_or_create(
        clock=term.clock.code,
        record_type=row._meta.label_lower,
        record_id=row.pk,
        started_on=term.started_on(row),
        defaults={"person": person, "told_on": term.today, "due_on": due},
    )
    if created:
        emails.purge_announced(notice, clock=term.clock, at=at)
    return created


def purge(*, at: datetime, dry_run: bool = False) -> list[Purged]:
    """Erase all whose time has come, each promotion and clock in its own transaction."""
    found = []
    for term in terms(at=at):
        count = term.due().count() if dry_run else _purge(term, at=at)
        if count:
            found.append(Purged(term, count))
    return found


def _purge(term: Term, *, at: datetime) -> int:
    clock = term.clock
    deed = f"effacer ce qui est arrivé à son terme : {clock.title}"
    if clock.subject == PERSON:
        return sum(each_alone("purge", term.due(), partial(_erase_sleeper, at=at), deed=deed, at=at))
    keys = list(term.due().values_list("pk", flat=True))
    if not keys:
        return 0
    erased = 0
    name = f"{clock.code}:{term.promotion_code}"
    promotion_id = term.promotion.pk if term.promotion else None
    with alone("purge", name, deed=deed, at=at, promotion_id=promotion_id):
        if clock.subject:
            erase_records(clock.subject, keys, clock=clock.code, promotion_code=term.promotion_code, at=at)
        else:
            _forget(clock, keys, term=term)
        PurgeNotice.objects.filter(clock=clock.code, record_id__in=keys).delete()
        erased += len(keys)
    return erased


def _forget(clock: Clock, keys: list[int], *, term: Term) -> None:
    assert clock.forget is not None
    rows = clock.rows().filter(pk__in=keys)
    label = rows.model._meta.label
    clock.forget(rows.model._default_manager.filter(pk__in=keys))
    Erasure.objects.create(
        cause=Cause.TERM,
        clock=clock.code,
        promotion_code=term.promotion_code,
        done_on=term.today,
        subjects=len(keys),
        counts={label: len(keys)},
    )


def _erase_sleeper(person: User, *, at: datetime) -> int:
    """An account is kept while something keeps it: a mission, a seat, a project that has nobody else."""
    try:
        erase_person(person, at=at, cause=Cause.TERM)
    except NotYet:
        return 0
    return 1
