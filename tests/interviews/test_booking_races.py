"""Real threads: several people want one slot, two clicks want two, a move meets a cancellation."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.interviews import actions
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Proposal, Slot
from tests.factories.interviews import juror, morning, panel, placed, planned
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import person
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def deed_of(audition: Audition, slot: Slot) -> Callable[[], object]:
    row = Audition.objects.select_related("application__candidate", "promotion").get(pk=audition.pk)
    return lambda: actions.choose_slot(row, slot=slot, by=row.application.candidate)


def test_of_eight_people_who_want_a_slot_one_has_it(promotion_committed: Promotion) -> None:
    promotion, diane, now = promotion_committed, person("Diane", "Delmas", staff=True), timezone.now()
    project = published_project(promotion)
    table = panel(promotion, diane, [juror(promotion, diane), juror(promotion, diane)], starts=morning(5))
    waiting = [planned(shortlisted(promotion), project, diane) for _ in range(8)]
    actions.invite_to_choose(promotion, until=now + timedelta(days=1), by=diane, at=now)
    slots = list(table.slots.order_by("during")[:2])
    raised = together(*[deed_of(row, slots[rank % 2]) for rank, row in enumerate(waiting)])
    assert {type(error) for error in raised} == {actions.SlotTaken}
    assert len(raised) == 6
    assert Audition.objects.filter(status=AuditionStatus.PLACED).count() == 2
    assert Message.objects.filter(kind="interviews/audition_placed").count() == 2


def test_two_clicks_move_an_audition_once(promotion_committed: Promotion) -> None:
    promotion, diane = promotion_committed, person("Diane", "Delmas", staff=True)
    table = panel(promotion, diane, [juror(promotion, diane), juror(promotion, diane)], starts=morning(5))
    audition = placed(shortlisted(promotion), published_project(promotion), diane, table, told=True)
    free = list(Slot.objects.filter(panel=table, audition__isnull=True).order_by("during")[:4])

    def move(slot: Slot) -> Callable[[], object]:
        row = Audition.objects.select_related("application__candidate", "promotion").get(pk=audition.pk)
        return lambda: actions.move_own_audition(row, slot=slot, by=row.application.candidate)

    raised = together(*[move(slot) for slot in free])
    assert {type(error) for error in raised} == {actions.NotYours}
    audition.refresh_from_db()
    assert (audition.booking.moves, audition.sequence) == (1, 1)
    assert Message.objects.filter(kind="juries/hearing_moved").count() == 1


def test_a_yes_and_a_no_at_once_leave_one_answer(promotion_committed: Promotion) -> None:
    promotion, diane = promotion_committed, person("Diane", "Delmas", staff=True)
    wished = [published_project(promotion) for _ in range(3)]
    other = published_project(promotion)
    for _ in range(4):
        application = shortlisted(promotion)
        ranking(application, wished, certified=True)
        proposal = actions.propose_audition(application, project=other, by=diane, at=timezone.now())
        by = application.candidate

        def row(pk: int = proposal.pk) -> Proposal:
            return Proposal.objects.get(pk=pk)

        raised = together(
            lambda by=by, row=row: actions.accept_proposal(row(), by=by),
            lambda by=by, row=row: actions.decline_proposal(row(), by=by),
            lambda by=by, row=row: actions.accept_proposal(row(), by=by),
        )
        assert {type(error) for error in raised} <= {actions.ProposalClosed}
        proposal.refresh_from_db()
        heard = Audition.objects.filter(application=application).count()
        assert (proposal.status, heard) in {("accepted", 1), ("declined", 0)}
