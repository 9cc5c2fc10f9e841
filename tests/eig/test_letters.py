"""Ten letters an hour to an address that somebody types, whatever the door; then a sentence, in French."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from eig.accounts.models import User
from eig.mail.models import Message
from eig.promotions.models import Promotion
from tests.factories import meetings
from tests.factories.projects import draft
from tests.people import signed_in

TO = "cible@exemple.example"
ALLOWED = 10
# A browser, the pages that it posts to in turn, and what it posts.
Door = tuple[Client, list[str], dict[str, str]]


@pytest.fixture(autouse=True)
def _real_mail(db: None, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "eig.mail.backend.OutboxBackend"
    cache.clear()


def webinar(promotion: Promotion, diane: User, badis: User) -> Door:
    found = meetings.webinar(promotion, diane)
    page = reverse("meetings:webinar_detail", args=[found.code])
    return Client(), [page], {"name": "Odile", "email": TO}


def advice(promotion: Promotion, diane: User, badis: User) -> Door:
    slots = meetings.slots(promotion, diane, count=ALLOWED + 2)
    pages = [reverse("meetings:advice_book", args=[slot.code]) for slot in slots]
    return Client(), pages, {"name": "Odile", "email": TO, "organisation": "Préfecture de la Creuse"}


def visa(promotion: Promotion, diane: User, badis: User) -> Door:
    page = reverse("projects:visa_ask", args=[draft(promotion, lead=badis, visas=False).code])
    return signed_in(badis), [page], {"kind": "hr", "hr-name": "Sophie", "hr-email": TO}


def editor(promotion: Promotion, diane: User, badis: User) -> Door:
    page = reverse("projects:editor_invite", args=[draft(promotion, lead=badis, visas=False).code])
    return signed_in(badis), [page], {"email": TO}


def team(promotion: Promotion, diane: User, badis: User) -> Door:
    page = f"/pilotage/{promotion.code}/personnes/inviter/"
    return signed_in(diane), [page], {"email": TO, "purpose": "staff"}


@pytest.mark.parametrize("door", [webinar, advice, visa, editor, team])
def test_a_door_writes_ten_times_an_hour_to_an_address(
    door: Callable[..., Door], promotion: Promotion, diane: User, badis: User
) -> None:
    browser, pages, form = door(promotion, diane, badis)
    for turn in range(ALLOWED):
        assert "Trop de messages" not in browser.post(pages[turn % len(pages)], form).content.decode()
    written = Message.objects.filter(to_email=TO).count()
    refused = browser.post(pages[-2 % len(pages)], form)
    assert refused.status_code == 422
    assert "Trop de messages sont déjà partis vers cette adresse" in refused.content.decode()
    assert TO in refused.content.decode(), "what was typed stays"
    assert Message.objects.filter(to_email=TO).count() == written
    # Another address is written to.
    other = {name: value.replace("cible", "autre") for name, value in form.items()}
    assert "Trop de messages" not in browser.post(pages[-1], other).content.decode()


def test_doors_count_together(promotion: Promotion, diane: User, badis: User) -> None:
    for make in (webinar, team):
        browser, pages, form = make(promotion, diane, badis)
        for _ in range(ALLOWED // 2):
            browser.post(pages[0], form)
    browser, pages, form = visa(promotion, diane, badis)
    assert browser.post(pages[0], form).status_code == 422


def test_sign_in_codes_are_counted_and_the_refusal_is_dressed(alice: User, settings: Settings) -> None:
    page = reverse("account_request_login_code")
    said = [Client().post(page, {"email": alice.email}) for _ in range(4)][-1]
    assert Message.objects.filter(to_email=alice.email).count() == 3
    assert "Too Many" not in said.content.decode()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    refused = [Client().post("/compte/login/", {}) for _ in range(3)][-1]
    assert refused.status_code == 429
    page_shown = refused.content.decode()
    assert 'lang="fr"' in page_shown
    assert "Trop de demandes à la suite" in page_shown
    assert "fr-header" in page_shown
