"""An audition offered outside the wishes: proposed with consent, answered in time, never twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from candidates.models import Application
from eig.accounts.models import User
from eig.mail.models import Message
from eig.promotions.models import Promotion
from journey.actions.withdrawal import withdraw_application, withdraw_project_everywhere
from journey.reminders import remind
from matching.interviews import actions
from matching.interviews.choices import AuditionStatus, ProposalStatus, Round
from matching.interviews.models import Audition, Proposal
from matching.interviews.queries import settled_pairs, waiting_pairs
from matching.ranking import actions as rankings
from projects.models import Project
from tests.factories.interviews import planned
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import signed_in


@pytest.fixture
def wished(promotion: Promotion) -> list[Project]:
    return [published_project(promotion) for _ in range(3)]


@pytest.fixture
def elsewhere(promotion: Promotion) -> Project:
    return published_project(promotion, "Projet voisin")


@pytest.fixture
def mine(promotion: Promotion, alice: User, wished: list[Project]) -> Application:
    application = shortlisted(promotion, alice)
    ranking(application, wished, certified=True)
    return application


def propose(mine: Application, project: Project, diane: User, **more: object) -> Proposal:
    return actions.propose_audition(mine, project=project, by=diane, at=timezone.now(), **more)


def overdue(proposal: Proposal) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(
        proposed_at=timezone.now() - timedelta(days=4), expires_at=timezone.now() - timedelta(seconds=1)
    )
    proposal.refresh_from_db()


def test_accepting_plans_the_audition_once(
    mine: Application, elsewhere: Project, alice: User, diane: User
) -> None:
    proposal = propose(mine, elsewhere, diane)
    first = actions.accept_proposal(proposal, by=alice)
    assert actions.accept_proposal(proposal, by=alice) == first
    assert (first.status, first.project_id, first.round) == (
        AuditionStatus.PLANNED,
        elsewhere.pk,
        Round.FALLBACK,
    )
    assert Audition.objects.count() == 1
    assert Message.objects.filter(kind="interviews/proposal_accepted").count() == 1


def test_declining_costs_nothing_and_another_project_may_follow(
    mine: Application, elsewhere: Project, promotion: Promotion, alice: User, diane: User
) -> None:
    proposal = propose(mine, elsewhere, diane)
    actions.decline_proposal(proposal, by=alice)
    actions.decline_proposal(proposal, by=alice)
    assert settled_pairs(promotion) == {(mine.pk, elsewhere.pk)}
    with pytest.raises(actions.NotHeardHere, match="déjà été proposé"):
        propose(mine, elsewhere, diane)
    other = published_project(promotion)
    propose(mine, other, diane)
    assert waiting_pairs(promotion) == {(mine.pk, other.pk)}


def test_silence_frees_the_place_at_the_deadline(
    mine: Application, elsewhere: Project, promotion: Promotion, alice: User, diane: User
) -> None:
    proposal = propose(mine, elsewhere, diane)
    assert actions.expire_proposals(promotion, at=timezone.now()) == 0
    overdue(proposal)
    with pytest.raises(actions.ProposalClosed, match="délai de réponse est passé"):
        actions.accept_proposal(proposal, by=alice)
    assert actions.expire_proposals(promotion, at=timezone.now()) == 1
    with pytest.raises(actions.ProposalClosed):
        actions.decline_proposal(proposal, by=alice)
    assert waiting_pairs(promotion) == set()
    propose(mine, published_project(promotion), diane)


@pytest.mark.parametrize("why", ["a wish", "heard already", "no consent", "no trade", "another waits"])
def test_who_must_not_be_asked_is_not(
    mine: Application, wished: list[Project], elsewhere: Project, promotion: Promotion, alice: User,
    diane: User, why: str,
) -> None:  # fmt: skip
    project = elsewhere
    if why == "a wish":
        project = wished[1]
    elif why == "heard already":
        planned(mine, wished[0], diane)
    elif why == "no consent":
        row = mine.ranking
        rankings.reopen_ranking(row, by=alice)
        rankings.accept_other_project(row, accepts=False, version=row.version, by=alice)
    elif why == "no trade":
        project = published_project(promotion, trades=["design"])
    else:
        propose(mine, published_project(promotion), diane)
    with pytest.raises(actions.NotHeardHere):
        propose(mine, project, diane)
    assert not Message.objects.filter(
        kind="interviews/audition_proposed", body__contains=project.title
    ).exists()


def test_the_database_refuses_a_late_yes_and_a_second_question(
    mine: Application, elsewhere: Project, promotion: Promotion, alice: User, diane: User
) -> None:
    proposal = propose(mine, elsewhere, diane)
    with pytest.raises(IntegrityError, match="answered_in_time"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(
            status=ProposalStatus.DECLINED, answered_at=proposal.expires_at + timedelta(seconds=1)
        )
    with pytest.raises(IntegrityError, match="one_waiting"), transaction.atomic():
        Proposal.objects.create(
            promotion=promotion, application=mine, project=published_project(promotion), proposed_by=diane,
            proposed_at=timezone.now(), expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="has_its_audition"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(
            status=ProposalStatus.ACCEPTED, answered_at=timezone.now()
        )


def test_whoever_leaves_takes_the_question_with_them(
    mine: Application, elsewhere: Project, alice: User, diane: User
) -> None:
    proposal = propose(mine, elsewhere, diane)
    withdraw_application(mine, by=alice, at=timezone.now())
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.WITHDRAWN
    assert not Message.objects.filter(kind="interviews/proposal_withdrawn").exists()


def test_a_withdrawn_project_is_told_to_those_who_had_not_answered(
    mine: Application, elsewhere: Project, alice: User, diane: User
) -> None:
    proposal = propose(mine, elsewhere, diane)
    withdraw_project_everywhere(elsewhere, by=diane, at=timezone.now())
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.WITHDRAWN
    assert Message.objects.filter(kind="interviews/proposal_withdrawn", to_person=alice).count() == 1


def test_a_proposal_is_reminded_once_in_time(
    mine: Application, elsewhere: Project, promotion: Promotion, diane: User
) -> None:
    proposal = propose(mine, elsewhere, diane)
    for hours in (30, 23, 22, 1):
        remind(promotion, now=proposal.expires_at - timedelta(hours=hours))
    assert Message.objects.filter(kind="interviews/proposal_reminder").count() == 1


def test_the_page_says_why_and_that_refusing_is_free(
    mine: Application, elsewhere: Project, alice: User, diane: User
) -> None:
    proposal = propose(mine, elsewhere, diane)
    browser = signed_in(alice)
    assert (
        "Une audition vous est proposée" in browser.get(reverse("interviews:audition_mine")).content.decode()
    )
    page = browser.get(reverse("interviews:proposal_detail", args=[proposal.code])).content.decode()
    assert "Refuser ne vous coûte rien" in page
    answer = browser.post(reverse("interviews:proposal_decline", args=[proposal.code]), follow=True)
    assert "ne change rien au reste" in answer.content.decode()
    late = browser.post(reverse("interviews:proposal_accept", args=[proposal.code]), follow=True)
    assert "déjà décliné" in late.content.decode()


def test_what_an_allocation_found_is_proposed_pair_by_pair(
    mine: Application, elsewhere: Project, wished: list[Project], promotion: Promotion, diane: User
) -> None:
    other = shortlisted(promotion)
    ranking(other, wished, certified=True)
    pairs = [(mine, elsewhere), (other, wished[0]), (other, elsewhere)]
    refused = actions.propose_auditions(promotion, pairs=pairs, by=diane, at=timezone.now())
    assert len(refused) == 1
    assert "planifie sans demander" in refused[0]
    assert waiting_pairs(promotion) == {(mine.pk, elsewhere.pk), (other.pk, elsewhere.pk)}
