"""The key of the application changes: who is signed in stays so, links in mails already sent still open."""

from uuid import uuid4

import pytest
from django.core import signing
from pytest_django import Settings

from eig.accounts.models import User
from eig.diversity.actions import FormTooOld, _nonce, new_token
from eig.meetings.queries import booking_token, project_of_ticket, project_ticket, registration_token
from eig.meetings.queries.links import booking_code, registration_code
from tests.people import signed_in

LINKS = [
    (registration_token, registration_code),
    (booking_token, booking_code),
    (project_ticket, project_of_ticket),
]


def changed(settings: Settings, *, kept: bool) -> None:
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "the new one, long enough to be taken for a key of production"
    settings.SECRET_KEY_FALLBACKS = [former] if kept else []


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize(("sign", "read"), LINKS)
def test_a_link_given_before_opens_as_long_as_the_former_key_is_named(
    settings: Settings, sign: object, read: object, kept: bool
) -> None:
    code = uuid4()
    link = sign(code)
    changed(settings, kept=kept)
    assert read(link) == (code if kept else None)


@pytest.mark.parametrize("kept", [True, False])
def test_who_is_signed_in_stays_so(alice: User, settings: Settings, kept: bool) -> None:
    browser = signed_in(alice)
    changed(settings, kept=kept)
    assert (browser.get("/mon-espace/").status_code == 200) is kept


@pytest.mark.parametrize("kept", [True, False])
def test_a_questionnaire_that_is_open_in_a_browser_is_taken(settings: Settings, kept: bool) -> None:
    token = new_token("eig-6")
    changed(settings, kept=kept)
    if kept:
        assert _nonce(token, "eig-6")
    else:
        with pytest.raises(FormTooOld):
            _nonce(token, "eig-6")
    assert signing.loads(new_token("eig-6"), salt="eig.diversity.form")
