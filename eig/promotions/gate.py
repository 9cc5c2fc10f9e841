"""The gate: whether a phase is open, judged once, by the database's clock, inside the caller's transaction.

Handing in takes a share lock on the phase; closing takes an exclusive one. A submission that the
gate admitted is therefore committed before the snapshot of the closing is taken, and none comes after.

Locks of rows are no queue: those who share one go before whoever waits to have it alone, who waits for ever
in the last minute of a call. One waits for one's turn first.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from eig.french import dates
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase, Promotion


class PhaseNotOpen(Exception):
    """Too early or too late; the sentence tells which, and the official time."""


@dataclass(frozen=True, slots=True)
class Gate:
    """`now` is the official instant of the deed: write it, never a later one."""

    now: datetime
    phase: Phase


_READ = """
    SELECT phase.id FROM {turn}(hashtextextended(%s, 0)) AS turn, promotions_phase AS phase
    WHERE phase.promotion_id = %s AND phase.kind = %s
    FOR {lock} OF phase
"""
_TURNS = {"SHARE": "pg_advisory_xact_lock_shared", "UPDATE": "pg_advisory_xact_lock"}


def _locked(promotion_id: int, kind: str, *, lock: str) -> Gate:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a gate belongs to a transaction")
    with connection.cursor() as cursor:
        read = _READ.format(lock=lock, turn=_TURNS[lock])
        cursor.execute(read, [f"gate/{promotion_id}/{kind}", promotion_id, kind])
        row = cursor.fetchone()
        if row is None:
            raise PhaseNotOpen("Cette étape n’est pas encore prévue au calendrier.")
    # The lock may have waited: the instant is read again once it is held.
    now = official_now(promotion_id)
    phase = Phase.objects.select_related("closed_by").get(pk=row[0])
    return Gate(now=now, phase=phase)


def official_now(promotion: Promotion | int) -> datetime:
    """The database's clock (or the rehearsal's): for the deadline of one record, once its row is locked."""
    promotion_id = promotion if isinstance(promotion, int) else promotion.pk
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(rehearsal_clock, clock_timestamp()) FROM promotions_promotion WHERE id = %s",
            [promotion_id],
        )
        now: datetime = cursor.fetchone()[0]
    return now


def refusal(phase: Phase, now: datetime) -> str | None:
    """Why the phase does not accept a deed at `now`, or None when it does."""
    label = phase.get_kind_display()
    if phase.closed_at is not None:
        return f"« {label} » est clos depuis le {dates.deadline(phase.closed_at)}."
    if now < phase.opens_at:
        return f"« {label} » ouvre le {dates.deadline(phase.opens_at)}."
    if now > phase.closes_at:
        return (
            f"« {label} » est clos depuis le {dates.deadline(phase.closes_at)}. "
            f"Nous sommes le {dates.deadline(now)}."
        )
    return None


def open_gate(promotion: Promotion | int, kind: PhaseKind | str) -> Gate:
    """The gate of a phase, held open until the transaction ends. Raises PhaseNotOpen."""
    promotion_id = promotion if isinstance(promotion, int) else promotion.pk
    gate = _locked(promotion_id, kind, lock="SHARE")
    if reason := refusal(gate.phase, gate.now):
        raise PhaseNotOpen(reason)
    return gate


def opened_gate(promotion: Promotion | int, kind: PhaseKind | str) -> Gate:
    """The gate of a phase that has opened, even if it is over: for what may come after, never before.

    Publishing projects after the reveal is allowed, before it is not. Raises PhaseNotOpen.
    """
    promotion_id = promotion if isinstance(promotion, int) else promotion.pk
    gate = _locked(promotion_id, kind, lock="SHARE")
    if gate.now < gate.phase.opens_at:
        raise PhaseNotOpen(str(refusal(gate.phase, gate.now)))
    return gate


def closing_gate(promotion: Promotion | int, kind: PhaseKind | str) -> Gate:
    """The same row, locked alone: waits for every deed under way, admits none after."""
    promotion_id = promotion if isinstance(promotion, int) else promotion.pk
    return _locked(promotion_id, kind, lock="UPDATE")
