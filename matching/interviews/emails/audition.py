"""What is told about auditions: a juror is appointed, times are given, changed, cancelled."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from eig.mail.outbox import Letter, post, post_all
from eig.promotions.models import Promotion
from matching.interviews.documents import invitation
from matching.interviews.models import Audition, Juror, Proposal, Slot
from matching.interviews.rules.booking import hour_due


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


def audition_proposed(proposal: Proposal, *, at: datetime) -> None:
    """An audition for a project outside the wishes: what it is, until when to answer, what refusing costs."""
    post(
        "interviews/audition_proposed",
        to=proposal.application.candidate,
        key=f"audition-proposed:{proposal.pk}",
        at=at,
        promotion_id=proposal.promotion_id,
        proposal=proposal,
        project=proposal.project,
        path=_proposal_path(proposal),
    )


def proposal_accepted(proposal: Proposal, *, at: datetime) -> None:
    post(
        "interviews/proposal_accepted",
        to=proposal.application.candidate,
        key=f"proposal-accepted:{proposal.pk}",
        at=at,
        promotion_id=proposal.promotion_id,
        project=proposal.project,
        path=reverse("interviews:audition_mine"),
    )


def proposal_withdrawn(proposal: Proposal, *, at: datetime) -> None:
    post(
        "interviews/proposal_withdrawn",
        to=proposal.application.candidate,
        key=f"proposal-withdrawn:{proposal.pk}",
        at=at,
        promotion_id=proposal.promotion_id,
        project=proposal.project,
        path=reverse("interviews:audition_mine"),
    )


def proposal_reminders(
    proposals: Iterable[Proposal], *, now: datetime, hours: Sequence[int]
) -> Iterator[Letter]:
    """For each proposal that waits, the reminder whose hour has come; the key keeps it from leaving twice."""
    for proposal in proposals:
        due = hour_due(hours, deadline=proposal.expires_at, now=now, told_at=proposal.proposed_at)
        if due:
            yield Letter(
                "interviews/proposal_reminder",
                proposal.application.candidate,
                f"proposal-reminder:{proposal.pk}:{due}",
                {"proposal": proposal, "project": proposal.project, "path": _proposal_path(proposal)},
            )


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


def _proposal_path(proposal: Proposal) -> str:
    return reverse("interviews:proposal_detail", args=[proposal.code])
