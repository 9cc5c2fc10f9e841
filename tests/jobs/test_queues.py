"""Mails, prints, exports, copies, timetables, checks of files: one way to take, hold, fail and give up."""

import pytest
from django.db import connection
from django.utils import timezone

from eig.accounts.models import User
from eig.jobs.actions import WORN_OUT, claim
from eig.jobs.models import Job
from eig.journal.models import Entry
from eig.promotions.models import Promotion
from tests.jobs.queues import BENCHES, Bench, Wall, interrupted, later
from tests.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture(params=BENCHES)
def bench(request: pytest.FixtureRequest) -> Bench:
    return BENCHES[request.param]


@pytest.fixture
def wall() -> Wall:
    return Wall()


def again(job: Job) -> Job:
    job.refresh_from_db()
    return job


def broken() -> None:
    raise ValueError("table\0 absente")


def test_the_job_of_a_dead_worker_is_taken_back_after_its_lease_and_done_once(
    promotion: Promotion, diane: User, bench: Bench, wall: Wall
) -> None:
    job = bench.ask(promotion, diane)
    assert claim(bench.model, now=timezone.now())
    assert not bench.do_next(wall, timezone.now)
    before = bench.made(wall)
    later(bench.model)
    assert bench.do_next(wall, timezone.now)
    assert (again(job).status, job.attempts, job.lease_until, job.error) == (bench.done, 2, None, "")
    assert not bench.do_next(wall, timezone.now)
    assert bench.made(wall) == before + 1


def test_an_error_of_one_leaves_the_job_before_and_the_job_behind_alone(
    promotion: Promotion, diane: User, bench: Bench, wall: Wall
) -> None:
    jobs = [bench.ask(promotion, diane) for _ in range(3)]
    for clock in (timezone.now, interrupted(broken), timezone.now):
        assert bench.do_next(wall, clock)
    assert [again(job).status for job in jobs] == [bench.done, bench.model.QUEUE.waiting, bench.done]
    assert "ValueError: table absente" in jobs[1].error


def test_a_failed_job_pauses_is_tried_again_then_given_up_in_the_journal(
    promotion: Promotion, diane: User, bench: Bench, wall: Wall
) -> None:
    job, before = bench.ask(promotion, diane), bench.made(wall)
    for attempt in range(1, bench.model.QUEUE.attempts + 1):
        assert again(job).status == bench.model.QUEUE.waiting
        assert bench.do_next(wall, interrupted(broken))
        assert again(job).attempts == attempt
        assert not bench.do_next(wall, timezone.now), "it is not tried again at once"
        later(bench.model)
    assert (job.status, job.lease_until) == (bench.model.QUEUE.failed, None)
    assert "table absente" in job.error
    assert not bench.do_next(wall, timezone.now)
    assert bench.made(wall) == before
    entry = Entry.objects.get(verb="give_up")
    assert (entry.record_type, entry.record_id) == (job._meta.label_lower, job.pk)


def test_a_job_that_kills_its_workers_is_given_up_and_the_next_one_is_taken_at_once(
    promotion: Promotion, diane: User, bench: Bench
) -> None:
    deadly, next_one = bench.ask(promotion, diane), None
    for _ in range(bench.model.QUEUE.attempts):
        assert claim(bench.model, now=timezone.now()) == deadly
        later(bench.model)
    next_one = bench.ask(promotion, diane)
    assert claim(bench.model, now=timezone.now()) == next_one
    assert (again(deadly).status, deadly.error) == (bench.model.QUEUE.failed, WORN_OUT)
    assert Entry.objects.filter(verb="give_up").count() == 1


def test_a_worker_that_slept_past_its_lease_does_nothing(
    promotion: Promotion, diane: User, bench: Bench, wall: Wall
) -> None:
    job = bench.ask(promotion, diane)
    before = bench.made(wall)
    taken: list[Job | None] = []

    def another_takes_it() -> None:
        later(bench.model)
        taken.append(claim(bench.model, now=timezone.now()))

    bench.do_next(wall, interrupted(another_takes_it))
    assert taken == [job]
    assert bench.made(wall) == before
    # The row is the other's, as the other took it.
    assert (again(job).status, job.attempts) == (bench.model.QUEUE.running, 2)
    assert (job.lease_until, job.error) == (taken[0].lease_until, "")


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_job(
    promotion_committed: Promotion, diane: User, bench: Bench
) -> None:
    jobs = [bench.ask(promotion_committed, diane) for _ in range(2)]
    taken: list[Job | None] = []

    def work() -> None:
        taken.append(claim(bench.model, now=timezone.now()))

    assert together(work, work, work) == []
    assert sorted(job.pk for job in taken if job) == sorted(job.pk for job in jobs)
    connection.close()
