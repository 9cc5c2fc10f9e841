"""The entrance under attack: guesses, forged addresses, stolen codes, links that lead elsewhere."""

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import ClassVar

import pytest
from allauth.account.models import EmailAddress
from allauth.account.views import LoginView
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from kombu.exceptions import OperationalError
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from eig.accounts.hashers import TunedArgon2PasswordHasher
from eig.accounts.models import User
from eig.celery import app as celery
from eig.mail.models import Message
from eig.mail.tasks import deliver
from tests.people import PASSWORD, person
from tests.together import together

LOGIN = "/compte/login/"
ELSEWHERE = "intrus.example"


class Counting(TunedArgon2PasswordHasher):
    """As a hash, a word: what counts here is how often a password was looked at."""

    algorithm = "counting"
    looked_at: ClassVar[int] = 0

    def encode(self, password: str, salt: str) -> str:
        return f"{self.algorithm}${salt}${password}"

    def verify(self, password: str, encoded: str) -> bool:
        type(self).looked_at += 1
        return encoded.endswith(f"${password}")

    def must_update(self, encoded: str) -> bool:
        return False

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nobody waits here."""


@pytest.fixture(autouse=True)
def counting(settings: object) -> type[Counting]:
    settings.EMAIL_BACKEND = "eig.mail.backend.OutboxBackend"
    settings.PASSWORD_HASHERS = ["tests.eig.test_entrance.Counting"]
    Counting.looked_at = 0
    return Counting


@pytest.fixture
def alice(alice: User) -> User:
    alice.set_password(PASSWORD)
    alice.save()
    return alice


def spellings(email: str) -> Iterator[str]:
    """The same account, as an attacker writes it."""
    name, _, house = email.partition("@")
    while True:
        yield from (email, email.upper(), f" {email} ", f"{name.title()}@{house}", f"{email}\u200b")


def sign_in(browser: Client, email: str, password: str = PASSWORD, **headers: str) -> bool:
    browser.post(LOGIN, {"login": email, "password": password}, **headers)
    return "_auth_user_id" in browser.session


# --- Guesses -----------------------------------------------------------------------------------------


def test_of_a_thousand_guesses_from_fifty_addresses_five_are_looked_at(
    alice: User, counting: type[Counting], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The page that refuses is looked at elsewhere, and would be nearly all of the time.
    monkeypatch.setattr(LoginView, "render_to_response", lambda *_, **__: HttpResponse())
    written, browser = spellings(alice.email), Client()
    for rank in range(1000):
        data = {"login": next(written), "password": f"essai {rank}"}
        assert browser.post(LOGIN, data, REMOTE_ADDR=f"127.0.3.{rank % 50}").status_code in {200, 302, 429}
    assert 1 <= counting.looked_at <= 5


def agents(count: int) -> list[User]:
    people = [person(f"Agent{rank}", "Martin") for rank in range(count)]
    for who in people:
        who.set_password(PASSWORD)
    User.objects.bulk_update(people, ["password"])
    return people


def test_two_hundred_agents_behind_one_address_all_come_in(db: None) -> None:
    outside = [who for who in agents(200) if not sign_in(Client(), who.email, REMOTE_ADDR="127.0.4.1")]
    assert outside == []


def test_whoever_waits_their_turn_to_be_counted_is_not_refused(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody of the same address is being counted for three seconds, of a clock that only waiting moves."""
    (who,) = agents(1)
    here = RequestFactory().post(LOGIN, REMOTE_ADDR="127.0.4.2")
    (rate,) = ratelimit.parse_rates(settings.ACCOUNT_RATE_LIMITS["login"])
    turn = f"{ratelimit.get_cache_key(here, app='allauth.account', action='login', rate=rate)}:lock"
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if sum(waited) > 3:
            cache.delete(turn)

    assert cache.add(turn, True)
    clock = SimpleNamespace(time=time.time, monotonic=lambda: sum(waited), sleep=sleep)
    monkeypatch.setattr(ratelimit, "time", clock)
    assert sign_in(Client(), who.email, REMOTE_ADDR="127.0.4.2")
    assert sum(waited) > 3


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_a_forged_address_gives_no_more_tries(db: None, counting: type[Counting], header: str) -> None:
    """One try on each of eighty accounts, sixty a minute from one address: whatever the address it says."""
    people = agents(80)
    for rank, who in enumerate(people):
        assert not sign_in(
            Client(), who.email, "faux", REMOTE_ADDR="127.0.5.1", **{header: f"127.1.1.{rank}"}
        )
    assert 50 <= counting.looked_at <= 60


