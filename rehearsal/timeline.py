"""A world is a list of dated events, run in order up to an instant. Events may add later ones."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

Deed = Callable[[datetime], object]


class Timeline:
    """`at` in, in any order; deeds out, in time order, ties in the order they were added."""

    def __init__(self) -> None:
        self._queue: list[tuple[datetime, int, str, Deed]] = []
        self._order = count()
        self.done = 0

    def add(self, at: datetime, label: str, deed: Deed) -> None:
        heapq.heappush(self._queue, (at, next(self._order), label, deed))

    def __len__(self) -> int:
        return len(self._queue)

    def run(
        self, *, until: datetime, clock: Callable[[datetime], None], tell: Callable[[str, int, int], None]
    ) -> None:
        """Run every event dated up to `until`; `clock` is set before each, `tell` hears label, done, left."""
        while self._queue and self._queue[0][0] <= until:
            at, _, label, deed = heapq.heappop(self._queue)
            clock(at)
            deed(at)
            self.done += 1
            tell(label, self.done, len(self._queue))
