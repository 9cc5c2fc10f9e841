"""Decisions of a wave: proposed, written again, taken back, while it is prepared; and who wrote them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from eig.accounts.models import User
from eig.accounts.queries import accounts_of
from eig.journal.actions import record as journal
from eig.lifecycle import IllegalMove, lock, may_move
from eig.mail.outbox import discard_letter
from eig.waves.choices import WaveStatus, WaveSubject
from eig.waves.kinds import WaveKind, kind_of, kinds
from eig.waves.models import Wave, WaveAuthor, WaveDecision
from eig.waves.queries import validators_of
from eig.waves.rules import rank_after


class WaveNotReady(Exception):
    """The wave cannot be validated or published as it is."""


class WaveNotDue(Exception):
    """The hour of publication has not come."""


class DecisionLocked(Exception):
    """The decision is in a validated wave, or its wave takes no more proposals."""


class RankTaken(Exception):
    """Another record of the wave has this rank in the reserve."""


class LastValidator(Exception):
    """Nobody of the team would be left to validate the wave."""


class NothingToDecide(Exception):
    """The record is in no state to be decided upon."""


REFUSALS = (DecisionLocked, IllegalMove, LastValidator, NothingToDecide, RankTaken, WaveNotDue, WaveNotReady)


def held_wave(wave: Wave) -> Wave:
    return lock(wave, "promotion")


def locked_prepared(wave: Wave) -> Wave:
    """The wave, held until the transaction ends, while it takes proposals. Raises DecisionLocked."""
    locked = held_wave(wave)
    if locked.status != WaveStatus.PREPARED:
        raise DecisionLocked("Cette vague n’est plus en préparation : ses propositions ne changent plus.")
    return locked


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

    Raises DecisionLocked, LastValidator, NothingToDecide, RankTaken, WaveNotReady.
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
    wrote = awaited.wave.authors.filter(target_id=locked.pk) if awaited else WaveAuthor.objects.none()
    refuse_last(held, {by.pk, *wrote.values_list("person_id", flat=True)})
    if awaited and awaited.wave_id != held.pk:
        carry_authors(awaited.wave, to=held, targets=[locked.pk])
    note_authors(held, [locked.pk], by=by)
    before = str(getattr(awaited, "outcome", ""))
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
    journal("propose_decision", locked, by=by, at=at, before=before, outcome=str(outcome))
    return decision


def note_authors(wave: Wave, targets: Collection[int], *, by: User) -> None:
    """`by` wrote the decisions of these records in a wave, held: they will not validate it."""
    WaveAuthor.objects.bulk_create(
        (WaveAuthor(wave=wave, target_id=target, person=by) for target in targets), ignore_conflicts=True
    )


def refuse_last(wave: Wave, hands: Collection[int]) -> None:
    """Of a team where somebody can validate a wave, held, somebody still can once these people wrote in it.

    Raises LastValidator.
    """
    if set(hands) <= {wave.prepared_by_id, *wave.authors.values_list("person_id", flat=True)}:
        return
    left, same = list(validators_of(wave)), set(accounts_of(*hands))
    if left and all(person.pk in same for person in left):
        raise LastValidator(
            "Plus personne ne pourrait valider cette vague\u00a0: "
            f"seuls restent {' et '.join(map(str, left))}. Écrivez cette décision dans une autre vague, "
            "ou faites-la écrire par une personne qui a déjà écrit dans celle-ci."
        )


def carry_authors(wave: Wave, *, to: Wave, targets: Collection[int]) -> None:
    """Decisions leave a wave for another: whoever wrote them follows."""
    wave.authors.filter(target_id__in=targets).update(wave=to)


def carry_preparer(wave: Wave, *, to: Wave) -> None:
    """A wave goes on in another: whoever prepared it validates neither."""
    before = wave.authors.filter(target_id=None).values_list("person_id", flat=True)
    WaveAuthor.objects.bulk_create(
        (WaveAuthor(wave=to, person_id=pk) for pk in {wave.prepared_by_id, *before}), ignore_conflicts=True
    )


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
    decision.wave.authors.filter(target_id=target.pk).delete()
    journal("retract_decision", target, by=by, at=at)


def drop_awaited_decision(target: Any, *, subject: WaveSubject) -> None:
    """Forget a decision not yet published, and its held mail: the record, locked, is leaving."""
    awaited = kinds()[subject].awaited(target)
    if awaited is not None:
        discard_letter(awaited.letter_key)
        awaited.wave.authors.filter(target_id=target.pk).delete()
        awaited.delete()
