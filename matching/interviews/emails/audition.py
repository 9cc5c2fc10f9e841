"""What candidates are told of their auditions: times given, changed, cancelled, recalled."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from eig.mail.outbox import Letter, post, post_all
from eig.promotions.models import Promotion
from matching.interviews.documents import invitation
from matching.interviews.models import Audition, Slot
from matching.interviews.rules.booking import hour_due


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
            invitation(auditions, at=at),
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
        calendar=invitation([audition], at=at),
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
        calendar=invitation([audition], at=at),
        project=audition.project,
        reason=reason,
        slot=slot,
        path=reverse("interviews:audition_mine"),
    )


def audition_reminders(
    auditions: Iterable[Audition], *, now: datetime, hours: Sequence[int]
) -> Iterator[Letter]:
    """For each audition to come, the reminder whose hour has come. A new time has reminders of its own."""
    for audition in auditions:
        assert audition.during is not None
        starts = audition.during.lower
        due = hour_due(hours, deadline=starts, now=now, told_at=audition.announced_at)
        if due:
            yield Letter(
                "interviews/audition_reminder",
                audition.application.candidate,
                f"audition-reminder:{audition.pk}:{starts:%Y%m%d%H%M}:{due}",
                {
                    "audition": audition,
                    "project": audition.project,
                    "today": localtime(starts).date() == localtime(now).date(),
                    "path": reverse("interviews:audition_detail", args=[audition.code]),
                },
            )
