"""A session ends in time, for each role its own; who comes too late is told, and loses nothing."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.journal.models import Entry
from eig.mail.models import Message
from eig.promotions.models import Promotion
from journey.middleware import DATES
from tests.factories.interviews import juror
from tests.people import PASSWORD, signed_in

SPACE = "/mon-espace/"


def begun(browser: Client, *, begun: float, seen: float) -> Client:
    """Put the session's beginning and last visit so many hours ago."""
    browser.get("/contact/")
    session, now = browser.session, int(timezone.now().timestamp())
    dates = {"begun": now - int(begun * 3600), "seen": now - int(seen * 3600)}
    session[DATES] = {**session[DATES], **dates}
    session.save()
    return browser


def is_open(browser: Client, page: str = SPACE) -> bool:
    answer = browser.get(page)
    if answer.status_code == 200:
        return True
    assert answer.url.startswith(reverse("account_login"))
    return False


def of_role(role: str, promotion: Promotion, diane: User, claire: User, alice: User) -> User:
    if role == "juror":
        juror(promotion, diane, claire)
    return {"team": diane, "juror": claire, "person": alice}[role]


@pytest.mark.parametrize(("role", "idle", "longest"), [("team", 4, 10), ("juror", 4, 10), ("person", 12, 24)])
def test_each_role_has_its_two_limits(
    promotion: Promotion, diane: User, claire: User, alice: User, role: str, idle: int, longest: int
) -> None:
    who = of_role(role, promotion, diane, claire, alice)
    page = "/compte/email/"
    little = 0.01
    assert is_open(begun(signed_in(who), begun=longest - little, seen=idle - little), page)
    assert not is_open(begun(signed_in(who), begun=idle, seen=idle), page)
    # A visit at each minute does not put the end off.
    assert not is_open(begun(signed_in(who), begun=longest, seen=little), page)


def test_a_new_juror_has_the_session_of_jurors_within_five_minutes(
    promotion: Promotion, diane: User, claire: User
) -> None:
    browser = begun(signed_in(claire), begun=11, seen=0.1)
    juror(promotion, diane, claire)
    assert is_open(browser, "/compte/email/")
    assert not is_open(browser, "/compte/email/")


def test_a_session_that_ended_opens_no_door_and_says_so(alice: User) -> None:
    browser = begun(signed_in(alice), begun=30, seen=1)
    answer = browser.get("/mon-espace/?page=2", follow=True)
    assert answer.redirect_chain[-1][0] == "/compte/login/?next=/mon-espace/%3Fpage%3D2"
    assert "Votre session est terminée" in answer.text
    assert "_auth_user_id" not in browser.session


def test_the_page_and_each_answer_say_when_the_session_ends(alice: User) -> None:
    browser = begun(signed_in(alice), begun=23, seen=0.01)
    page = browser.get(SPACE)
    assert 3590 <= int(page.headers["Session-Ends-In"]) <= 3600
    assert f'data-session-over="{page.headers["Session-Ends-In"]}"' in page.text
    assert "Session-Ends-In" not in Client().get("/contact/").headers


def back(browser: Client, who: User) -> Client:
    """Sign in again in the same browser, as the sign-in page does."""
    browser.force_login(who)
    return browser


@pytest.fixture
def invite(promotion: Promotion) -> str:
    return f"/pilotage/{promotion.code}/personnes/inviter/"


LATE = {
    "email": "lea@exemple.example",
    "purpose": "staff",
    "password": "secret",
    "note": "Bonjour à toi\n<b>",
}


def late(browser: Client, page: str) -> str:
    answer = begun(browser, begun=30, seen=1).post(
        page, LATE, headers={"referer": "http://testserver/pilotage/"}
    )
    assert answer.url == f"/compte/login/?next={page}"
    return str(browser.get(answer.url).text)


def waits(browser: Client, page: str) -> bool:
    return "Ne pas envoyer" in browser.get(page).text


def test_a_form_sent_too_late_is_found_again_and_sent_once(diane: User, invite: str) -> None:
    browser = signed_in(diane)
    assert "ce que vous aviez écrit est gardé une heure" in late(browser, invite)
    page = back(browser, diane).get(invite).text
    assert f'action="{invite}"' in page
    assert "Bonjour à toi<br>&lt;b&gt;" in page
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert {name: found.get(name) for name in ("email", "purpose", "password")} == {
        "email": "lea@exemple.example", "purpose": "staff", "password": None,
    }  # fmt: skip
    browser.post(invite, LATE)
    assert not waits(browser, invite)


def test_what_was_typed_may_be_given_up(diane: User, invite: str) -> None:
    browser = signed_in(diane)
    late(browser, invite)
    assert "/pilotage/?oublier" in back(browser, diane).get(invite).text
    assert browser.get("/pilotage/?oublier").url == "/pilotage/"
    assert not waits(browser, invite)


