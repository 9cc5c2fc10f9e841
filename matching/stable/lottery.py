"""The public draw: one order for the whole promotion, that anybody can recompute.

The seed's commitment is published before candidate numbers exist, the seed itself once scores are locked;
otherwise whoever holds the seed could try several.
"""

import hashlib
from collections.abc import Iterable


def draw_key(seed: str, *, number: str) -> str:
    """SHA-256 of seed, line feed, candidate number in UTF-8: 64 hexadecimal digits. The smallest is drawn
    first.
    """
    return hashlib.sha256(f"{seed}\n{number}".encode()).hexdigest()


def draw_order(seed: str, numbers: Iterable[str]) -> tuple[str, ...]:
    """Candidate numbers, best draw first. A number given twice is drawn once."""
    return tuple(sorted(set(numbers), key=lambda number: (draw_key(seed, number=number), number)))


def seed_commitment(seed: str) -> str:
    """What is published in advance: SHA-256 of the seed, 64 hexadecimal digits."""
    return hashlib.sha256(seed.encode()).hexdigest()
