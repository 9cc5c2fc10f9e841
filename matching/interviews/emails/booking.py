"""Candidates may choose the time of their audition."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from eig.mail.outbox import Letter, post_all
from eig.promotions.models import Promotion
from matching.interviews.models import Audition


def choice_opened(
    people: Sequence[Sequence[Audition]], *, until: datetime, promotion: Promotion, at: datetime
) -> None:
    """Each candidate may choose the time of their auditions; `people`: groups of auditions of one person."""
    letters = [
        Letter(
            "interviews/choice_opened",
            auditions[0].application.candidate,
            f"choice-opened:{auditions[0].application_id}:{until:%Y%m%d%H%M}",
            {
                "promotion": promotion,
                "auditions": auditions,
                "many": len(auditions) > 1,
                "until": until,
                "path": reverse("interviews:audition_mine"),
            },
        )
        for auditions in people
    ]
    post_all(letters, at=at, promotion_id=promotion.pk)
