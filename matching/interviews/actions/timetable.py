"""Announce the week: candidates their times, jurors their half-days, together or not at all."""

from datetime import datetime
from itertools import groupby

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.juries.actions import announce, tell_jurors
from eig.promotions.models import Promotion
from matching.interviews import emails
from matching.interviews.actions.lock import hold_panels
from matching.interviews.actions.panel import TABLE
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Panel, PanelSeat
from matching.interviews.queries.fault import week_faults


class NotSound(Exception):
    """The timetable has a fault that must be mended before anybody is told of it."""


@transaction.atomic
def publish_week(promotion: Promotion, *, by: User, at: datetime) -> tuple[int, int]:
    """Tell whoever was not told yet, jurors where somebody is heard; returns how many candidates and jurors.

    Raises NotSound.
    """
    hold_panels(Panel.objects.filter(promotion=promotion).values_list("pk", flat=True))
    if blocking := [fault.sentence for fault in week_faults(promotion) if fault.blocks]:
        more = f" ({len(blocking) - 1} autres points à corriger)" if len(blocking) > 1 else ""
        raise NotSound(f"Rien n’a été annoncé : {blocking[0]}{more}")
    people = publish_timetable(promotion, by=by, at=at)
    seats = PanelSeat.objects.filter(panel__promotion=promotion, panel__slots__audition__isnull=False)
    return people, tell_jurors(TABLE, promotion, seats=seats, at=at)


@transaction.atomic
def publish_timetable(promotion: Promotion, *, by: User, at: datetime) -> int:
    """Tell each candidate the times of their auditions, in one mail; returns how many people were told.

    Those told before are left alone: a later change is told when it happens.
    """
    auditions = list(
        Audition.objects.select_for_update(of=("self",))
        .filter(promotion=promotion, status=AuditionStatus.PLACED, told_at__isnull=True)
        .select_related("application__candidate", "project", "slot__panel")
        .order_by("application_id", "during", "pk")
    )
    if not auditions:
        return 0
    for audition in auditions:
        if audition.slot:
            announce(audition, audition.slot.panel, at=at)
    people = [list(group) for _, group in groupby(auditions, key=lambda item: item.application_id)]
    emails.auditions_placed(people, promotion=promotion, at=at)
    journal("publish_timetable", promotion, by=by, at=at, promotion_id=promotion.pk, auditions=len(auditions))
    return len(people)
