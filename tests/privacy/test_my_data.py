"""« Mes données »: all of one's own, none of others'; taken away, corrected, erased from the page."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from candidates.models import Application
from eig.accounts.models import User
from eig.documents.models import Document
from eig.mail.models import Message
from eig.promotions.models import Promotion
from privacy.actions import ask_copy, make_next_copy, remove_expired_copies
from privacy.models import DataCopy
from tests.factories import candidates as make
from tests.people import PASSWORD, person, signed_in

OTHERS = "canariautrui"


def applied(promotion: Promotion, who: User) -> Application:
    make.submitted(promotion, person("Autre"), motivation=OTHERS)
    return make.submitted(promotion, who, motivation="Une envie canarimienne.")


def opened(copy: DataCopy) -> ZipFile:
    copy.refresh_from_db()
    assert copy.document is not None
    with copy.document.file.open("rb") as file:
        return ZipFile(BytesIO(file.read()))


def test_the_page_shows_ones_own_and_when_it_ends(promotion: Promotion, alice: User) -> None:
    applied(promotion, alice)
    page = signed_in(alice).get("/mes-donnees/").content.decode()
    for word in ("canarimienne", alice.email, "Vos candidatures", "Compte sans activité", "Qui y a accès"):
        assert word in page
    assert OTHERS not in page


def test_nothing_of_an_embargo_is_in_ones_data(promotion: Promotion, alice: User) -> None:
    application = applied(promotion, alice)
    make.read_twice(application)
    make.decided(promotion, application, outcome="declined", publish=False)
    page = signed_in(alice).get("/mes-donnees/").content.decode()
    assert "Le motif." not in page
    assert "Une lecture attentive" not in page


@pytest.mark.parametrize("outcome", ["declined", "shortlisted", "reserved"])
def test_what_was_written_of_a_candidate_is_theirs_once_told(
    promotion: Promotion, alice: User, outcome: str
) -> None:
    application = applied(promotion, alice)
    make.read_twice(application)
    make.decided(promotion, application, outcome=outcome)
    page = signed_in(alice).get("/mes-donnees/").content.decode()
    assert "Le motif." in page
    assert "Une lecture attentive" in page
    # What was thought, not who thought it.
    assert "Lectrice" not in page


def test_a_copy_is_whole_and_only_theirs(promotion: Promotion, alice: User, emile: User) -> None:
    applied(promotion, alice)
    browser = signed_in(alice)
    assert browser.post("/mes-donnees/copie/").status_code == 302
    copy = DataCopy.objects.get()
    assert ask_copy(alice, at=timezone.now()) == copy
    assert make_next_copy(clock=timezone.now)
    assert not make_next_copy(clock=timezone.now)
    archive = opened(copy)
    names = archive.namelist()
    data = json.loads(archive.read("donnees.json"))
    text = archive.read("donnees.json").decode() + archive.read("lisez-moi.html").decode()
    assert "canarimienne" in text
    assert OTHERS not in text
    assert {"Votre compte", "Vos candidatures", "Vos fichiers"} <= {
        group["titre"] for group in data["groupes"]
    }
    assert [name for name in names if name.startswith("fichiers/")]
    assert Message.objects.filter(kind="privacy/copy_ready", to_person=alice).count() == 1

    response = browser.get(f"/mes-donnees/copie/{copy.code}/")
    assert response.headers["Content-Type"] == "application/zip"
    assert signed_in(emile).get(f"/mes-donnees/copie/{copy.code}/").status_code == 404
    # A copy does not hold the former one.
    later = ask_copy(alice, at=timezone.now())
    make_next_copy(clock=timezone.now)
    assert not [name for name in opened(later).namelist() if name.endswith(".zip")]


def test_a_copy_ends_after_a_week(
    promotion: Promotion, alice: User, django_capture_on_commit_callbacks: Any
) -> None:
    copy = ask_copy(alice, at=timezone.now())
    make_next_copy(clock=timezone.now)
    copy.refresh_from_db()
    document = copy.document
    assert document is not None
    storage, path = document.file.storage, document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_expired_copies(at=timezone.now() + timedelta(days=6)) == 0
        assert remove_expired_copies(at=timezone.now() + timedelta(days=8)) == 1
    assert not storage.exists(path)
    assert not Document.objects.filter(pk=document.pk).exists()
    assert signed_in(alice).get(f"/mes-donnees/copie/{copy.code}/").status_code == 404


def test_a_name_is_corrected_everywhere_from_now_on(alice: User) -> None:
    browser = signed_in(alice)
    browser.post("/mes-donnees/corriger/", {"first_name": "Alix", "last_name": "Aubert"})
    alice.refresh_from_db()
    assert str(alice) == "Alix Aubert"
    assert browser.post("/mes-donnees/corriger/", {"first_name": "", "last_name": "x"}).status_code == 422


def test_an_account_is_erased_from_its_page_and_not_by_accident(promotion: Promotion, alice: User) -> None:
    application = applied(promotion, alice)
    browser = signed_in(alice)
    page = browser.get("/mes-donnees/effacer/").content.decode()
    assert "sans retour" in page
    assert f"candidature à {promotion.name} est retirée" in page
    assert browser.post("/mes-donnees/effacer/", {"confirmation": "oui"}).status_code == 422
    application.refresh_from_db()
    assert application.status == "submitted"

    response = browser.post("/mes-donnees/effacer/", {"confirmation": "effacer"})
    assert response.headers["Location"] == "/compte-efface/"
    assert browser.get("/mes-donnees/").status_code == 302
    application.refresh_from_db()
    assert (application.status, application.answers) == ("withdrawn", {})
    assert mail.outbox == []


def test_erasing_asks_again_who_is_there(alice: User) -> None:
    alice.set_password(PASSWORD)
    alice.save()
    client = Client()
    client.force_login(alice)
    response = client.get("/mes-donnees/effacer/")
    assert response.status_code == 302
    assert "reauthenticate" in response.headers["Location"] or "confirmer" in response.headers["Location"]


def test_the_team_sees_numbers_and_sets_lengths(promotion: Promotion, diane: User) -> None:
    browser = signed_in(diane)
    root = f"/pilotage/{promotion.code}/donnees-personnelles/"
    assert "24 mois après la décision" in browser.get(root).content.decode()
    form = browser.get(f"{root}durees/").context["form"]
    values = {name: field.initial for name, field in form.fields.items()}
    browser.post(f"{root}durees/", {**values, "refused_applications": 30})
    assert "30 mois après la décision" in browser.get(root).content.decode()
    # Shortening is an erasure: two people do it (tests/orders).
    browser.post(f"{root}durees/", {**values, "refused_applications": 18})
    assert "30 mois après la décision" in browser.get(root).content.decode()
    assert browser.post(f"{root}durees/", {**values, "refused_applications": 0}).status_code == 422
