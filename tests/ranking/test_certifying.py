"""Certify, change one's mind, close, lose a withdrawn project."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from eig.accounts.models import User
from eig.journal.models import Entry
from eig.mail.models import Message
from eig.promotions.gate import PhaseNotOpen
from eig.promotions.models import Phase, Promotion
from matching.ranking import actions
from matching.ranking.actions.certifying import content_digest
from matching.ranking.choices import Status
from matching.ranking.models import Choice, Ranking, Snapshot
from matching.ranking.queries import certified_rankings, demand_by_project, wishes_by_application, wishes_of
from projects.choices import Status as ProjectStatus
from projects.models import Project
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import phase


@pytest.fixture
def projects(promotion: Promotion) -> list[Project]:
    return [published_project(promotion, f"Projet {letter}") for letter in "ABCD"]


@pytest.fixture
def mine(promotion: Promotion, alice: User, projects: list[Project]) -> Ranking:
    return ranking(shortlisted(promotion, alice), projects[:3])


def withdraw(project: Project, by: User) -> None:
    Project.objects.filter(pk=project.pk).update(status=ProjectStatus.WITHDRAWN)
    actions.drop_withdrawn_project(project, by=by, at=timezone.now())


def mails(kind: str) -> int:
    return Message.objects.filter(kind=f"ranking/{kind}").count()


def test_certifying_gives_a_dated_receipt_and_one_mail(mine: Ranking, alice: User) -> None:
    before = timezone.now()
    actions.certify_ranking(mine, by=alice)
    mine.refresh_from_db()
    assert mine.status == Status.CERTIFIED
    assert mine.certified_at is not None
    assert before <= mine.certified_at <= timezone.now()
    assert mine.content_sha256 == content_digest(mine, wishes_of(mine), certified_at=mine.certified_at)
    mail = Message.objects.get(kind="ranking/ranking_certified")
    assert mail.to_email == alice.email
    assert mine.content_sha256 in mail.body
    assert "1. Projet A\n2. Projet B\n3. Projet C" in mail.body


def test_certifying_twice_is_one_receipt_and_one_mail(mine: Ranking, alice: User) -> None:
    actions.certify_ranking(mine, by=alice)
    first = (mine.certified_at, mine.content_sha256)
    again = Ranking.objects.get(pk=mine.pk)
    actions.certify_ranking(again, by=alice)
    assert (again.certified_at, again.content_sha256) == first
    assert mails("ranking_certified") == 1
    assert Entry.objects.filter(record_type="ranking.ranking", verb="move").count() == 1


def test_two_wishes_are_not_enough_when_four_projects_are_offered(
    mine: Ranking, projects: list[Project], alice: User
) -> None:
    actions.remove_choice(mine, project=projects[0], version=mine.version, by=alice)
    with pytest.raises(actions.NotReady, match="au moins 3"):
        actions.certify_ranking(mine, by=alice)


def test_all_the_projects_offered_are_enough(promotion: Promotion, alice: User) -> None:
    only = published_project(promotion, "Seul", trades=["droit-du-numerique"])
    application = shortlisted(promotion, alice, trades=["droit-du-numerique"])
    row = ranking(application, [only], certified=True)
    assert row.status == Status.CERTIFIED


def test_what_is_certified_is_what_was_shown(mine: Ranking, projects: list[Project], alice: User) -> None:
    shown = mine.version
    actions.add_choice(Ranking.objects.get(pk=mine.pk), project=projects[3], version=shown, by=alice)
    with pytest.raises(actions.StaleRanking):
        actions.certify_ranking(mine, by=alice, version=shown)


def test_a_certified_list_is_frozen_until_opened_again(
    mine: Ranking, projects: list[Project], alice: User
) -> None:
    actions.certify_ranking(mine, by=alice)
    with pytest.raises(actions.AlreadyCertified):
        actions.remove_choice(mine, project=projects[0], version=mine.version, by=alice)
    actions.reopen_ranking(mine, by=alice)
    assert (mine.status, mine.certified_at, mine.content_sha256) == (Status.DRAFT, None, "")
    actions.move_choice(mine, project=projects[1], up=True, version=mine.version, by=alice)
    actions.certify_ranking(mine, by=alice)
    assert mails("ranking_certified") == 2


def test_after_the_deadline_nothing_reopens(mine: Ranking, promotion: Promotion, alice: User) -> None:
    actions.certify_ranking(mine, by=alice)
    phase(promotion, "ranking", closes=timezone.now() - timedelta(seconds=1))
    with pytest.raises(PhaseNotOpen):
        actions.reopen_ranking(mine, by=alice)


def test_uncertified_lists_count_for_nothing(mine: Ranking, promotion: Promotion, alice: User) -> None:
    assert wishes_by_application(promotion) == {}
    assert not certified_rankings(promotion).exists()
    actions.certify_ranking(mine, by=alice)
    assert len(wishes_by_application(promotion)[mine.application_id]) == 3
    assert list(certified_rankings(promotion)) == [mine]


def test_demand_counts_certified_wishes_by_rank(
    mine: Ranking, promotion: Promotion, projects: list[Project], alice: User
) -> None:
    actions.certify_ranking(mine, by=alice)
    ranking(shortlisted(promotion), [projects[1], projects[0], projects[2]], certified=True)
    ranking(shortlisted(promotion), [projects[3]])
    found = {line.project.title: line for line in demand_by_project(promotion)}
    assert found["Projet A"].by_rank == (1, 1, 0, 0, 0)
    assert found["Projet B"].by_rank == (1, 1, 0, 0, 0)
    assert found["Projet C"].total == 2
    assert found["Projet D"].total == 0
    assert found["Projet A"].seats == 2


# --- The database ------------------------------------------------------------------------------------


def test_the_database_freezes_certified_wishes(mine: Ranking, projects: list[Project], alice: User) -> None:
    actions.certify_ranking(mine, by=alice)
    for change in (
        lambda: Choice.objects.filter(ranking=mine, position=1).delete(),
        lambda: Choice.objects.filter(ranking=mine, position=1).update(reason="autre"),
        lambda: Choice.objects.create(ranking=mine, project=projects[3], position=4),
    ):
        with pytest.raises(DatabaseError, match="certified"), transaction.atomic():
            change()


def test_the_database_refuses_to_certify_holes_or_nothing(mine: Ranking) -> None:
    certified = {"status": "certified", "certified_at": timezone.now(), "content_sha256": "a" * 64}
    Choice.objects.filter(ranking=mine, position=2).delete()
    with pytest.raises(DatabaseError, match="without a hole"), transaction.atomic():
        Ranking.objects.filter(pk=mine.pk).update(**certified)
    Choice.objects.filter(ranking=mine).delete()
    with pytest.raises(DatabaseError, match="without a hole"), transaction.atomic():
        Ranking.objects.filter(pk=mine.pk).update(**certified)


def test_the_database_refuses_to_certify_a_closed_project(mine: Ranking, projects: list[Project]) -> None:
    Project.objects.filter(pk=projects[1].pk).update(status=ProjectStatus.WITHDRAWN)
    with pytest.raises(DatabaseError, match="published projects"), transaction.atomic():
        Ranking.objects.filter(pk=mine.pk).update(
            status="certified", certified_at=timezone.now(), content_sha256="a" * 64
        )


# --- A project is withdrawn --------------------------------------------------------------------------


def test_a_withdrawn_project_leaves_the_list_which_must_be_certified_again(
    mine: Ranking, projects: list[Project], alice: User, diane: User
) -> None:
    actions.certify_ranking(mine, by=alice)
    withdraw(projects[1], diane)
    mine.refresh_from_db()
    assert mine.status == Status.DRAFT
    assert [(wish.position, wish.project.title) for wish in wishes_of(mine)] == [
        (1, "Projet A"),
        (2, "Projet C"),
    ]
    mail = Message.objects.get(kind="ranking/wish_removed")
    assert "certifiez-la avant" in mail.body
    assert mail.to_email == alice.email


def test_after_the_deadline_the_rest_of_the_list_stays_certified(
    mine: Ranking, promotion: Promotion, projects: list[Project], alice: User, diane: User
) -> None:
    actions.certify_ranking(mine, by=alice)
    certified_at, sha256 = mine.certified_at, mine.content_sha256
    phase(promotion, "ranking", closes=timezone.now() - timedelta(seconds=1))
    withdraw(projects[0], diane)
    mine.refresh_from_db()
    assert (mine.status, mine.certified_at) == (Status.CERTIFIED, certified_at)
    assert mine.content_sha256 != sha256
    assert wishes_by_application(promotion)[mine.application_id] == (projects[1].pk, projects[2].pk)
    assert "vous n’avez rien à faire" in Message.objects.get(kind="ranking/wish_removed").body


def test_dropping_twice_changes_nothing_more(
    mine: Ranking, projects: list[Project], alice: User, diane: User
) -> None:
    withdraw(projects[1], diane)
    assert actions.drop_withdrawn_project(projects[1], by=diane, at=timezone.now()) == 0
    assert mails("wish_removed") == 1


# --- Open and close ----------------------------------------------------------------------------------


def test_each_preselected_person_is_invited_once(mine: Ranking, promotion: Promotion, diane: User) -> None:
    shortlisted(promotion)
    shortlisted(promotion, status="declined")
    assert actions.invite_to_rank(promotion, by=diane, at=timezone.now()) == 2
    actions.invite_to_rank(promotion, by=diane, at=timezone.now())
    assert mails("ranking_opened") == 2


def test_nobody_is_invited_before_the_ranking_opens(promotion: Promotion, diane: User) -> None:
    phase(
        promotion,
        "ranking",
        opens=timezone.now() + timedelta(days=1),
        closes=timezone.now() + timedelta(days=2),
    )
    with pytest.raises(PhaseNotOpen):
        actions.invite_to_rank(promotion, by=diane, at=timezone.now())


def test_closing_keeps_the_certified_lists_and_their_hash(
    mine: Ranking, promotion: Promotion, projects: list[Project], alice: User, diane: User
) -> None:
    actions.certify_ranking(mine, by=alice)
    ranking(shortlisted(promotion), projects[:3])
    snapshot = actions.close_rankings(promotion, by=diane)
    assert [row["wishes"] for row in snapshot.lists] == [[str(project.code) for project in projects[:3]]]
    assert Phase.objects.get(promotion=promotion, kind="ranking").closed_by == diane
    with pytest.raises(PhaseNotOpen):
        actions.reopen_ranking(mine, by=alice)
    assert actions.close_rankings(promotion, by=diane).pk == snapshot.pk
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(lists=[])


def test_a_ranking_that_has_not_opened_is_not_closed(promotion: Promotion, diane: User) -> None:
    phase(
        promotion,
        "ranking",
        opens=timezone.now() + timedelta(days=1),
        closes=timezone.now() + timedelta(days=2),
    )
    with pytest.raises(PhaseNotOpen):
        actions.close_rankings(promotion, by=diane)
