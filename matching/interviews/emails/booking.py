"""Candidates may choose the time of their audition."""

from collections.abc import Sequence
from datetime import datetime

from eig.mail.outbox import post_all
from eig.promotions.models import Promotion
from matching.interviews.emails.audition import tell_all
from matching.interviews.models import Audition


def choice_opened(
    people: Sequence[Sequence[Audition]], *, until: datetime, promotion: Promotion, at: datetime
) -> None:
    """Each candidate may choose the time of their auditions; `people`: groups of auditions of one person."""
    letters = [
        tell_all(
            "interviews/choice_opened",
            auditions,
            key=f"choice-opened:{auditions[0].application_id}:{until:%Y%m%d%H%M}",
            promotion=promotion,
            until=until,
        )
        for auditions in people
    ]
    post_all(letters, at=at, promotion_id=promotion.pk)
