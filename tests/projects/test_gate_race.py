"""Real threads, real commits: the deadline and the double click."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from eig.mail.models import Message
from eig.promotions.gate import PhaseNotOpen, closing_gate
from eig.promotions.models import Phase
from projects.actions import DraftExists, start_project, submit_project
from projects.choices import Status
from projects.models import Project
from tests.factories import projects as make

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(deeds):
    """Run every deed in its own thread and connection, all released together; returns results and errors."""
    barrier = Barrier(len(deeds))

    def run(deed):
        try:
            barrier.wait(10)
            return deed()
        except Exception as error:  # noqa: BLE001 — what a thread meets is what we look at
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_a_double_click_gives_one_receipt_and_one_mail(promotion_committed):
    project = make.draft(promotion_committed)
    by = project.started_by
    results = at_once([lambda: submit_project(Project.objects.get(pk=project.pk), by=by)] * 4)
    assert {result.number for result in results} == {"EIG-6-P-0001"}
    assert Message.objects.filter(kind="projects/project_received").count() == 1
    assert project.positions.count() == 2


def test_numbers_have_no_hole_and_no_double(promotion_committed):
    drafts = [make.draft(promotion_committed) for _ in range(5)]
    at_once([lambda draft=draft: submit_project(draft, by=draft.started_by) for draft in drafts])
    numbers = Project.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"EIG-6-P-000{rank}" for rank in range(1, 6)]


def test_the_closing_loses_nobody_and_admits_nobody_late(promotion_committed):
    drafts = [make.draft(promotion_committed) for _ in range(5)]

    def close():
        with transaction.atomic():
            gate = closing_gate(promotion_committed, "projects")
            Phase.objects.filter(pk=gate.phase.pk).update(closed_at=gate.now)
            # What is in at this instant is what the snapshot holds.
            return gate.now, Project.objects.filter(status=Status.SUBMITTED).count()

    *results, closing = at_once(
        [*(lambda draft=draft: submit_project(draft, by=draft.started_by) for draft in drafts), close]
    )
    closed_at, seen = closing
    admitted = [result for result in results if isinstance(result, Project)]
    assert all(isinstance(result, Project | PhaseNotOpen) for result in results)
    assert len(admitted) == seen == Project.objects.filter(status=Status.SUBMITTED).count()
    assert all(project.submitted_at < closed_at for project in admitted)
    assert Message.objects.filter(kind="projects/project_received").count() == seen


def test_two_clicks_on_commencer_make_one_draft(promotion_committed):
    lead = make.leader()
    results = at_once(
        [lambda: start_project(promotion_committed, title="Rivage", by=lead, at=timezone.now())] * 3
    )
    assert sum(isinstance(result, Project) for result in results) == 1
    assert sum(isinstance(result, DraftExists) for result in results) == 2
    assert Project.objects.count() == 1
