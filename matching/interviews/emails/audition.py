"""What candidates are told of their auditions: times given, changed, cancelled, recalled."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from eig.juries.queries import place_of
from eig.mail.outbox import Letter, letter, post, post_all
from eig.promotions.models import Promotion
from matching.interviews.documents import invitation
from matching.interviews.models import Audition, Proposal, Slot
from matching.interviews.rules.booking import hour_due


def tell(template: str, about: Audition | Proposal, /, *, key: str, at: datetime, **context: Any) -> None:
    """To the candidate of an audition, or of one that is proposed to them; all theirs are on one page."""
    context = {"project": about.project, "path": reverse("interviews:audition_mine"), **context}
    to, promotion_id = about.application.candidate, about.promotion_id
    post(template, to=to, key=key, at=at, promotion_id=promotion_id, **context)


def tell_all(
    template: str, auditions: Sequence[Audition], /, *, key: str, promotion: Promotion, **context: Any
) -> Letter:
    """To a person, all their auditions in one mail."""
    application, path = auditions[0].application, reverse("interviews:audition_mine")
    context = {"promotion": promotion, "auditions": auditions, "many": len(auditions) > 1, **context}
    return letter(template, application.candidate, key[:200], path=path, **context)


def auditions_placed(people: Sequence[Sequence[Audition]], *, promotion: Promotion, at: datetime) -> None:
    """One mail per candidate with all their times; `people` are groups of auditions of one person each."""
    letters = []
    for auditions in people:
        key = f"audition-placed:{auditions[0].application_id}:{'-'.join(str(item.pk) for item in auditions)}"
        told: dict[str, Any] = {"promotion": promotion, "calendar": invitation(auditions, at=at)}
        letters.append(tell_all("interviews/audition_placed", auditions, key=key, **told))
    post_all(letters, at=at, promotion_id=promotion.pk)


def audition_moved(audition: Audition, *, at: datetime) -> None:
    """A time that was told has changed, or is to be found again."""
    key, file = f"audition-moved:{audition.pk}:{audition.sequence}", invitation([audition], at=at)
    told = {"starts": None, "place": ""}
    if audition.slot and audition.during:
        told = {"starts": audition.during.lower, "place": place_of(audition.slot.panel)}
    tell("juries/hearing_moved", audition, key=key, at=at, calendar=file, **told)


def audition_cancelled(audition: Audition, *, reason: str, slot: Slot | None, at: datetime) -> None:
    key, file = f"audition-cancelled:{audition.pk}", invitation([audition], at=at)
    told = {"reason": reason, "starts": slot.during.lower if slot else None}
    tell("juries/hearing_cancelled", audition, key=key, at=at, calendar=file, **told)


def audition_reminders(
    auditions: Iterable[Audition], *, now: datetime, hours: Sequence[int]
) -> Iterator[Letter]:
    """For each audition to come, the reminder whose hour has come. A new time has reminders of its own."""
    for audition in auditions:
        assert audition.during is not None
        starts = audition.during.lower
        due = hour_due(hours, deadline=starts, now=now, told_at=audition.told_at)
        if due:
            yield letter(
                "interviews/audition_reminder",
                audition.application.candidate,
                f"audition-reminder:{audition.pk}:{starts:%Y%m%d%H%M}:{due}",
                good_until=starts,
                audition=audition,
                project=audition.project,
                today=localtime(starts).date() == localtime(now).date(),
                path=reverse("interviews:audition_detail", args=[audition.code]),
            )
