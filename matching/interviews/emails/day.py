"""The jury day: an outside juror's way in, minutes to sign."""

from datetime import datetime

from django.urls import reverse

from eig.accounts.models import User
from eig.mail.outbox import Letter, post, post_all
from matching.interviews.models import DayPass, Minutes, PanelSeat


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


def minutes_to_sign(minutes: Minutes, *, except_for: User, at: datetime) -> None:
    """Each member of the panel but the one who has just written them."""
    seats = PanelSeat.objects.filter(panel=minutes.panel_id).exclude(juror__person=except_for)
    path = reverse("interviews:minutes_show", args=[minutes.panel.code])
    letters = [
        Letter(
            "interviews/minutes_to_sign",
            seat.juror.person,
            f"minutes-to-sign:{minutes.pk}:{seat.juror_id}",
            {"panel": minutes.panel, "path": path},
        )
        for seat in seats.select_related("juror__person").order_by("pk")
    ]
    post_all(letters, at=at, promotion_id=minutes.panel.promotion_id)
