"""Leaving: every room lets go of what it holds, at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from eig.accounts.models import User
from eig.promotions.models import Promotion
from journey.actions.withdrawal import (
    InMission,
    ProjectStaffed,
    withdraw_application,
    withdraw_project_everywhere,
)
from matching.interviews.models import Audition
from matching.ranking.models import Choice, Ranking
from matching.teams.models import Offer
from tests.factories import cohorts, interviews, ranking, teams
from tests.people import phase, signed_in


@pytest.fixture
def ranked(promotion: Promotion, diane: User) -> Ranking:
    projects = [ranking.published_project(promotion, by=diane) for _ in range(4)]
    row = ranking.ranking(ranking.shortlisted(promotion), projects, certified=True)
    interviews.planned(row.application, projects[0], diane)
    return row


def test_a_withdrawn_project_leaves_the_wishes_and_the_auditions(ranked: Ranking, diane: User) -> None:
    project = ranked.choices.get(position=1).project
    assert withdraw_project_everywhere(project, by=diane, at=timezone.now()) == (1, 1)
    ranked.refresh_from_db()
    assert ranked.status == "draft"
    assert [choice.position for choice in ranked.choices.order_by("position")] == [1, 2, 3]
    assert not Choice.objects.filter(project=project).exists()
    assert Audition.objects.get(project=project).status == "cancelled"


def test_a_project_whose_places_are_offered_is_not_withdrawn(promotion: Promotion, diane: User) -> None:
    members = cohorts.cohort(promotion, who=diane)
    with pytest.raises(ProjectStaffed):
        withdraw_project_everywhere(members[0].team.project, by=diane, at=timezone.now())


def test_a_person_leaves_auditions_and_wishes_behind(ranked: Ranking) -> None:
    application = ranked.application
    withdraw_application(application, by=application.candidate, at=timezone.now())
    application.refresh_from_db()
    assert application.status == "withdrawn"
    assert Audition.objects.get(application=application).status == "cancelled"


def test_an_offer_goes_with_the_person(promotion: Promotion, diane: User) -> None:
    teams.market(promotion, who=diane)
    teams.published(promotion, by=diane)
    offer = Offer.objects.filter(promotion=promotion).select_related("application__candidate")[0]
    withdraw_application(offer.application, by=offer.application.candidate, at=timezone.now())
    offer.refresh_from_db()
    assert offer.status == "cancelled"


def test_nobody_in_mission_withdraws_by_a_click(promotion: Promotion, diane: User) -> None:
    member = cohorts.cohort(promotion, who=diane)[0]
    with pytest.raises(InMission, match="a commencé"):
        withdraw_application(member.offer.application, by=member.person, at=timezone.now())


def test_the_page_says_what_leaving_undoes_and_does_it_once(ranked: Ranking) -> None:
    application = ranked.application
    browser = signed_in(application.candidate)
    address = f"/candidatures/{application.code}/renoncer/"
    assert "vos vœux ne comptent plus" in browser.get(address).text
    assert browser.post(address).status_code == 302
    assert "déjà terminée" in browser.post(address, follow=True).text


def test_the_situation_follows_the_furthest_record(ranked: Ranking, promotion: Promotion) -> None:
    application = ranked.application
    browser = signed_in(application.candidate)
    address = f"/candidatures/{application.code}/"
    assert "Vos vœux sont certifiés" in browser.get(address).text
    now = timezone.now()
    phase(promotion, "ranking", opens=now - timedelta(days=3), closes=now - timedelta(days=1))
    assert "Les auditions sont en préparation" in browser.get(address).text


def test_an_offer_is_told_as_the_situation(promotion: Promotion, diane: User) -> None:
    teams.market(promotion, who=diane)
    teams.published(promotion, by=diane)
    offer = Offer.objects.filter(promotion=promotion).select_related("application__candidate")[0]
    page = signed_in(offer.application.candidate).get(f"/candidatures/{offer.application.code}/")
    assert "Une place vous est proposée" in page.text
