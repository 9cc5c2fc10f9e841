"""A full disk is said and makes the service unwell; an empty site has no dead link; HEAD is GET, silent."""

import errno
import logging
from collections import namedtuple

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse
from psycopg.errors import DiskFull
from pytest_django import Settings

from eig.accounts.models import User
from eig.promotions.models import Promotion
from journey import navigation
from journey.views import public
from tests.people import signed_in

Usage = namedtuple("Usage", "total used free")


def full_database() -> OperationalError:
    error = OperationalError("could not extend file")
    error.__cause__ = DiskFull("could not extend file")
    return error


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), full_database()])
def test_a_full_disk_is_said(
    alice: User, monkeypatch: pytest.MonkeyPatch, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise error

    monkeypatch.setattr(public, "home_page", full)
    answer = signed_in(alice).get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "600")
    assert "Ce que vous venez d’envoyer n’est pas enregistré" in answer.content.decode()
    assert "The disk is full" in caplog.text


def test_any_other_fault_is_not_called_a_full_disk(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(public, "home_page", lost)
    with pytest.raises(OSError, match="Input"):
        Client().get("/")


def health() -> int:
    return int(Client().get("/sante/").status_code)


def test_nobody_is_well_who_cannot_keep_anything(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert health() == 200
    with monkeypatch.context() as here:
        here.setattr(public, "disk_usage", lambda _: Usage(1, 1, public.LEAST_ROOM - 1))
        assert health() == 503
    # The cache lies in the database, and says nothing when a write fails.
    monkeypatch.setattr(cache, "add", lambda *_, **__: False, raising=False)
    assert health() == 503


def test_who_asks_at_the_same_moment_leaves_the_other_well(
    db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """The proxy and the platform each ask; and before the first file, its folder is not there."""
    settings.PRIVATE_ROOT = settings.PRIVATE_ROOT / "not" / "yet"
    written = cache.add
    answers = []

    def meanwhile(*given: object, **named: object) -> bool:
        monkeypatch.undo()
        kept = bool(written(*given, **named))
        answers.append(health())
        return kept

    monkeypatch.setattr(cache, "add", meanwhile, raising=False)
    assert [health(), *answers] == [200, 200]


def test_no_entry_of_the_menu_is_dead_on_an_empty_site(db: None) -> None:
    assert not Promotion.objects.exists()
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    for entry in navigation.entries(request):
        assert Client().get(entry.url).status_code == 200


def test_head_is_get_without_its_body(promotion: Promotion, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    pages = ["/", "/contact/", "/defis/", "/sante/", "/robots.txt", reverse("account_login"), "/mon-espace/"]
    for page in pages:
        asked, told = Client().head(page), Client().get(page)
        assert (asked.status_code, asked.content) == (told.status_code, b""), page
    assert caplog.text == ""
