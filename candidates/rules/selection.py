"""Who is kept by the first reading."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

NOBODY_WAITS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Standing:
    """An application read enough to be compared: its exact score and its trades."""

    application: int
    score: int
    trades: tuple[str, ...]


def kept(
    standings: Sequence[Standing], *, tops: Mapping[str, int] | None = None, least_score: int | None = None
) -> set[int]:
    """Applications to keep: the best `tops[trade]` of each trade, all from `least_score` up, or both at once.

    A person of two trades is kept if either keeps them. Ties at the cut are all kept: nobody is dropped on a
    coin that was not announced.
    """
    eligible = [item for item in standings if least_score is None or item.score >= least_score]
    if tops is None:
        return {item.application for item in eligible} if least_score is not None else set()
    chosen: set[int] = set()
    for trade, count in tops.items():
        ranked = sorted((item for item in eligible if trade in item.trades), key=lambda item: -item.score)
        if count <= 0 or not ranked:
            continue
        cut = ranked[min(count, len(ranked)) - 1].score
        chosen.update(item.application for item in ranked if item.score >= cut)
    return chosen


def reserved(
    standings: Sequence[Standing],
    *,
    kept: Collection[int],
    reserves: Mapping[str, int],
    after: Mapping[str, int] = NOBODY_WAITS,
) -> dict[int, int]:
    """Application → rank on the reserve: the next `reserves[trade]` of each trade after those kept.

    Ties at the cut all enter, with the same rank; a person of two trades takes the better of their ranks.
    Ranks follow those already given in the trade, if any (`after`: trade → last rank).
    """
    found: dict[int, int] = {}
    for trade, count in reserves.items():
        ranked = sorted(
            (item for item in standings if trade in item.trades and item.application not in kept),
            key=lambda item: (-item.score, item.application),
        )
        if count <= 0 or not ranked:
            continue
        cut = ranked[min(count, len(ranked)) - 1].score
        for item in ranked:
            if item.score < cut:
                break
            rank = 1 + after.get(trade, 0) + sum(other.score > item.score for other in ranked)
            found[item.application] = min(rank, found.get(item.application, rank))
    return found
