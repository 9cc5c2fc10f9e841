"""What jurors are told: asked to sit, then when and with whom they sit, and each change."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse

from eig.mail.outbox import letter, post, post_all
from eig.promotions.models import Promotion
from matching.interviews.documents import jury_calendar
from matching.interviews.models import HalfDay, Juror, JuryInvitation, PanelSeat


def tell(template: str, juror: Juror, /, *, key: str, at: datetime, **context: Any) -> None:
    post(template, to=juror.person, key=key, at=at, promotion_id=juror.promotion_id, **context)


def jury_invited(invitation: JuryInvitation, *, token: str, at: datetime) -> None:
    """The only place where the token is written."""
    juror, path = invitation.juror, reverse("interviews:jury_answer", args=[token])
    told = {"juror": juror, "promotion": juror.promotion, "invitation": invitation, "path": path}
    key, again = f"jury-invited:{juror.pk}:{invitation.times_sent}", invitation.times_sent > 1
    tell("interviews/jury_invited", juror, key=key, at=at, again=again, **told)


def jury_timetables(
    seats: Mapping[Juror, Sequence[PanelSeat]],
    *,
    promotion: Promotion,
    changed: bool,
    at: datetime,
    freed: DateTimeTZRange | None = None,
) -> None:
    """One mail per juror with all their half-days; the key holds what is said, so that no change is lost.

    `freed` are hours they just left: they may be no half-day of the week.
    """
    half_days = HalfDay.objects.filter(promotion=promotion).order_by("during", "pk")
    left = list(half_days.values_list("during", flat=True)) if changed else []
    if freed is not None and freed.lower not in {during.lower for during in left}:
        left.append(freed)
    told = {"promotion": promotion, "changed": changed, "path": reverse("interviews:jury_day")}
    letters = [
        letter(
            "interviews/jury_timetable",
            juror.person,
            f"jury-timetable:{juror.pk}:{_digest(sittings, at=at)}",
            calendar=jury_calendar(juror, sittings, left=left, at=at),
            juror=juror,
            seats=sittings,
            **told,
        )
        for juror, sittings in sorted(seats.items(), key=lambda item: item[0].pk)
    ]
    post_all(letters, at=at, promotion_id=promotion.pk)


def _digest(seats: Sequence[PanelSeat], *, at: datetime) -> str:
    panels = [(seat.panel_id, str(seat.panel.during), seat.panel.room, seat.panel.link) for seat in seats]
    said = f"{at:%Y%m%d%H%M%S}:{panels}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def juror_invited(juror: Juror, *, at: datetime) -> None:
    told = {"juror": juror, "promotion": juror.promotion, "path": reverse("interviews:jury_day")}
    tell("interviews/juror_invited", juror, key=f"juror-invited:{juror.pk}", at=at, **told)
