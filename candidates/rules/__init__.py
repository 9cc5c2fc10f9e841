"""Decide: what readers do not see, who is kept, what the person is told. Plain values."""

from candidates.rules.selection import Standing, kept, reserved
from candidates.rules.situation import situation_of
