"""An outside juror's way in: the link of the day, then its code."""

from datetime import datetime

from django.urls import reverse

from eig.mail.outbox import post
from matching.interviews.models import DayPass, PanelSeat


def day_pass_sent(day_pass: DayPass, *, token: str, seats: list[PanelSeat], at: datetime) -> None:
    """The link of the day; the code follows when it is opened."""
    post(
        "interviews/day_pass",
        to=day_pass.juror.person,
        key=f"day-pass:{day_pass.pk}",
        at=at,
        promotion_id=day_pass.juror.promotion_id,
        day=day_pass.day,
        seats=seats,
        closes_at=day_pass.expires_at,
        path=reverse("interviews:day_pass", args=[token]),
    )


def day_code_sent(day_pass: DayPass, *, code: str, minutes: int, at: datetime) -> None:
    post(
        "interviews/day_code",
        to=day_pass.juror.person,
        key=f"day-code:{day_pass.pk}:{day_pass.codes_sent}",
        at=at,
        promotion_id=day_pass.juror.promotion_id,
        code=f"{code[:3]} {code[3:]}",
        minutes=minutes,
        path=reverse("interviews:jury_day"),
    )
