"""An outside juror's way in: the link of the day, then its code."""

from datetime import datetime

from django.urls import reverse

from matching.interviews.emails.juror import tell
from matching.interviews.models import DayPass, PanelSeat


def day_pass_sent(day_pass: DayPass, *, token: str, seats: list[PanelSeat], at: datetime) -> None:
    """The link of the day; the code follows when it is opened."""
    told = {"day": day_pass.day, "seats": seats, "closes_at": day_pass.expires_at}
    key, path = f"day-pass:{day_pass.pk}", reverse("interviews:day_pass", args=[token])
    tell("interviews/day_pass", day_pass.juror, key=key, at=at, path=path, **told)


def day_code_sent(day_pass: DayPass, *, code: str, minutes: int, at: datetime) -> None:
    told = {"code": f"{code[:3]} {code[3:]}", "minutes": minutes, "path": reverse("interviews:jury_day")}
    key = f"day-code:{day_pass.pk}:{day_pass.codes_sent}"
    tell("interviews/day_code", day_pass.juror, key=key, at=at, **told)
