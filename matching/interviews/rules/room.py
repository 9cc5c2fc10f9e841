"""The room on the day: the step under way, and how late an audition began."""

from collections.abc import Sequence
from datetime import datetime

from eig.juries.rules import Step


def step_at(steps: Sequence[Step], now: datetime) -> Step | None:
    """The step under way; none before the first and after the last."""
    return next((step for step in steps if step.starts <= now < step.ends), None)


def minutes_behind(planned: datetime, began: datetime) -> int:
    """How late an audition began, in whole minutes; 0 when it was early."""
    return max(0, int((began - planned).total_seconds() // 60))
