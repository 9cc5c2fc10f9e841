"""What is told about auditions: a juror is appointed, times are given, changed, cancelled."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from eig.mail.outbox import Letter, post, post_all
from eig.promotions.models import Promotion
from matching.interviews.models import Audition, Juror, Slot


def juror_invited(juror: Juror, *, at: datetime) -> None:
    post(
        "interviews/juror_invited",
        to=juror.person,
        key=f"juror-invited:{juror.pk}",
        at=at,
        promotion_id=juror.promotion_id,
        juror=juror,
        promotion=juror.promotion,
        path=reverse("interviews:jury_day"),
    )


def auditions_placed(people: Sequence[Sequence[Audition]], *, promotion: Promotion, at: datetime) -> None:
    """One mail per candidate with all their times; `people` are groups of auditions of one person each."""
    letters = [
        Letter(
            "interviews/audition_placed",
            auditions[0].application.candidate,
            f"audition-placed:{auditions[0].application_id}:{'-'.join(str(item.pk) for item in auditions)}"[
                :200
            ],
            {
                "promotion": promotion,
                "auditions": auditions,
                "many": len(auditions) > 1,
                "path": reverse("interviews:audition_mine"),
            },
        )
        for auditions in people
    ]
    post_all(letters, at=at, promotion_id=promotion.pk)


def audition_moved(audition: Audition, *, at: datetime) -> None:
    """A time that was told has changed, or is to be found again."""
    post(
        "interviews/audition_moved",
        to=audition.application.candidate,
        key=f"audition-moved:{audition.pk}:{audition.sequence}",
        at=at,
        promotion_id=audition.promotion_id,
        audition=audition,
        project=audition.project,
        path=reverse("interviews:audition_mine"),
    )


def audition_cancelled(audition: Audition, *, reason: str, slot: Slot | None, at: datetime) -> None:
    post(
        "interviews/audition_cancelled",
        to=audition.application.candidate,
        key=f"audition-cancelled:{audition.pk}",
        at=at,
        promotion_id=audition.promotion_id,
        project=audition.project,
        reason=reason,
        slot=slot,
        path=reverse("interviews:audition_mine"),
    )
