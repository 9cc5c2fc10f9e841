"""Who may agree to a wave, and what they look at twice before."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Count, QuerySet

from eig.accounts.models import User
from eig.accounts.queries import accounts_of
from eig.dossiers.choices import CorrectionStatus
from eig.evaluation.queries import dossiers_apart, trades_by_dossier
from eig.french import french
from eig.promotions.models import Promotion
from eig.waves.choices import Odd, WaveStatus
from eig.waves.kinds import WaveKind, kind_of
from eig.waves.models import Wave, WaveDecision
from eig.waves.rules import is_contrary, misplaced


def validators_of(wave: Wave) -> QuerySet[User]:
    """The people of the team who neither prepared the wave nor wrote any of its decisions.

    Nor another account of one of them.
    """
    hands = accounts_of(wave.prepared_by_id, *wave.authors.values_list("person_id", flat=True))
    team = User.objects.filter(is_staff=True, is_active=True).exclude(pk__in=hands)
    return team.order_by(french("last_name"), "pk")


def written_by(wave: Wave) -> list[tuple[User, int]]:
    """Who wrote decisions of a wave, with how many, the most first."""
    rows = wave.authors.filter(target_id__isnull=False).values_list("person").annotate(n=Count("pk"))
    counts = dict(rows.order_by())
    people = User.objects.filter(pk__in=counts).order_by(french("last_name"), "pk")
    return sorted(((person, counts[person.pk]) for person in people), key=lambda item: -item[1])


@dataclass(frozen=True, slots=True)
class Reread:
    """A decision before the eyes of a second person."""

    decision: Any
    odd: tuple[Odd, ...]
    # Written again since a second person agreed, before the wave was taken up again.
    is_changed: bool
    # Signs that nobody has agreed to.
    fresh: tuple[Odd, ...]

    @property
    def is_asked(self) -> bool:
        return self.is_changed or bool(self.odd)


def text_of(decision: WaveDecision) -> str:
    """The fingerprint of what a decision says."""
    told = [str(getattr(decision, "outcome", "")), decision.reserve_rank, decision.reason]
    return sha256(json.dumps(told).encode()).hexdigest()


def rereading(wave: Wave, decisions: Sequence[Any]) -> list[Reread]:
    """Each decision of a wave with the signs to look at, in the order given.

    A wave validated before agreements were noted has nothing fresh.
    """
    kind = kind_of(wave)
    odd = _oddities(kind, wave.promotion, decisions)
    agreed: Mapping[str, Any] = wave.agreed or {}
    found = []
    for decision in decisions:
        signs = odd.get(decision.target.pk, ())
        known = agreed.get(str(decision.target.pk), {})
        ticked = known.get("odd", ())
        found.append(
            Reread(
                decision=decision,
                odd=signs,
                is_changed=bool(agreed) and known.get("text") != text_of(decision),
                fresh=() if wave.agreed is None else tuple(sign for sign in signs if sign not in ticked),
            )
        )
    return found


def digest_of(reread: Sequence[Reread]) -> str:
    """The fingerprint of what was on the page: what is agreed to is what was read."""
    told = [(item.decision.target.pk, text_of(item.decision), [*item.odd]) for item in reread]
    return sha256(json.dumps(sorted(told)).encode()).hexdigest()


def _oddities(
    kind: WaveKind, promotion: Promotion, decisions: Sequence[Any]
) -> Mapping[int, tuple[Odd, ...]]:
    targets = [item.target for item in decisions]
    apart = set(dossiers_apart(kind.readings, promotion))
    required = getattr(promotion, kind.readings.KIND.required)
    asked = _asked(kind, [target.pk for target in targets])
    low, high = _misplaced(kind, promotion)
    best, worst = kind.outcomes.values[0], kind.outcomes.values[-1]
    both = {item.reason for item in decisions if item.outcome == best} & {
        item.reason for item in decisions if item.outcome == worst
    }
    return {
        item.target.pk: tuple(
            sign
            for sign, holds in (
                (Odd.LOW, item.target.pk in low),
                (Odd.HIGH, item.target.pk in high),
                (Odd.FEW, item.target.reviews_signed < required),
                (Odd.APART, item.target.pk in apart),
                (Odd.ASKED, item.target.pk in asked),
                (
                    Odd.CONTRARY,
                    item.reason in both
                    or is_contrary(item.reason, is_best=item.outcome == best, is_worst=item.outcome == worst),
                ),
            )
            if holds
        )
        for item in decisions
    }


def _asked(kind: WaveKind, targets: Sequence[int]) -> set[int]:
    """Those whose answers are open again."""
    dossier = kind.corrections.model.DOSSIER
    rows = kind.corrections.rows.filter(status=CorrectionStatus.ASKED, **{f"{dossier}__in": targets})
    return set(rows.order_by().values_list(f"{dossier}_id", flat=True))


def _misplaced(kind: WaveKind, promotion: Promotion) -> tuple[set[int], set[int]]:
    """Over all that is decided in the promotion, by trade: those under the cut, those over it.

    Who has two trades is too low when both say so, too high when either does.
    """
    target = kind.decision.TARGET
    rows = kind.rows.filter(wave__promotion=promotion, **{f"{target}__score__isnull": False})
    last = {
        pk: (outcome, score)
        for pk, outcome, score in rows.exclude(wave__status=WaveStatus.CANCELLED)
        .order_by("pk")
        .values_list(target, "outcome", f"{target}__score")
    }
    trades = trades_by_dossier(kind.readings, promotion)
    pools: dict[int, list[int]] = {}
    for pk in last:
        for trade in trades.get(pk, {0}):
            pools.setdefault(trade, []).append(pk)
    lows: dict[int, list[bool]] = {}
    high: set[int] = set()
    for members in pools.values():
        levels = [
            {pk: last[pk][1] for pk in members if last[pk][0] == outcome} for outcome in kind.outcomes.values
        ]
        under, over = misplaced(levels)
        high |= over
        for pk in members:
            lows.setdefault(pk, []).append(pk in under)
    return {pk for pk, votes in lows.items() if all(votes)}, high
