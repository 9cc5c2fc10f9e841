"""The preselection board: how many to keep in each trade, against what the projects can hear and hire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from candidates.rules.selection import Standing, kept


@dataclass(frozen=True, slots=True)
class TradeNeed:
    """What the projects ask of a trade: seats to fill, and how many auditions each seat can hold."""

    seats: int
    auditions_per_seat: int

    @property
    def auditions(self) -> int:
        return self.seats * self.auditions_per_seat


@dataclass(frozen=True, slots=True)
class TradeLine:
    """A trade, if so many were kept: how many with ties, the last mark in, the first one out."""

    trade: str
    waiting: int
    asked: int
    kept: int
    last: int | None
    first_out: int | None
    need: TradeNeed

    @property
    def tied(self) -> int:
        """How many enter because they share the last mark, beyond what was asked."""
        return max(self.kept - self.asked, 0) if self.asked else 0

    @property
    def per_seat_times_ten(self) -> int:
        """People kept for one seat, in tenths."""
        return self.kept * 10 // self.need.seats if self.need.seats else 0


def trade_line(trade: str, standings: Sequence[Standing], *, asked: int, need: TradeNeed) -> TradeLine:
    """What keeping the best `asked` of one trade would give; ties at the cut all enter."""
    mine = sorted((item for item in standings if trade in item.trades), key=lambda item: -item.score)
    chosen = kept(mine, tops={trade: asked})
    ins = [item.score for item in mine if item.application in chosen]
    outs = [item.score for item in mine if item.application not in chosen]
    return TradeLine(
        trade=trade,
        waiting=len(mine),
        asked=asked,
        kept=len(ins),
        last=min(ins) if ins else None,
        first_out=max(outs) if outs else None,
        need=need,
    )


def board_total(standings: Sequence[Standing], *, tops: Mapping[str, int]) -> int:
    """How many people in all: those of two trades count once."""
    return len(kept(standings, tops=tops))
