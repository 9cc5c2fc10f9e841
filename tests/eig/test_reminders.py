"""Reminders: each rule once, to those who still have something to do, and to nobody else."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.utils import timezone

from candidates.actions import submit_application, withdraw_application_record
from eig.accounts.models import User
from eig.failures.models import Failure
from eig.mail.choices import Status
from eig.mail.delivery import deliver_due
from eig.mail.models import Message
from eig.mail.needs import NEEDS
from eig.promotions.choices import Audience
from eig.promotions.models import Promotion, ReminderRule
from journey.reminders import _due, remind
from projects.actions import submit_project
from tests.factories import candidates, projects, ranking
from tests.people import phase

EMAILS = settings.BASE_DIR / "templates/emails"
KINDS = ("journey/project_draft_reminder", "journey/application_draft_reminder", "journey/ranking_reminder")


def reminders(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()


@pytest.fixture
def closing_soon(promotion: Promotion) -> Promotion:
    """Every phase closes in five days: the rule of seven days is due, that of two is not."""
    for kind in ("projects", "applications"):
        phase(promotion, kind, closes=timezone.now() + timedelta(days=5))
    phase(promotion, "ranking", closes=timezone.now() + timedelta(days=2, hours=12))
    return promotion


def test_drafts_are_reminded_once_whatever_beat_does(closing_soon: Promotion) -> None:
    projects.draft(closing_soon)
    candidates.draft(closing_soon)
    ranking.shortlisted(closing_soon)
    for _ in range(3):
        remind(closing_soon, now=timezone.now())
    assert [reminders(kind) for kind in KINDS] == [1, 1, 1]


def test_those_who_are_done_hear_nothing(closing_soon: Promotion, diane: User) -> None:
    projects.submitted(closing_soon)
    candidates.submitted(closing_soon)
    wished = [ranking.published_project(closing_soon, by=diane) for _ in range(3)]
    ranking.ranking(ranking.shortlisted(closing_soon), wished, certified=True)
    remind(closing_soon, now=timezone.now())
    assert [reminders(kind) for kind in KINDS] == [0, 0, 0]


def test_an_extension_plans_the_reminder_again(closing_soon: Promotion) -> None:
    candidates.draft(closing_soon)
    remind(closing_soon, now=timezone.now())
    phase(closing_soon, "applications", closes=timezone.now() + timedelta(days=6))
    remind(closing_soon, now=timezone.now())
    assert reminders("journey/application_draft_reminder") == 2


def test_after_a_stop_one_reminder_goes_out_not_several(promotion: Promotion) -> None:
    phase(promotion, "applications", closes=timezone.now() + timedelta(days=1))
    candidates.draft(promotion)
    remind(promotion, now=timezone.now())
    assert reminders("journey/application_draft_reminder") == 1


def test_nothing_is_sent_outside_the_phase(promotion: Promotion) -> None:
    candidates.draft(promotion)
    phase(promotion, "applications", closes=timezone.now() - timedelta(hours=1))
    remind(promotion, now=timezone.now())
    phase(promotion, "applications", closes=timezone.now() + timedelta(days=40))
    remind(promotion, now=timezone.now())
    assert reminders("journey/application_draft_reminder") == 0


def test_a_day_when_nothing_closes_costs_little_and_forgets_what_failed(
    promotion: Promotion, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    candidates.draft(promotion)
    now = timezone.now()
    key = f"remind:{promotion.pk}:{Audience.DRAFT_APPLICATION}"
    Failure.objects.create(
        key=key, deed="rappeler", error="x", promotion_id=promotion.pk, first_at=now, last_at=now
    )
    with django_assert_max_num_queries(16):
        remind(promotion, now=now + timedelta(days=400))
    assert not Failure.objects.exists()
    assert [reminders(kind) for kind in KINDS] == [0, 0, 0]


def history(dice: random.Random) -> None:
    """A deadline that moves, a beat that stops and comes back, until it is done or over."""
    hours = sorted(dice.sample(range(1, 240), dice.randint(1, 4)))
    rules = [ReminderRule(hours_before=each) for each in hours]
    now = start = timezone.now()
    deadline = start + timedelta(hours=dice.randint(24, 480))
    told: list[tuple[datetime, int]] = []
    while now < deadline:
        if dice.random() < 0.02:
            deadline = max(deadline + timedelta(hours=dice.randint(-48, 96)), now + timedelta(hours=1))
        rule = _due(rules, deadline=deadline, now=now)
        come = [each for each in hours if now >= deadline - timedelta(hours=each)]
        assert (rule.hours_before if rule else None) == min(come, default=None)
        if rule:
            told.append((deadline, rule.hours_before))
        now += timedelta(minutes=dice.choice((5, 30, 300, 3000)))
    assert _due(rules, deadline=deadline, now=deadline) is None
    # Nearer and nearer: a deadline that stays is never told from further away.
    assert all(one[0] != two[0] or one[1] >= two[1] for one, two in pairwise(told))


def test_of_two_thousand_histories_of_a_deadline_the_closest_reminder_is_due_and_no_other() -> None:
    for seed in range(2000):
        history(random.Random(seed))


def test_a_reminder_that_waits_for_the_relay_leaves_only_to_who_still_has_it_to_do(
    closing_soon: Promotion, diane: User
) -> None:
    """Written in time, sent late: what was handed in, withdrawn or certified since is not reminded."""
    done, gone, still = (candidates.ready(closing_soon) for _ in range(3))
    project = projects.draft(closing_soon)
    wished = [ranking.published_project(closing_soon, by=diane) for _ in range(3)]
    sure, late = (ranking.shortlisted(closing_soon) for _ in range(2))
    remind(closing_soon, now=timezone.now())
    assert [reminders(kind) for kind in KINDS] == [1, 3, 2]
    submit_application(done, by=done.candidate)
    withdraw_application_record(gone, by=gone.candidate, at=timezone.now())
    assert project.started_by is not None
    submit_project(project, by=project.started_by)
    ranking.ranking(sure, wished, certified=True)
    deliver_due()
    told = Message.objects.filter(kind__in=KINDS)
    assert set(told.filter(status=Status.SENT).values_list("to_person", flat=True)) == {
        still.candidate_id,
        late.candidate_id,
    }
    assert told.filter(status=Status.CANCELLED).count() == 4


def test_a_reminder_of_a_deadline_that_moved_does_not_leave(closing_soon: Promotion) -> None:
    candidates.draft(closing_soon)
    remind(closing_soon, now=timezone.now())
    phase(closing_soon, "applications", closes=timezone.now() + timedelta(days=9))
    deliver_due()
    assert Message.objects.get(kind=KINDS[1]).status == Status.CANCELLED


def test_every_reminder_asks_when_it_leaves_whether_it_still_is_to_be_done() -> None:
    written = {path.relative_to(EMAILS).with_suffix("") for path in EMAILS.rglob("*_remind*.txt")}
    assert {str(name) for name in written} == set(NEEDS)
