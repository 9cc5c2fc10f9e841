"""From signed cards to one audition score, and from scores to standings where a tie is a tie."""

from collections.abc import Sequence
from fractions import Fraction

from eig.evaluation.rules import COMMON_MULTIPLE, scaled_score


def audition_score(totals: Sequence[int | None]) -> int | None:
    """The score once every live card is signed (None marks an unsigned one); None before.

    Each juror counts for one, whatever their number (règlement EIG6: moyenne des membres du jury).
    """
    if not totals or any(total is None for total in totals):
        return None
    return scaled_score([total for total in totals if total is not None])


def mean_of_score(score: int, *, weight: int) -> Fraction:
    """The mean mark behind a score on the common scale; `weight` is the sum of the criteria's weights."""
    return Fraction(score, COMMON_MULTIPLE * weight)


def competition_ranks(scores: Sequence[int]) -> list[int]:
    """1, 2, 2, 4: equal scores share a rank. `scores` come best first."""
    return [1 + sum(other > score for other in scores) for score in scores]
