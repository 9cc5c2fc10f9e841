"""A dossier written in a real browser: each answer saves itself, two tabs never overwrite each other."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from eig.accounts.models import User
from eig.promotions.models import Promotion
from projects.models import Project
from tests.browser.conftest import Open
from tests.factories import projects as make
from tests.people import person

MISSION = "Mission de l’organisation"


@pytest.fixture
def badis(promotion: Promotion) -> User:
    return person("Badis", "Benali")


@pytest.fixture
def draft(promotion: Promotion, badis: User) -> Project:
    return make.draft(promotion, lead=badis, complete=False)


def path(project: Project, section: str = "context") -> str:
    return reverse("projects:project_edit", args=[project.code, section])


def bar(page: Page, said: str) -> None:
    expect(page.locator("#etat-saisie")).to_contain_text(said)


def test_what_is_typed_saves_itself_and_is_there_after_a_reload(draft: Project, badis: User, window: Open):
    shown = window(badis)
    page = shown.go(path(draft))
    field = page.get_by_label(MISSION)
    field.press_sequentially("Servir le littoral")
    expect(field.locator("xpath=ancestor::div[@data-save]")).to_contain_text("18 / ")
    bar(page, "Enregistré à")
    page.reload()
    expect(page.get_by_label(MISSION)).to_have_value("Servir le littoral")
    assert shown.faults() == []


def test_two_tabs_see_both_texts_and_choose(draft: Project, badis: User, window: Open):
    first, second = window(badis), window(badis)
    second.meant = {409}
    one, two = first.go(path(draft)), second.go(path(draft))
    one.get_by_label(MISSION).fill("Le premier texte")
    bar(one, "Enregistré à")
    two.get_by_label(MISSION).fill("Le second texte")
    bar(two, "Un texte attend votre choix")
    panel = two.locator("[data-conflict]")
    expect(panel).to_contain_text("Le premier texte")
    expect(panel).to_contain_text("Le second texte")
    assert second.faults() == []
    # Typing goes on in the field; nothing leaves by itself meanwhile.
    two.get_by_label(MISSION).fill("Les deux textes réunis")
    two.wait_for_timeout(1500)
    draft.refresh_from_db()
    assert draft.answers["mission"] == "Le premier texte"
    two.get_by_role("button", name="Garder le mien").click()
    bar(two, "Enregistré à")
    expect(panel).to_have_count(0)
    draft.refresh_from_db()
    assert draft.answers["mission"] == "Les deux textes réunis"
    first.meant = {409}
    one.get_by_label(MISSION).fill("Encore le premier")
    bar(one, "Un texte attend votre choix")
    one.get_by_role("button", name="Prendre l’autre").click()
    expect(one.get_by_label(MISSION)).to_have_value("Les deux textes réunis")


def test_offline_keeps_the_text_on_the_page_then_saves_it(draft: Project, badis: User, window: Open):
    shown = window(badis)
    page = shown.go(path(draft))
    page.context.set_offline(True)
    page.get_by_label(MISSION).fill("Écrit dans un tunnel")
    bar(page, "Hors connexion : vos textes sont gardés sur cette page")
    shown.complaints.clear()
    page.context.set_offline(False)
    bar(page, "Enregistré à")
    draft.refresh_from_db()
    assert draft.answers["mission"] == "Écrit dans un tunnel"
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "tunnel" not in kept


def test_a_session_that_ends_loses_no_text(draft: Project, badis: User, window: Open):
    shown = window(badis)
    page = shown.go(path(draft))
    mine = {cookie["name"]: cookie for cookie in page.context.cookies()}
    Session.objects.all().delete()
    page.get_by_label(MISSION).fill("Tapé trop tard")
    bar(page, "Votre session est terminée")
    link = page.get_by_role("link", name="Se reconnecter")
    assert link.get_attribute("target") == "_blank"
    again = window(badis)
    name = next(name for name in mine if name.endswith("sid"))
    key = next(cookie["value"] for cookie in again.context.cookies() if cookie["name"] == name)
    page.context.add_cookies([{"name": name, "value": key, "url": shown.home}])
    page.get_by_role("button", name="Réessayer").click()
    bar(page, "Enregistré à")
    draft.refresh_from_db()
    assert draft.answers["mission"] == "Tapé trop tard"


def test_coming_back_twice_in_one_gesture_still_says_what_is_saved(draft: Project, badis: User, window: Open):
    shown = window(badis)
    page = shown.go(path(draft))
    asked = []

    def slower_each_time(route: Route) -> None:
        if route.request.resource_type == "fetch":
            asked.append(route.request.url)
            time.sleep(2 * (len(asked) - 1))
        route.continue_()

    kept = {cookie["name"]: cookie for cookie in page.context.cookies()}
    mine = next(cookie for name, cookie in kept.items() if name.endswith("sid"))
    page.context.clear_cookies(name=mine["name"])
    page.get_by_label(MISSION).fill("Tapé pendant l’absence")
    bar(page, "Votre session est terminée")
    page.context.add_cookies([mine])
    page.route("**" + path(draft), slower_each_time)
    page.evaluate(
        """() => {
            window.dispatchEvent(new Event("focus"));
            document.querySelector("[data-retry]").click();
        }"""
    )
    bar(page, "Enregistré à")
    page.wait_for_timeout(3000)
    bar(page, "Enregistré à")
    assert len(asked) == 1
    draft.refresh_from_db()
    assert draft.answers["mission"] == "Tapé pendant l’absence"


def test_rows_come_and_go_without_leaving_the_page(draft: Project, badis: User, window: Open):
    shown = window(badis)
    page = shown.go(path(draft, "team"))
    page.get_by_role("button", name="Ajouter une ligne Équipe projet").click()
    second = page.get_by_role("group", name="Agent 2", exact=True)
    expect(second.get_by_label("Fonction")).to_be_focused()
    second.get_by_label("Fonction").fill("Hydrographe")
    bar(page, "Enregistré à")
    page.get_by_role("group", name="Agent 1", exact=True).get_by_role("button", name="Retirer").click()
    expect(page.get_by_role("group", name="Agent 2", exact=True)).to_have_count(0)
    expect(page.get_by_role("group", name="Agent 1", exact=True).get_by_label("Fonction")).to_have_value(
        "Hydrographe"
    )
