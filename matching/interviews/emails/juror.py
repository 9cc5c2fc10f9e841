"""What jurors are told: named, then asked when they can come."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from eig.mail.outbox import post
from matching.interviews.models import Juror, JuryInvitation


def tell(template: str, juror: Juror, /, *, key: str, at: datetime, **context: Any) -> None:
    post(template, to=juror.person, key=key, at=at, promotion_id=juror.promotion_id, **context)


def jury_invited(invitation: JuryInvitation, *, token: str, at: datetime) -> None:
    """The only place where the token is written."""
    juror, path = invitation.juror, reverse("interviews:jury_answer", args=[token])
    told = {"juror": juror, "promotion": juror.promotion, "invitation": invitation, "path": path}
    key, again = f"jury-invited:{juror.pk}:{invitation.times_sent}", invitation.times_sent > 1
    tell("interviews/jury_invited", juror, key=key, at=at, again=again, **told)


def juror_invited(juror: Juror, *, at: datetime) -> None:
    told = {"juror": juror, "promotion": juror.promotion, "path": reverse("interviews:jury_day")}
    tell("interviews/juror_invited", juror, key=f"juror-invited:{juror.pk}", at=at, **told)
