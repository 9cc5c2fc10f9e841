"""The emergency tool: superusers with a second factor look, mend an account, and the journal tells."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.test import Client

from eig.accounts.models import User
from eig.journal.models import Entry
from journey.admin import SHOWN
from tests.people import person, signed_in


@pytest.fixture
def root(db: None) -> User:
    who = person("Rose", "Root", staff=True)
    who.is_superuser = True
    who.save()
    return who


def test_for_others_it_does_not_exist(root: User, diane: User, alice: User) -> None:
    for browser in (Client(), signed_in(alice), signed_in(diane)):
        assert browser.get("/secours/").status_code == 404
        assert browser.get(f"/secours/accounts/user/{alice.pk}/change/").status_code == 404
        assert browser.post(f"/secours/accounts/user/{alice.pk}/change/").status_code == 404
    assert signed_in(root).get("/secours/").status_code == 200


def test_a_superuser_without_a_second_factor_stays_out(root: User) -> None:
    Authenticator.objects.filter(user=root).delete()
    assert signed_in(root).get("/secours/").status_code != 200


def test_it_asks_again_who_is_there(root: User) -> None:
    browser = Client()
    browser.force_login(root)
    assert browser.get("/secours/").status_code == 302


def test_every_list_and_every_row_opens_and_nothing_is_added_nor_deleted(root: User, alice: User) -> None:
    browser = signed_in(root)
    for model in SHOWN:
        base = f"/secours/{model._meta.app_label}/{model._meta.model_name}/"
        assert browser.get(base).status_code == 200, base
        assert browser.get(f"{base}add/").status_code == 404
    page = browser.get(f"/secours/accounts/user/{alice.pk}/change/")
    assert page.status_code == 200
    assert alice.password not in page.content.decode()
    assert browser.get(f"/secours/accounts/user/{alice.pk}/delete/").status_code == 404
    assert browser.get("/secours/accounts/user/999999/change/").status_code == 404


def test_looking_and_mending_are_told_to_the_journal(root: User, alice: User) -> None:
    browser = signed_in(root)
    address = f"/secours/accounts/user/{alice.pk}/change/"
    browser.get(address)
    # What is not mendable does not change, whatever is posted.
    browser.post(
        address, {"is_active": "", "is_staff": "", "email": "autre@exemple.example", "first_name": "X"}
    )
    alice.refresh_from_db()
    assert (alice.is_active, alice.first_name, alice.email) == (
        False,
        "Alice",
        "alice.aubert@exemple.example",
    )
    told = Entry.objects.filter(record_type="accounts.user", record_id=alice.pk, actor=root)
    assert set(told.values_list("verb", flat=True)) == {"emergency_look", "emergency_mend"}
    mended = told.get(verb="emergency_mend")
    assert mended.data == {"before": {"is_active": True}, "fields": ["is_active"]}
    assert not LogEntry.objects.exists()
