"""Reminders: each rule once, to those who still have something to do, and to nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from eig.accounts.models import User
from eig.mail.models import Message
from eig.promotions.models import Promotion
from journey.reminders import remind
from tests.factories import candidates, projects, ranking
from tests.people import phase

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
