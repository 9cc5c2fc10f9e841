"""One way to save by itself: the same bar, the same words, on a card of the jury as on a list of wishes."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from candidates.models import Application
from eig.accounts.models import User
from eig.promotions.models import Promotion
from matching.interviews.models import Audition, Juror
from matching.ranking.models import Choice
from tests.browser.conftest import Open
from tests.factories.interviews import card, juror, morning, panel, placed
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import person


@pytest.fixture
def claire(promotion: Promotion) -> User:
    return person("Claire", "Colin", second_factor=True)


@pytest.fixture
def member(promotion: Promotion, claire: User) -> Juror:
    return juror(promotion, person("Diane", "Delmas", staff=True), claire)


@pytest.fixture
def audition(promotion: Promotion, member: Juror) -> Audition:
    staff = User.objects.get(first_name="Diane")
    table = panel(promotion, staff, [member, juror(promotion, staff)], starts=morning(-1))
    project = published_project(promotion, "Lire les cartes")
    return placed(shortlisted(promotion, person("Alice", "Aubert")), project, staff, table, told=True)


def bar(page: Page, said: str) -> None:
    expect(page.locator("#etat-saisie")).to_contain_text(said)


def test_a_scorecard_is_kept_through_a_tunnel(
    audition: Audition, member: Juror, claire: User, window: Open
) -> None:
    shown = window(claire)
    page = shown.go(reverse("interviews:scorecard_edit", args=[card(audition, member).sheet.code]))
    page.get_by_label("Appréciation générale").fill("Très clair")
    bar(page, "Enregistré à")
    page.context.set_offline(True)
    page.get_by_label("Appréciation générale").fill("Très clair, et posé")
    bar(page, "Hors connexion : vos textes sont gardés sur cette page")
    shown.complaints.clear()
    page.context.set_offline(False)
    bar(page, "Enregistré à")
    assert card(audition, member).sheet.comment == "Très clair, et posé"
    assert shown.faults() == []


def test_a_scorecard_says_that_the_session_is_over(
    audition: Audition, member: Juror, claire: User, window: Open
) -> None:
    shown = window(claire)
    page = shown.go(reverse("interviews:scorecard_edit", args=[card(audition, member).sheet.code]))
    Session.objects.all().delete()
    page.get_by_label("Appréciation générale").fill("Tapé trop tard")
    bar(page, "Votre session est terminée")
    expect(page.get_by_role("link", name="Se reconnecter")).to_be_visible()
    expect(page.get_by_label("Appréciation générale")).to_have_value("Tapé trop tard")
    shown.complaints.clear()


def test_a_scorecard_open_in_two_tabs_is_not_overwritten_unseen(
    audition: Audition, member: Juror, claire: User, window: Open
) -> None:
    first, second = window(claire), window(claire)
    second.meant = {409}
    here = reverse("interviews:scorecard_edit", args=[card(audition, member).sheet.code])
    one, two = first.go(here), second.go(here)
    one.get_by_label("Appréciation générale").fill("Dans le premier onglet")
    bar(one, "Enregistré à")
    two.get_by_label("Appréciation générale").fill("Dans le second")
    bar(two, "Un texte attend votre choix")
    expect(two.locator("[data-conflict]")).to_contain_text("Dans le premier onglet")
    assert second.faults() == []
    two.get_by_role("button", name="Garder le mien").click()
    bar(two, "Enregistré à")
    assert card(audition, member).sheet.comment == "Dans le second"
    # And going on is no conflict with oneself.
    with two.expect_response(lambda answer: answer.request.method == "POST") as saved:
        two.get_by_label("Appréciation générale").fill("Dans le second, suite")
    assert saved.value.status == 200
    assert card(audition, member).sheet.comment == "Dans le second, suite"


@pytest.fixture
def listed(promotion: Promotion) -> Application:
    application = shortlisted(promotion, person("Alice", "Aubert"))
    ranking(application, [published_project(promotion, title) for title in ("Aigle", "Balise", "Cigale")])
    return application


def unfold(page: Page, title: str) -> None:
    page.locator(".wish", has_text=title).get_by_text("Dire ce qui vous attire").click()


def test_two_tabs_on_one_wish_see_both_texts_and_choose(listed: Application, window: Open) -> None:
    first, second = window(listed.candidate), window(listed.candidate)
    second.meant = {409}
    here = reverse("ranking:ranking_edit", args=[listed.code])
    one, two = first.go(here), second.go(here)
    for page in (one, two):
        unfold(page, "Aigle")
    one.get_by_label("Ce qui vous attire").first.fill("Écrit dans le premier")
    bar(one, "Enregistré à")
    two.get_by_label("Ce qui vous attire").first.fill("Écrit dans le second")
    bar(two, "Un texte attend votre choix")
    expect(two.locator("[data-conflict]")).to_contain_text("Écrit dans le premier")
    assert second.faults() == []
    two.get_by_role("button", name="Garder le mien").click()
    bar(two, "Enregistré à")
    kept = Choice.objects.get(ranking__application=listed, project__title="Aigle")
    assert kept.reason == "Écrit dans le second"


def test_a_deed_on_the_list_that_does_not_go_through_is_said(listed: Application, window: Open) -> None:
    shown = window(listed.candidate)
    page = shown.go(reverse("ranking:ranking_edit", args=[listed.code]))
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("Monter «.Balise.»")).click()
    bar(page, "cette action n’est pas faite")
    shown.complaints.clear()
    page.context.set_offline(False)
    Session.objects.all().delete()
    page.get_by_role("button", name=re.compile("Monter «.Balise.»")).click()
    bar(page, "Votre session est terminée")
    expect(page.locator(".wish__title").first).to_have_text(re.compile("Aigle"))
    shown.complaints.clear()