def test_what_was_typed_is_shown_to_nobody_else(diane: User, denis: User, invite: str) -> None:
    browser = signed_in(diane)
    late(browser, invite)
    assert browser.session.get_expiry_age() == 3600
    assert not waits(back(browser, denis), invite)
    assert not waits(back(browser, diane), invite)


def test_nothing_is_kept_of_codes_and_of_what_saves_itself(alice: User) -> None:
    for page, headers in (("/compte/email/", {}), (SPACE, {"HX-Request": "true"})):
        browser = begun(signed_in(alice), begun=30, seen=1)
        browser.post(page, {"email": "x@exemple.example"}, headers=headers)
        assert "typed" not in browser.session


def test_rows_of_sessions_outlive_the_longest_one() -> None:
    longest = max(hours for _, hours in settings.SESSION_HOURS.values())
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE) > timedelta(hours=longest)


# --- The key of a session -----------------------------------------------------------------------------------


def key(browser: Client) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def holding(session: str) -> Client:
    """A browser that was handed somebody's key."""
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session
    return browser


@pytest.fixture
def with_password(alice: User) -> User:
    alice.set_password(PASSWORD)
    alice.save()
    return alice


def test_signing_in_and_out_change_the_key(with_password: User) -> None:
    """The key that somebody may have put in this browser before opens nothing."""
    browser = Client()
    browser.get("/compte/signup/")
    session = browser.session
    session["laid"] = "by somebody"
    session.save()
    laid = session.session_key
    browser.cookies[settings.SESSION_COOKIE_NAME] = laid
    browser.post("/compte/login/", {"login": with_password.email, "password": PASSWORD})
    opened = key(browser)
    assert is_open(browser)
    assert opened != laid
    assert not is_open(holding(laid))
    browser.post("/compte/logout/")
    assert not is_open(holding(opened))


def test_a_new_password_ends_every_session(with_password: User) -> None:
    """Changed by its owner, whose browser too comes in again: what was open elsewhere is closed."""
    here, there = signed_in(with_password), signed_in(with_password)
    keys = [key(here), key(there)]
    new = "une autre phrase bien longue"
    here.post("/compte/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    with_password.refresh_from_db()
    assert with_password.check_password(new)
    assert [is_open(holding(one)) for one in keys] == [False, False]


def test_what_happens_to_an_account_is_told_and_not_what_it_holds(with_password: User) -> None:
    """Another first address, one removed, a password: who takes an account over leaves a trace."""
    browser, page, other = signed_in(with_password), reverse("account_email"), "autre@exemple.example"
    first = with_password.email
    EmailAddress.objects.get_or_create(user=with_password, email=first, primary=True, verified=True)
    EmailAddress.objects.create(user=with_password, email=other, verified=True)
    browser.post(page, {"action_primary": "", "email": other})
    browser.post(page, {"action_remove": "", "email": first})
    new = "une autre phrase bien longue"
    browser.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    told = Entry.objects.filter(record_type="accounts.user", record_id=with_password.pk).order_by("pk")
    verbs = list(told.values_list("verb", flat=True))
    assert verbs == ["change_address", "remove_address", "change_password"]
    assert {entry.actor for entry in told} == {with_password}
    assert not any(other in str(entry.data) + entry.record_label for entry in told)


def test_a_password_that_was_reset_ends_every_session(with_password: User, settings: object) -> None:
    settings.EMAIL_BACKEND = "eig.mail.backend.OutboxBackend"
    there, browser = signed_in(with_password), Client()
    browser.post("/compte/password/reset/", {"email": with_password.email})
    letter = Message.objects.filter(to_email=with_password.email).latest("pk").body
    code = re.search(r"^[A-Z0-9-]{6,12}$", letter, re.MULTILINE)
    assert code
    browser.post(reverse("account_confirm_password_reset_code"), {"code": code[0]})
    asked = key(browser)
    new = "une autre phrase bien longue"
    browser.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})
    with_password.refresh_from_db()
    assert with_password.check_password(new)
    assert not is_open(there)
    assert not is_open(holding(asked))


def test_the_second_factor_opens_under_a_new_key(claire: User) -> None:
    claire.set_password(PASSWORD)
    claire.save()
    browser = Client()
    browser.post("/compte/login/", {"login": claire.email, "password": PASSWORD})
    half = key(browser)
    code = RecoveryCodes.activate(claire).get_unused_codes()[0]
    browser.post(reverse("mfa_authenticate"), {"code": code})
    assert is_open(browser)
    assert key(browser) != half
    assert not is_open(holding(half))


def test_a_stale_screen_adds_no_address(with_password: User) -> None:
    """Whoever finds it open does not take the account over."""
    browser = Client()
    browser.force_login(with_password)
    answer = browser.post("/compte/email/", {"action_add": "", "email": "intrus@exemple.example"})
    assert "reauthenticate" in answer.url
    assert not EmailAddress.objects.filter(email="intrus@exemple.example").exists()
