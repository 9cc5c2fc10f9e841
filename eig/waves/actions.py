"""Decide in waves: prepared by one person, validated by another, public with its mails at one instant."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction

from eig.accounts.models import User
from eig.design.templatetags.words import counted
from eig.failures.actions import settled
from eig.journal.actions import record as journal
from eig.lifecycle import IllegalMove, lock, may_move, move, move_all
from eig.mail.outbox import EmptyMessage, Letter, discard, discard_letter, post_all, release, take_cancelled
from eig.promotions.models import Promotion
from eig.waves import emails
from eig.waves.choices import WaveStatus
from eig.waves.kinds import WaveKind, kind_of
from eig.waves.models import Wave, WaveDecision
from eig.waves.queries import PUBLISH, batch_of
from eig.waves.rules import rank_after

MOVABLE = (WaveStatus.PREPARED, WaveStatus.VALIDATED)


class WaveNotReady(Exception):
    """The wave cannot be validated or published as it is."""


class WaveNotDue(Exception):
    """The hour of publication has not come."""


class DecisionLocked(Exception):
    """The decision is in a validated wave, or its wave takes no more proposals."""


class RankTaken(Exception):
    """Another record of the wave has this rank in the reserve."""


class NothingToDecide(Exception):
    """The record is in no state to be decided upon."""


REFUSALS = (DecisionLocked, IllegalMove, NothingToDecide, RankTaken, WaveNotDue, WaveNotReady)


def _locked(wave: Wave) -> Wave:
    return lock(wave, "promotion")


def locked_prepared(wave: Wave) -> Wave:
    """The wave, held until the transaction ends, while it takes proposals. Raises DecisionLocked."""
    locked = _locked(wave)
    if locked.status != WaveStatus.PREPARED:
        raise DecisionLocked("Cette vague n’est plus en préparation : ses propositions ne changent plus.")
    return locked


def _locked_decisions(kind: WaveKind, wave: Wave) -> list[Any]:
    """The decisions of a wave, their records held.

    A withdrawal holds the record before it forgets the decision: it comes before us, and the second query
    no longer sees the decision; or it waits for us, and forgets the letter too.
    """
    concerned = kind.rows.filter(wave=wave).values(kind.decision.TARGET)
    list(kind.targets.filter(pk__in=concerned).order_by("pk").select_for_update().values_list("pk"))
    return list(kind.decisions(wave))


@transaction.atomic
def prepare_wave(
    promotion: Promotion, *, kind: WaveKind, title: str, publishes_at: datetime, by: User, at: datetime
) -> Wave:
    """Open a wave of decisions."""
    wave = Wave.objects.create(
        promotion=promotion,
        subject=kind.subject,
        title=title,
        publishes_at=publishes_at,
        prepared_at=at,
        prepared_by=by,
    )
    journal("prepare_wave", wave, by=by, at=at)
    return wave


@transaction.atomic
def move_wave(wave: Wave, *, title: str, publishes_at: datetime, by: User, at: datetime) -> bool:
    """Change the name or the hour of a wave not yet published; what was validated stays validated.

    The two people who agreed on it are told. False when nothing changes. Raises IllegalMove.
    """
    locked = _locked(wave)
    if locked.status not in MOVABLE:
        raise IllegalMove
    title_before, before = locked.title, locked.publishes_at
    if (title, publishes_at) == (title_before, before):
        return False
    Wave.objects.filter(pk=locked.pk).update(title=title, publishes_at=publishes_at)
    wave.refresh_from_db()
    journal(
        "move_wave",
        wave,
        by=by,
        at=at,
        before=before.isoformat(),
        after=publishes_at.isoformat(),
        title=title,
    )
    emails.wave_moved(wave, title_before=title_before, before=before, by=by, at=at)
    return True


@transaction.atomic
def propose_decision(
    target: Any,
    *,
    wave: Wave,
    outcome: str,
    reason: str,
    by: User,
    at: datetime,
    reserve_rank: int | None = None,
) -> Any:
    """Write, or rewrite, what becomes of a record in a wave. In the reserve without a rank, it comes last.

    Raises DecisionLocked, NothingToDecide, RankTaken, WaveNotReady.
    """
    held = locked_prepared(wave)
    kind = kind_of(held)
    words = kind.words
    rows = kind.targets.select_for_update(of=("self",)).select_related("promotion")
    locked = rows.get(pk=target.pk)
    if locked.promotion_id != held.promotion_id or not may_move(locked, outcome):
        raise NothingToDecide(
            f"Cette décision n’est pas possible pour {words.one} « {locked.get_status_display()} »."
        )
    if refusal := kind.too_soon(locked):
        raise NothingToDecide(refusal)
    if not reason.strip():
        raise WaveNotReady(f"Indiquez le motif communiqué {words.told}.")
    awaited = kind.awaited(locked)
    if awaited and awaited.wave_id != held.pk and awaited.wave.status != WaveStatus.PREPARED:
        raise DecisionLocked(f"La décision sur {words.this} figure déjà dans une vague validée.")
    decision, _ = kind.rows.update_or_create(
        **{kind.decision.TARGET: locked},
        published_at=None,
        defaults={
            "wave": held,
            "outcome": outcome,
            "reserve_rank": _rank(kind, held, locked, reserve_rank) if outcome == kind.reserve else None,
            "reason": reason.strip(),
            "proposed_at": at,
            "proposed_by": by,
        },
    )
    journal("propose_decision", locked, by=by, at=at, outcome=str(outcome))
    return decision


def _rank(kind: WaveKind, wave: Wave, target: Any, asked: int | None) -> int:
    """The wave is held: nobody takes the same rank meanwhile."""
    taken = set(kind.rivals(wave, target).values_list("reserve_rank", flat=True))
    if asked is None:
        return rank_after(taken)
    if asked in taken:
        raise RankTaken(f"Le rang {asked} de la liste complémentaire est déjà pris dans cette vague.")
    return max(asked, 1)


@transaction.atomic
def retract_decision(decision: WaveDecision, *, by: User, at: datetime) -> None:
    """Take a proposal back while its wave is in preparation. Raises DecisionLocked."""
    locked_prepared(decision.wave)
    target = decision.target
    type(decision)._default_manager.filter(pk=decision.pk, published_at__isnull=True).delete()
    journal("retract_decision", target, by=by, at=at)


def drop_awaited_decision(target: Any, *, kind: WaveKind) -> None:
    """Forget a decision not yet published, and its held mail: the record, locked, is leaving."""
    awaited = kind.awaited(target)
    if awaited is not None:
        discard_letter(awaited.letter_key)
        awaited.delete()


@transaction.atomic
def validate_wave(wave: Wave, *, by: User, at: datetime) -> None:
    """A second person agrees: the mails are written now, and held. Raises WaveNotReady, IllegalMove."""
    locked = _locked(wave)
    if locked.status != WaveStatus.PREPARED:
        raise IllegalMove
    if locked.prepared_by_id == by.pk:
        raise WaveNotReady("Une vague est validée par une autre personne que celle qui l’a préparée.")
    kind = kind_of(locked)
    decisions = _locked_decisions(kind, locked)
    if not decisions:
        raise WaveNotReady("Cette vague ne contient aucune décision.")
    _refuse_impossible(kind, decisions)
    letters = [letter for _, letter in kind.letters(locked, decisions) if letter is not None]
    if len(letters) != len(decisions):
        raise WaveNotReady(f"Un message manque : {kind.words.unwritten}.")
    _hold(locked, letters, at=at)
    move(locked, WaveStatus.VALIDATED, by=by, at=at, validated_at=at, validated_by=by)
    wave.refresh_from_db()


def _hold(wave: Wave, letters: Sequence[Letter], *, at: datetime) -> None:
    try:
        post_all(letters, at=at, batch=batch_of(wave), hold=True, promotion_id=wave.promotion_id)
    except EmptyMessage as error:
        raise WaveNotReady("Un message est vide : complétez-le avant de valider la vague.") from error


def _refuse_impossible(kind: WaveKind, decisions: Iterable[Any]) -> None:
    stuck = [str(item.target) for item in decisions if not may_move(item.target, item.outcome)]
    if stuck:
        raise WaveNotReady(
            f"L’état de {kind.words.these} a changé ; revoyez leur décision : {', '.join(stuck)}."
        )


@transaction.atomic
def publish_wave(wave: Wave, *, at: datetime, by: User | None = None) -> int:
    """Make the decisions true and let their mails go, in one transaction; returns how many.

    Raises WaveNotDue before the hour, WaveNotReady when mails and decisions differ in number, IllegalMove.
    """
    locked = _locked(wave)
    if locked.status != WaveStatus.VALIDATED:
        raise IllegalMove
    if at < locked.publishes_at:
        raise WaveNotDue("L’heure de publication de cette vague n’est pas encore venue.")
    kind, batch = kind_of(locked), batch_of(locked)
    decisions = _locked_decisions(kind, locked)
    # Who erased their account since the validation: their letter goes to whoever answers for the record now.
    if gone := take_cancelled(batch):
        letters = kind.letters(locked, [item for item in decisions if item.letter_key in gone])
        _hold(locked, [letter for _, letter in letters if letter is not None], at=at)
    for outcome, targets in _by_move(decisions):
        move_all(targets, outcome, by=by, at=at, decided_at=at)
    kind.rows.filter(wave=locked).update(published_at=at)
    released = release(batch, at=at)
    if released != len(decisions):
        raise WaveNotReady(
            f"{counted(released, 'message')} pour {counted(len(decisions), 'décision')}\u00a0: "
            "la vague n’est pas publiée. "
            "Reprenez-la pour réécrire les messages."
        )
    move(locked, WaveStatus.PUBLISHED, by=by, at=at, published_at=at)
    settled(PUBLISH, locked)
    wave.refresh_from_db()
    return len(decisions)


def _by_move(decisions: Sequence[Any]) -> Iterable[tuple[str, list[Any]]]:
    def key(item: Any) -> tuple[str, str]:
        return item.outcome, item.target.status

    for (outcome, _), group in groupby(sorted(decisions, key=key), key=key):
        yield outcome, [item.target for item in group]


@transaction.atomic
def cancel_wave(wave: Wave, *, by: User, at: datetime) -> None:
    """Give a wave up: its proposals are forgotten, its mails never leave. Raises IllegalMove."""
    locked = _locked(wave)
    move(locked, WaveStatus.CANCELLED, by=by, at=at)
    kind_of(locked).rows.filter(wave=locked).delete()
    discard(batch_of(locked))
    settled(PUBLISH, locked)
    wave.refresh_from_db()


@transaction.atomic
def reopen_wave(wave: Wave, *, by: User, at: datetime) -> Wave:
    """Take a validated wave up again: its proposals go to a new one, its mails are thrown away.

    Raises IllegalMove.
    """
    locked = _locked(wave)
    if locked.status != WaveStatus.VALIDATED:
        raise IllegalMove
    kind = kind_of(locked)
    again = prepare_wave(
        locked.promotion, kind=kind, title=locked.title, publishes_at=locked.publishes_at, by=by, at=at
    )
    kind.rows.filter(wave=locked).update(wave=again)
    discard(batch_of(locked))
    move(locked, WaveStatus.CANCELLED, by=by, at=at)
    settled(PUBLISH, locked)
    wave.refresh_from_db()
    return again
