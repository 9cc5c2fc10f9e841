"""Minutes wait for signatures."""

from datetime import datetime

from django.urls import reverse

from eig.accounts.models import User
from eig.mail.outbox import letter, post_all
from matching.interviews.models import Minutes, PanelSeat


def minutes_to_sign(minutes: Minutes, *, except_for: User, at: datetime) -> None:
    """Each member of the panel but the one who has just written them."""
    seats = PanelSeat.objects.filter(panel=minutes.panel_id).exclude(juror__person=except_for)
    path = reverse("interviews:minutes_show", args=[minutes.panel.code])
    template, key = "interviews/minutes_to_sign", f"minutes-to-sign:{minutes.pk}"
    letters = [
        letter(template, seat.juror.person, f"{key}:{seat.juror_id}", panel=minutes.panel, path=path)
        for seat in seats.select_related("juror__person").order_by("pk")
    ]
    post_all(letters, at=at, promotion_id=minutes.panel.promotion_id)
