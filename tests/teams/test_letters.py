"""The mails of steps 5 and 6 keep a subject that is read whole, whatever the names."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cohorts import actions as cohorts
from cohorts.models import Member
from eig.accounts.models import User
from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.teams import actions
from projects.choices import LeadRole
from projects.models import ProjectLead
from tests.factories.cohorts import bulletin, completed
from tests.factories.teams import market, offer_of, overdue, published
from tests.people import phase

LONG = "Un projet d’intérêt général & son nom qui n’en finit pas, « entre guillemets » ou <chevrons>, " * 2
KINDS = {
    "teams/offer_sent",
    "teams/no_offer",
    "teams/offer_accepted",
    "teams/offer_declined",
    "teams/offer_expired",
    "teams/reserve_offer",
    "cohorts/team_welcome",
    "cohorts/bulletin_digest",
    "cohorts/mission_completed",
}


@pytest.fixture
def told(promotion: Promotion, diane: User, badis: User) -> list[Message]:
    now = timezone.now()
    phase(promotion, "mission", opens=now - timedelta(days=30))
    people = market(promotion)
    for name in ("sea", "forest"):
        people[name].title = LONG[:160]
        people[name].save()
    ProjectLead.objects.create(project=people["sea"], person=badis, role=LeadRole.LEAD, since=now)
    published(promotion)
    actions.decline_offer(offer_of(people["anna"]), by=people["anna"].candidate)
    actions.offer_to_next(people["sea"], by=diane, at=now)
    overdue(offer_of(people["basile"]))
    actions.expire_offers(at=now)
    for name in ("dora", "denis"):
        actions.accept_offer(offer_of(people[name]), by=people[name].candidate)
    cohorts.welcome_teams(promotion, by=diane, at=now - timedelta(days=30))
    members = list(Member.objects.order_by("pk"))
    kept = bulletin(members[0].team, by=members[0].person, help="L’aide d’un·e juriste & d’un designer")
    cohorts.send_digest(promotion, week=kept.week, at=now)
    completed(members[1])
    return list(Message.objects.filter(kind__in=KINDS).order_by("pk"))


def test_every_letter_is_whole(told: list[Message]) -> None:
    assert {message.kind for message in told} == KINDS
    for message in told:
        assert len(message.subject) <= 78, message.subject
        text = message.subject + message.body
        assert not any(mark in text for mark in ("{{", "{%", "&#", "&amp;", "None"))
        assert message.body.startswith("Bonjour ")
        assert "L’équipe Entrepreneurs d’intérêt général" in message.body
        assert "\n\n\n" not in message.body


def test_subjects_are_told_apart(told: list[Message]) -> None:
    subjects = {kind: next(message.subject for message in told if message.kind == kind) for kind in KINDS}
    assert len(set(subjects.values())) == len(KINDS)
