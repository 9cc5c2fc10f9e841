"""Order one's wishes: what is allowed, what a stale page gets, what the database itself refuses."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.models import User
from eig.promotions.gate import PhaseNotOpen
from eig.promotions.models import Promotion
from matching.ranking import actions
from matching.ranking.models import Choice, Ranking
from matching.ranking.queries import projects_offered, wishes_of
from projects.choices import Status as ProjectStatus
from projects.models import Project
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import phase


@pytest.fixture
def projects(promotion: Promotion) -> list[Project]:
    return [published_project(promotion, f"Projet {letter}") for letter in "ABCDEF"]


@pytest.fixture
def mine(promotion: Promotion, alice: User, projects: list[Project]) -> Ranking:
    return ranking(shortlisted(promotion, alice))


def titles(row: Ranking) -> str:
    return "".join(wish.project.title[-1] for wish in wishes_of(row))


def test_wishes_are_added_moved_and_removed(mine: Ranking, projects: list[Project], alice: User) -> None:
    for project in projects[:3]:
        actions.add_choice(mine, project=project, version=mine.version, by=alice)
    assert titles(mine) == "ABC"
    assert actions.move_choice(mine, project=projects[2], up=True, version=mine.version, by=alice) == 2
    assert titles(mine) == "ACB"
    actions.remove_choice(mine, project=projects[0], version=mine.version, by=alice)
    assert titles(mine) == "CB"
    assert [wish.position for wish in wishes_of(mine)] == [1, 2]


def test_at_the_end_of_the_list_moving_changes_nothing(
    mine: Ranking, projects: list[Project], alice: User
) -> None:
    actions.set_choices(mine, projects=projects[:2], version=mine.version, by=alice)
    version = mine.version
    assert actions.move_choice(mine, project=projects[0], up=True, version=version, by=alice) == 1
    assert mine.version == version


def test_the_same_project_counts_once(mine: Ranking, projects: list[Project], alice: User) -> None:
    actions.add_choice(mine, project=projects[0], version=mine.version, by=alice)
    assert actions.add_choice(mine, project=projects[0], version=mine.version, by=alice) == 1
    assert titles(mine) == "A"


def test_a_sixth_wish_is_refused(mine: Ranking, projects: list[Project], alice: User) -> None:
    actions.set_choices(mine, projects=projects[:5], version=mine.version, by=alice)
    with pytest.raises(actions.TooManyWishes, match="le maximum"):
        actions.add_choice(mine, project=projects[5], version=mine.version, by=alice)
    assert titles(mine) == "ABCDE"


def test_a_stale_page_overwrites_nothing(mine: Ranking, projects: list[Project], alice: User) -> None:
    stale = mine.version
    actions.add_choice(mine, project=projects[0], version=stale, by=alice)
    with pytest.raises(actions.StaleRanking, match="autre fenêtre"):
        actions.set_choices(mine, projects=projects[1:3], version=stale, by=alice)
    assert titles(mine) == "A"


def test_only_projects_that_seek_my_trade_are_wished_for(
    mine: Ranking, promotion: Promotion, alice: User
) -> None:
    law = published_project(promotion, "Droit", trades=["droit-du-numerique"])
    with pytest.raises(actions.NotOffered):
        actions.add_choice(mine, project=law, version=mine.version, by=alice)
    offered = projects_offered(mine.application)
    assert offered[-1].title == "Droit"
    assert "Vous candidatez en" in offered[-1].obstacle
    assert all(item.is_offered for item in offered[:-1])


def test_an_unpublished_project_is_neither_shown_nor_accepted(
    mine: Ranking, promotion: Promotion, alice: User
) -> None:
    secret = published_project(promotion, "Secret", status=ProjectStatus.LAUREATE)
    assert "Secret" not in [item.title for item in projects_offered(mine.application)]
    with pytest.raises(actions.NotOffered):
        actions.add_choice(mine, project=secret, version=mine.version, by=alice)


def test_reasons_follow_their_project(mine: Ranking, projects: list[Project], alice: User) -> None:
    actions.set_choices(
        mine, projects=projects[:2], version=mine.version, by=alice, reasons={projects[1].pk: "La mer"}
    )
    actions.move_choice(mine, project=projects[1], up=True, version=mine.version, by=alice)
    assert [(wish.project.title[-1], wish.reason) for wish in wishes_of(mine)] == [("B", "La mer"), ("A", "")]
    actions.explain_choice(mine, project=projects[0], reason="x" * 900, version=mine.version, by=alice)
    assert len(wishes_of(mine)[1].reason) == 500


def test_too_early_and_too_late_are_refused_with_the_official_time(
    mine: Ranking, promotion: Promotion, projects: list[Project], alice: User
) -> None:
    phase(
        promotion,
        "ranking",
        opens=timezone.now() + timedelta(hours=1),
        closes=timezone.now() + timedelta(hours=2),
    )
    with pytest.raises(PhaseNotOpen, match="ouvre le"):
        actions.add_choice(mine, project=projects[0], version=mine.version, by=alice)
    phase(
        promotion,
        "ranking",
        opens=timezone.now() - timedelta(hours=2),
        closes=timezone.now() - timedelta(seconds=1),
    )
    with pytest.raises(PhaseNotOpen, match="clos depuis"):
        actions.add_choice(mine, project=projects[0], version=mine.version, by=alice)


def test_only_preselected_people_rank(promotion: Promotion, projects: list[Project], alice: User) -> None:
    application = shortlisted(promotion, alice, status=ApplicationStatus.DECLINED)
    with pytest.raises(actions.NotShortlisted):
        actions.open_ranking(application, at=timezone.now())


def test_someone_who_withdrew_meanwhile_no_longer_ranks(
    mine: Ranking, projects: list[Project], alice: User
) -> None:
    Application.objects.filter(pk=mine.application_id).update(
        status=ApplicationStatus.WITHDRAWN, withdrawn_at=timezone.now()
    )
    with pytest.raises(actions.NotShortlisted):
        actions.add_choice(mine, project=projects[0], version=mine.version, by=alice)


# --- The database's own promises: the same rules, whatever code runs -------------------------------------


def refused(**wish: object) -> None:
    def write() -> None:
        Choice.objects.create(**wish)
        # The positions are compared when the transaction ends.
        connection.check_constraints()

    with pytest.raises(DatabaseError), transaction.atomic():
        write()


def test_the_database_refuses_a_sixth_wish(mine: Ranking, projects: list[Project], alice: User) -> None:
    actions.set_choices(mine, projects=projects[:5], version=mine.version, by=alice)
    refused(ranking=mine, project=projects[5], position=6)
    refused(ranking=mine, project=projects[5], position=0)
    refused(ranking=mine, project=projects[5], position=5)


def test_the_database_counts_with_the_promotion(
    mine: Ranking, promotion: Promotion, projects: list[Project]
) -> None:
    Promotion.objects.filter(pk=promotion.pk).update(wishes_min=1, wishes_max=2)
    refused(ranking=mine, project=projects[0], position=3)


def test_the_database_refuses_a_project_twice(mine: Ranking, projects: list[Project], alice: User) -> None:
    actions.add_choice(mine, project=projects[0], version=mine.version, by=alice)
    with pytest.raises(IntegrityError, match="no_project_ranked_twice"), transaction.atomic():
        Choice.objects.create(ranking=mine, project=projects[0], position=2)


@pytest.mark.parametrize("status", [ProjectStatus.LAUREATE, ProjectStatus.WITHDRAWN, ProjectStatus.RESERVE])
def test_the_database_refuses_a_project_that_is_not_published(
    mine: Ranking, promotion: Promotion, status: str
) -> None:
    refused(ranking=mine, project=published_project(promotion, "Fermé", status=status), position=1)


def test_the_database_refuses_a_project_of_another_promotion(mine: Ranking, promotion: Promotion) -> None:
    other = Promotion.objects.create(
        programme=promotion.programme, code="autre", name="Autre", number=99, seats_planned=1
    )
    project = published_project(promotion, "Ailleurs")
    Project.objects.filter(pk=project.pk).update(promotion=other)
    refused(ranking=mine, project=project, position=1)
