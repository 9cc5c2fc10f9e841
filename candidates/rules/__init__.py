"""Decide: what readers do not see, who reads what, who is kept, what the person is told. Plain values."""

from candidates.rules.reading import Distribution, ReaderLoad, anchor_nearest, distribution, readings_lacking
from candidates.rules.redaction import names_in, redact
from candidates.rules.selection import Standing, kept, reserved, written_reason
from candidates.rules.situation import Situation, situation_of

__all__ = [
    "Distribution",
    "ReaderLoad",
    "Situation",
    "Standing",
    "anchor_nearest",
    "distribution",
    "kept",
    "names_in",
    "readings_lacking",
    "redact",
    "reserved",
    "situation_of",
    "written_reason",
]
