"""French words and order: one folding of letters, elision, dates and hours in words.

Rules import `letters` and `dates`, which are plain Python; `order` is SQL.
"""

from eig.french.dates import PARIS, day, deadline, hour, hours, in_paris, instant, period
from eig.french.letters import bare, folded, of, plain, slug
from eig.french.order import french

__all__ = [
    "PARIS",
    "bare",
    "day",
    "deadline",
    "folded",
    "french",
    "hour",
    "hours",
    "in_paris",
    "instant",
    "of",
    "period",
    "plain",
    "slug",
]
