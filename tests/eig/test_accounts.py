"""Signing in and up: nothing tells who exists, tries are counted in PostgreSQL, grave deeds ask again."""

import re
from datetime import timedelta
from typing import ClassVar

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from eig.accounts.actions import InvitationSpent, accept_invitation, invite, revoke_invitation
from eig.accounts.hashers import TunedArgon2PasswordHasher
from eig.accounts.models import User
from eig.accounts.queries import open_invitation
from eig.mail.models import Message
from eig.promotions.models import Promotion
from tests.people import PASSWORD, person

SIGN_UP = {"first_name": "Léa", "last_name": "Nouvelle", "password1": "un très long mot de passe"}


class CountingHasher(TunedArgon2PasswordHasher):
    """Counts what costs time: a hash is the only slow part of signing up."""

    encoded: ClassVar[int] = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).encoded += 1
        return super().encode(password, salt)


@pytest.fixture
def counting(settings: object) -> type[CountingHasher]:
    settings.PASSWORD_HASHERS = ["tests.eig.test_accounts.CountingHasher"]
    CountingHasher.encoded = 0
    return CountingHasher


def signed_up(email: str) -> tuple[int, str]:
    answer = Client().post("/compte/signup/", {**SIGN_UP, "email": email})
    return answer.status_code, answer.url


def test_signing_up_tells_nothing_about_who_exists(alice: User, counting: type[CountingHasher]) -> None:
    known = signed_up(alice.email)
    after_known = counting.encoded
    unknown = signed_up("personne@exemple.example")
    assert known == unknown
    assert after_known == counting.encoded - after_known, "as many hashes, hence as much time, for both"
    assert User.objects.filter(email=alice.email).count() == 1


