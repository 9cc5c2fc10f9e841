"""Roles come from accepted invitations: readers of a promotion, colleagues of the programme team."""

import re

import pytest
from django.test import Client

from eig.accounts.models import User
from eig.mail.models import Message
from eig.promotions.models import Promotion
from tests.people import signed_in


def invited(browser: Client, promotion: Promotion, email: str, purpose: str) -> str:
    """Invite through the page; returns the personal link read in the mail."""
    browser.post(f"/pilotage/{promotion.code}/personnes/inviter/", {"email": email, "purpose": purpose})
    letter = Message.objects.get(kind="journey/invited", to_email=email)
    found = re.search(r"/invitation/\S+", letter.body)
    assert found, letter.body
    return found[0]


@pytest.mark.parametrize(
    ("purpose", "stage"),
    [("project-reader", "project_reading"), ("application-reader", "application_reading")],
)
def test_an_invited_person_becomes_a_reader(
    promotion: Promotion, diane: User, claire: User, purpose: str, stage: str
) -> None:
    link = invited(signed_in(diane), promotion, claire.email, purpose)
    signed_in(claire).post(link)
    assert claire.readerships.get().stage == stage
    assert str(claire) in signed_in(diane).get(f"/pilotage/{promotion.code}/personnes/").text


def test_an_invited_colleague_joins_the_team_and_must_set_a_second_factor_up(
    promotion: Promotion, diane: User, emile: User
) -> None:
    link = invited(signed_in(diane), promotion, emile.email, "staff")
    browser = signed_in(emile)
    browser.post(link)
    emile.refresh_from_db()
    assert emile.is_staff
    assert browser.get("/pilotage/").url == "/compte/2fa/"


def test_a_cancelled_invitation_is_worth_nothing(promotion: Promotion, diane: User, emile: User) -> None:
    browser = signed_in(diane)
    link = invited(browser, promotion, emile.email, "staff")
    page = browser.get(f"/pilotage/{promotion.code}/personnes/").text
    address = re.search(r"/pilotage/\S+/annuler/", page)
    assert address
    browser.post(address[0])
    assert signed_in(emile).get(link).status_code == 404


def test_a_bad_address_is_told_and_kept(promotion: Promotion, diane: User) -> None:
    answer = signed_in(diane).post(
        f"/pilotage/{promotion.code}/personnes/inviter/", {"email": "pas une adresse", "purpose": "staff"}
    )
    assert answer.status_code == 422
    assert "pas une adresse" in answer.text
    assert not Message.objects.exists()
