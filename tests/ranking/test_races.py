"""Real threads on PostgreSQL: double clicks, edits that race with the closing or with a withdrawal."""

from collections.abc import Callable, Sequence

import pytest
from django.db import transaction
from django.utils import timezone

from eig.mail.models import Message
from eig.promotions.gate import PhaseNotOpen
from eig.promotions.models import Promotion
from matching.ranking import actions
from matching.ranking.choices import Status
from matching.ranking.models import Choice, Ranking
from projects.choices import Status as ProjectStatus
from projects.models import Project
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import person
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def lists(promotion: Promotion, number: int, projects: Sequence[Project]) -> list[Ranking]:
    return [ranking(shortlisted(promotion), projects) for _ in range(number)]


def test_a_double_click_is_one_receipt_and_one_mail(promotion_committed: Promotion) -> None:
    projects = [published_project(promotion_committed) for _ in range(3)]
    (mine,) = lists(promotion_committed, 1, projects)
    by = mine.application.candidate

    def certify() -> None:
        actions.certify_ranking(Ranking.objects.select_related("application").get(pk=mine.pk), by=by)

    assert together(*[certify] * 6) == []
    assert Message.objects.filter(kind="ranking/ranking_certified").count() == 1


def test_of_two_edits_of_the_same_page_one_wins_and_the_other_is_told(promotion_committed: Promotion) -> None:
    projects = [published_project(promotion_committed) for _ in range(5)]
    (mine,) = lists(promotion_committed, 1, projects[:1])
    by, version = mine.application.candidate, mine.version

    def add(project: Project) -> Callable[[], object]:
        row = Ranking.objects.select_related("application").get(pk=mine.pk)
        return lambda: actions.add_choice(row, project=project, version=version, by=by)

    raised = together(*[add(project) for project in projects[1:]])
    assert [type(error) for error in raised] == [actions.StaleRanking] * 3
    assert Choice.objects.filter(ranking=mine).count() == 2


def test_the_snapshot_holds_every_certification_that_was_acknowledged(promotion_committed: Promotion) -> None:
    projects = [published_project(promotion_committed) for _ in range(3)]
    rankings = lists(promotion_committed, 12, projects)
    diane = person("Diane", "Delmas", staff=True)
    acknowledged: list[str] = []
    refused: list[str] = []

    def certify(row: Ranking) -> Callable[[], object]:
        def deed() -> None:
            try:
                actions.certify_ranking(row, by=row.application.candidate)
            except PhaseNotOpen:
                refused.append(str(row.application.code))
            else:
                acknowledged.append(str(row.application.code))

        return deed

    deeds = [certify(row) for row in rankings]
    deeds.insert(6, lambda: actions.close_rankings(promotion_committed, by=diane))
    assert together(*deeds) == []
    snapshot = promotion_committed.ranking_snapshots.get()
    assert {row["application"] for row in snapshot.lists} == set(acknowledged)
    assert Ranking.objects.filter(status=Status.CERTIFIED).count() == len(acknowledged)
    assert len(acknowledged) + len(refused) == 12
    late = Ranking.objects.filter(certified_at__gt=snapshot.taken_at)
    assert not late.exists()


def test_the_snapshot_holds_the_last_acknowledged_order(promotion_committed: Promotion) -> None:
    """Each candidate reopens, swaps and certifies while the team closes: what is kept is the last yes."""
    projects = [published_project(promotion_committed) for _ in range(3)]
    rankings = [ranking(shortlisted(promotion_committed), projects, certified=True) for _ in range(8)]
    diane = person("Diane", "Delmas", staff=True)
    last: dict[str, list[str] | None] = {
        str(row.application.code): [str(project.code) for project in projects] for row in rankings
    }

    def swap(row: Ranking) -> Callable[[], object]:
        code, by = str(row.application.code), row.application.candidate

        def deed() -> None:
            try:
                actions.reopen_ranking(row, by=by)
                last[code] = None
                actions.move_choice(row, project=projects[2], up=True, version=row.version, by=by)
                actions.certify_ranking(row, by=by)
                last[code] = [str(project.code) for project in (projects[0], projects[2], projects[1])]
            except PhaseNotOpen:
                pass

        return deed

    deeds = [swap(row) for row in rankings]
    deeds.append(lambda: actions.close_rankings(promotion_committed, by=diane))
    assert together(*deeds) == []
    kept = {row["application"]: row["wishes"] for row in promotion_committed.ranking_snapshots.get().lists}
    assert kept == {code: wishes for code, wishes in last.items() if wishes is not None}


def test_no_list_keeps_a_project_withdrawn_while_it_was_being_added(promotion_committed: Promotion) -> None:
    projects = [published_project(promotion_committed) for _ in range(4)]
    gone = projects[3]
    rankings = lists(promotion_committed, 10, projects[:3])
    diane = person("Diane", "Delmas", staff=True)

    def add(row: Ranking) -> Callable[[], object]:
        return lambda: actions.add_choice(
            row, project=gone, version=row.version, by=row.application.candidate
        )

    def withdraw() -> None:
        with transaction.atomic():
            Project.objects.filter(pk=gone.pk).update(status=ProjectStatus.WITHDRAWN)
            actions.drop_withdrawn_project(gone, by=diane, at=timezone.now())

    deeds = [add(row) for row in rankings]
    deeds.insert(5, withdraw)
    raised = together(*deeds)
    assert {type(error) for error in raised} <= {actions.NotOffered}
    assert not Choice.objects.filter(project=gone).exists()
    assert Choice.objects.count() == 30