def test_signing_up_writes_as_much_for_who_exists_and_keeps_none_of_it(alice: User, settings: object) -> None:
    settings.EMAIL_BACKEND = "eig.mail.backend.OutboxBackend"

    def written(email: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            signed_up(email)
        found = (re.match(r'INSERT INTO "(\w+)"', query["sql"]) for query in queries)
        # What counts tries has a row for a visitor's first one only.
        return sorted(match[1] for match in found if match and match[1] != "cache")

    known, unknown = written(alice.email), written("personne@exemple.example")
    assert {"accounts_user", "account_emailaddress", "mail_message"} <= {*unknown}
    assert known == unknown
    assert User.objects.count() == EmailAddress.objects.count() == 2


def test_signing_up_again_tells_nothing_either(alice: User, settings: object) -> None:
    """At once, the second code is refused (429) whoever the address is of, and whether it was confirmed."""
    settings.EMAIL_BACKEND = "eig.mail.backend.OutboxBackend"

    def twice(email: str) -> list[tuple[int, str | None]]:
        answers = [Client().post("/compte/signup/", {**SIGN_UP, "email": email}) for _ in range(2)]
        return [(answer.status_code, answer.headers.get("Location")) for answer in answers]

    waiting = person("Wanda", "Attente")
    EmailAddress.objects.filter(user=waiting).update(verified=False)
    known, unconfirmed, unknown = twice(alice.email), twice(waiting.email), twice("personne@exemple.example")
    assert known == unconfirmed == unknown
    assert [status for status, _ in known] == [302, 429]


def test_a_new_person_has_names_and_a_code_by_mail(db: None, settings: object) -> None:
    settings.EMAIL_BACKEND = "eig.mail.backend.OutboxBackend"
    signed_up("lea@exemple.example")
    newcomer = User.objects.get(email="lea@exemple.example")
    assert str(newcomer) == "Léa Nouvelle"
    assert not EmailAddress.objects.get(user=newcomer).verified
    assert Message.objects.filter(to_email="lea@exemple.example").count() == 1


@pytest.mark.parametrize("email", ["alice.aubert@exemple.example", "inconnue@exemple.example"])
def test_a_reset_answers_the_same_for_everybody(alice: User, email: str) -> None:
    answer = Client().post("/compte/password/reset/", {"email": email})
    assert (answer.status_code, answer.url) == (302, "/compte/password/reset/confirm/")


def test_five_wrong_tries_then_a_pause_whatever_the_address_of_the_visitor(alice: User) -> None:
    alice.set_password(PASSWORD)
    alice.save()
    for rank in range(8):
        Client(REMOTE_ADDR=f"127.0.1.{rank}").post(
            "/compte/login/", {"login": alice.email, "password": "faux"}
        )
    browser = Client(REMOTE_ADDR="127.0.2.1")
    browser.post("/compte/login/", {"login": alice.email, "password": PASSWORD})
    assert "_auth_user_id" not in browser.session


def test_the_right_password_opens_a_session_with_a_new_key(alice: User) -> None:
    alice.set_password(PASSWORD)
    alice.save()
    browser = Client()
    browser.get("/compte/login/")
    answer = browser.post("/compte/login/", {"login": alice.email.upper(), "password": PASSWORD})
    assert answer.url == "/mon-espace/"
    assert browser.get("/mon-espace/").headers["Cache-Control"] == "no-store, private"


def test_a_short_password_is_refused_in_french(db: None) -> None:
    answer = Client().post("/compte/signup/", {**SIGN_UP, "email": "x@exemple.example", "password1": "court"})
    assert "15" in answer.text
    assert not User.objects.exists()


def test_a_grave_deed_asks_again_who_is_there(diane: User, promotion: Promotion) -> None:
    """Signed in long ago: the extension of a call leads to the confirmation page first."""
    browser = Client()
    browser.force_login(diane)
    answer = browser.get(f"/pilotage/{promotion.code}/calendrier/applications/prolonger/")
    assert answer.status_code == 302
    assert answer.url.startswith("/compte/")


@pytest.fixture
def link(diane: User) -> str:
    _, token = invite(
        "claire.colin@exemple.example",
        purpose="application-reader",
        subject="eig-6",
        by=diane,
        at=timezone.now(),
    )
    return token


def test_an_invitation_serves_once_and_only_its_addressee(link: str, claire: User, emile: User) -> None:
    now = timezone.now()
    invitation = open_invitation(link, at=now)
    assert invitation is not None
    with pytest.raises(InvitationSpent, match="autre adresse"):
        accept_invitation(invitation, by=emile, at=now)
    accept_invitation(invitation, by=claire, at=now)
    assert open_invitation(link, at=now) is None
    with pytest.raises(InvitationSpent, match="déjà été utilisée"):
        accept_invitation(invitation, by=claire, at=now)


def test_an_invitation_opened_in_time_is_not_accepted_too_late(link: str, claire: User) -> None:
    """The page was opened the day before: the deed looks at the clock again."""
    invitation = open_invitation(link, at=timezone.now())
    assert invitation is not None
    with pytest.raises(InvitationSpent, match="a expiré"):
        accept_invitation(invitation, by=claire, at=invitation.expires_at)
    accept_invitation(invitation, by=claire, at=invitation.expires_at - timedelta(microseconds=1))


def test_an_invitation_expires_and_can_be_revoked(link: str) -> None:
    now = timezone.now()
    assert open_invitation(link, at=now + timedelta(days=15)) is None
    invitation = open_invitation(link, at=now)
    assert invitation is not None
    revoke_invitation(invitation, at=now)
    assert open_invitation(link, at=now) is None


def test_opening_the_link_spends_nothing_accepting_makes_a_reader(
    link: str, claire: User, promotion: Promotion
) -> None:
    browser = Client()
    browser.force_login(claire)
    address = f"/invitation/{link}/"
    for _ in range(2):
        assert "vous propose de lire et noter des candidatures" in browser.get(address).text
    assert browser.post(address).status_code == 302
    assert claire.readerships.get().promotion == promotion
    assert browser.get(address).status_code == 404


def test_a_stranger_is_told_the_invitation_is_for_someone_else(link: str, promotion: Promotion) -> None:
    """And leaves the account they are in for that of the address, without losing the page."""
    browser = Client()
    browser.force_login(person("Zélie", "Zola"))
    address = f"/invitation/{link}/"
    page = browser.get(address).text
    assert "pour une autre adresse" in page
    assert "Ajouter cette adresse à mon compte" in page
    assert f'<input type="hidden" name="next" value="{address}">' in page
    assert browser.post("/compte/logout/", {"next": address}).url == address
    assert "Créer mon compte" in browser.get(address).text


@pytest.mark.parametrize("exists", [False, True])
def test_whoever_is_invited_reads_by_whom_and_to_what_before_signing_in(
    link: str, promotion: Promotion, exists: bool
) -> None:
    """The same page, whether the address has an account or not; the next one has it filled in."""
    if exists:
        person("Claire", "Colin")
    browser, address = Client(), f"/invitation/{link}/"
    page = browser.get(address)
    assert "Diane Delmas vous propose de lire et noter des candidatures" in page.text
    assert promotion.name in page.text
    assert "Accepter l’invitation" not in page.text
    for door in ("/compte/login/", "/compte/signup/", "/compte/login/code/"):
        entrance = browser.get(door, {"next": address}).text
        assert 'value="claire.colin@exemple.example"' in entrance
    assert (
        "Pour accepter l’invitation de Diane Delmas."
        in browser.get("/compte/signup/", {"next": address}).text
    )
    assert browser.post(address).url == f"/compte/login/?next={address}"


def test_a_page_that_asks_to_sign_in_says_why(promotion: Promotion) -> None:
    to_apply, elsewhere = f"/{promotion.code}/candidater", "https://exemple.example/appel-a-projets/"
    start = f"/{promotion.code}/appel-a-projets/commencer/"
    assert "Pour proposer un projet, il faut un compte" in Client().get(start, follow=True).text
    for other in ("/mon-espace/", to_apply, elsewhere, "//[", ""):
        answer = Client().get("/compte/login/", {"next": other})
        assert answer.status_code == 200
        assert "il faut un compte" not in answer.text


@pytest.mark.parametrize("address", ["alice.aubert@exemple.example", "inconnue@exemple.example"])
def test_a_code_that_did_not_come_is_asked_again_whoever_exists(
    alice: User, address: str, settings: object
) -> None:
    settings.EMAIL_BACKEND = "eig.mail.backend.OutboxBackend"
    browser = Client()
    browser.post("/compte/login/code/", {"email": address})
    page = browser.get("/compte/login/code/confirm/").text
    assert "Recevoir un nouveau code" in page
    again = browser.post("/compte/login/code/confirm/", {"action": "resend"}, follow=True)
    assert again.status_code == 200
    # Whoever has no account is told so once; nothing on the page differs.
    letters = Message.objects.filter(to_email=address).count()
    assert letters == (2 if address == alice.email else 1)