@pytest.mark.django_db(transaction=True)
def test_twenty_guesses_at_the_same_instant_are_hardly_more_than_five(
    transactional_db: None, counting: type[Counting]
) -> None:
    who = person("Alice", "Aubert")
    who.set_password(PASSWORD)
    who.save()
    said: list[int] = []

    def guess() -> None:
        said.append(Client().post(LOGIN, {"login": who.email, "password": "faux"}).status_code)

    assert together(*[guess] * 20) == []
    assert len(said) == 20
    assert {status for status in said if status >= 500} == set()
    assert counting.looked_at <= 6


# --- The second factor -------------------------------------------------------------------------------


def totp_of(user: User, *, ago: int = 0) -> str:
    secret = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 - ago)))


@pytest.fixture
def claire(claire: User) -> User:
    claire.set_password(PASSWORD)
    claire.save()
    return claire


def half_in(who: User) -> Client:
    browser = Client()
    assert not sign_in(browser, who.email)
    return browser


def enters(browser: Client, code: str) -> bool:
    browser.post(reverse("mfa_authenticate"), {"code": code})
    return "_auth_user_id" in browser.session


def test_a_code_of_the_second_factor_serves_once(claire: User) -> None:
    code = totp_of(claire)
    assert enters(half_in(claire), code)
    assert not enters(half_in(claire), code)


def test_a_recovery_code_serves_once(claire: User) -> None:
    code = RecoveryCodes.activate(claire).get_unused_codes()[0]
    assert enters(half_in(claire), code)
    assert not enters(half_in(claire), code)


def test_a_reset_of_the_password_does_not_open_without_the_second_factor(claire: User) -> None:
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": claire.email})
    letter = Message.objects.filter(to_email=claire.email).latest("pk").body
    code = re.search(r"^[A-Z0-9-]{6,12}$", letter, re.MULTILINE)
    assert code
    browser.post(reverse("account_confirm_password_reset_code"), {"code": code[0]})
    new = {"password1": "une autre phrase bien longue", "password2": "une autre phrase bien longue"}
    browser.post(reverse("account_complete_password_reset"), new)
    claire.refresh_from_db()
    assert claire.check_password(new["password1"])
    assert "_auth_user_id" not in browser.session


def test_ten_thousand_codes_are_not_tried(claire: User) -> None:
    """The sixth wrong code within five minutes is not looked at: neither is the right one."""
    browser = half_in(claire)
    for rank in range(6):
        assert not enters(browser, f"{rank:06}")
    assert not enters(browser, totp_of(claire))
    assert not enters(half_in(claire), totp_of(claire))


# --- Passwords ---------------------------------------------------------------------------------------


def test_the_three_thousand_commonest_passwords_are_refused(db: None) -> None:
    """And the first fifty, repeated until they are long enough."""
    common = list(FREQUENCY_LISTS["passwords"])[:3000]
    assert len(common) == 3000
    taken = []
    for word in common:
        with suppress(ValidationError):
            validate_password(word)
            taken.append(word)
    for word in common[:50]:
        with suppress(ValidationError):
            validate_password((word * 15)[:15])
            taken.append(word)
    assert taken == []


@pytest.mark.parametrize(
    "password",
    [
        "tortue ivoire lampe quai moulin sept" + " brume" * 5,
        "é🐢 ivoire lampe quai moulin — sept" * 4,
        " cheval pile agrafe correct au bord ",
    ],
)
def test_a_long_password_is_taken_whole(alice: User, settings: object, password: str) -> None:
    """With its spaces at both ends and to its last letter: 64 of them, 128, and what is no letter."""
    settings.PASSWORD_HASHERS = ["eig.accounts.hashers.TunedArgon2PasswordHasher"]
    validate_password(password, alice)
    alice.set_password(password)
    assert alice.check_password(password)
    assert not alice.check_password(password[:-1])


# --- What an address or a header cannot do --------------------------------------------------------------


def ways_out() -> list[str]:
    """Sixty ways to write an address elsewhere."""
    begin = ("//", "///", "////", "/\\", "\\\\", "\\/", "http:", "https:///", "http:////", "hTTps://")
    end = (ELSEWHERE, f"{ELSEWHERE}/%2f..", f"testserver@{ELSEWHERE}", f"{ELSEWHERE}#testserver")
    other = (
        f"\t//{ELSEWHERE}", f" //{ELSEWHERE}", f"/\t/{ELSEWHERE}", f"/%0d/{ELSEWHERE}", f"\x00//{ELSEWHERE}",
        f"//{ELSEWHERE}\r\nLocation: //{ELSEWHERE}", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
        "data:text/html,x", f"ftp://{ELSEWHERE}", f"//testserver.{ELSEWHERE}", f"https://testserver.{ELSEWHERE}",
        f"https://testserver:80@{ELSEWHERE}", f"http://{ELSEWHERE}?testserver", f"https:{ELSEWHERE}:443//",
        f"//{ELSEWHERE}%2f@testserver", f"//{ELSEWHERE}%00.testserver", f"/\u2215{ELSEWHERE}:80//",
        f"／／{ELSEWHERE}", "//ｉntrus.example",
    )  # fmt: skip
    return [f"{first}{last}" for first in begin for last in end] + list(other)


def leaves(location: str) -> bool:
    """Whether a browser told to go there would leave the site."""
    plain = re.sub(r"[\t\r\n\x00-\x20]", "", location).replace("\\", "/").lower()
    return plain.startswith("//") or bool(re.match(r"[a-z][a-z0-9+.-]*:", plain))


def test_nobody_is_led_elsewhere(alice: User) -> None:
    """By `next`, where one signs in, where one comes already signed in, and where one leaves."""
    assert len(ways_out()) == 60
    browser, found = Client(), []
    browser.force_login(alice)
    for way in ways_out():
        answers = [
            browser.get(LOGIN, {"next": way}),
            Client().post(LOGIN, {"login": alice.email, "password": PASSWORD, "next": way}),
            browser.post(reverse("account_logout"), {"next": way}),
        ]
        browser.force_login(alice)
        found += [(way, answer.status_code, answer.headers.get("Location", "")) for answer in answers]
    assert {status for _, status, _ in found} <= {200, 302, 400, 429}
    assert [(way, location) for way, _, location in found if leaves(location)] == []


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_ORIGINAL_HOST"])
def test_a_forged_host_is_in_no_letter(alice: User, header: str) -> None:
    Client().post(reverse("account_reset_password"), {"email": alice.email}, **{header: ELSEWHERE})
    Client().post(reverse("account_reset_password"), {"email": alice.email})
    assert Message.objects.filter(to_email=alice.email).exists()
    assert [row for row in Message.objects.all() if ELSEWHERE in f"{row.subject}{row.body}"] == []


@pytest.mark.parametrize("way", ["_method", "HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_X_METHOD_OVERRIDE"])
def test_a_get_stays_a_get_whatever_it_says(alice: User, way: str) -> None:
    browser = Client()
    browser.force_login(alice)
    if way.startswith("HTTP_"):
        browser.get(reverse("account_logout"), **{way: "POST"})
    else:
        browser.get(reverse("account_logout"), {way: "POST"})
    assert "_auth_user_id" in browser.session


def test_a_field_sent_twice_counts_once(alice: User) -> None:
    """The last one, everywhere: no part of the site reads the first."""
    browser = Client()
    data = {"login": ["inconnue@exemple.example", alice.email], "password": ["faux", PASSWORD]}
    browser.post(LOGIN, data)
    assert browser.session["_auth_user_id"] == str(alice.pk)


# --- Without the broker -----------------------------------------------------------------------------------


def test_one_comes_in_while_the_broker_is_down(
    alice: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    """Signing in, up, and asking for a new password: each answers, and its letter waits in its row."""
    monkeypatch.setattr(celery.conf, "broker_url", "redis://127.0.0.1:9/0")
    monkeypatch.setattr(celery.amqp, "_producer_pool", None)
    with pytest.raises(OperationalError):
        deliver.apply_async(retry=False, ignore_result=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert sign_in(Client(), alice.email)
        assert Client().post(reverse("account_reset_password"), {"email": alice.email}).status_code == 302
        new = {"first_name": "Léa", "last_name": "Nouvelle", "email": "lea@exemple.example"}
        assert (
            Client()
            .post(reverse("account_signup"), {**new, "password1": "tortue ivoire lampe quai"})
            .status_code
            == 302
        )
    assert EmailAddress.objects.filter(email="lea@exemple.example").exists()
    assert Message.objects.filter(to_email__in=[alice.email, "lea@exemple.example"]).count() == 2


@pytest.mark.parametrize("odd", ["1" + "0" * 5_000, "[" * 100_000, "[]", "1", "\x00"])
def test_a_key_that_is_no_key_is_refused(db: None, odd: str) -> None:
    answer = Client().post("/compte/2fa/webauthn/login/", {"credential": odd})
    assert answer.status_code < 500
