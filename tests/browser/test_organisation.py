"""An organisation found as its name is typed: with the keyboard alone, and by hand when nothing is found."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from eig.promotions.models import Promotion
from tests.browser.conftest import Open
from tests.factories import projects as make
from tests.people import person


def test_an_organisation_is_chosen_with_the_keyboard(promotion: Promotion, window: Open) -> None:
    make.published(promotion, operator={"name": "Office du littoral", "siret": make.SIRETS[0]})
    badis = person("Badis", "Benali")
    project = make.draft(promotion, lead=badis, complete=False)
    shown = window(badis)
    page = shown.go(reverse("projects:project_edit", args=[project.code, "administration"]))
    name, siret = page.locator("[name=operator__name]"), page.locator("[name=operator__siret]")
    name.press_sequentially("littoral")
    expect(page.get_by_role("status").filter(has_text="1 organisation trouvée")).to_have_count(1)
    expect(name).to_have_attribute("aria-expanded", "true")
    name.press("ArrowDown")
    option = page.get_by_role("option", selected=True)
    expect(option).to_contain_text(make.SIRETS[0])
    assert name.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert shown.faults() == []
    name.press("Escape")
    expect(name).to_have_value("littoral")
    expect(name).to_have_attribute("aria-expanded", "false")
    name.press_sequentially(" ")
    expect(page.get_by_role("option")).to_have_count(1)
    name.press("ArrowDown")
    # What was chosen is saved like what is typed, perhaps after what was typed just before.
    with page.expect_response(lambda answer: make.SIRETS[0] in (answer.request.post_data or "")):
        name.press("Enter")
    expect(name).to_have_value("Office du littoral")
    expect(siret).to_have_value(make.SIRETS[0])
    project.refresh_from_db()
    assert project.answers["operator"] == {"name": "Office du littoral", "siret": make.SIRETS[0]}


def test_what_no_register_knows_is_typed_by_hand(promotion: Promotion, window: Open) -> None:
    badis = person("Badis", "Benali")
    project = make.draft(promotion, lead=badis, complete=False)
    page = window(badis).go(reverse("projects:project_edit", args=[project.code, "administration"]))
    page.locator("[name=operator__name]").press_sequentially("Agence que personne ne connaît")
    expect(page.get_by_text("saisissez le nom et le SIRET").first).to_be_visible()
    page.locator("[name=operator__siret]").fill(make.SIRETS[1])
    page.locator("[name=operator__siret]").press("Tab")
    expect(page.locator("#etat-saisie")).to_contain_text("Enregistré à")
    project.refresh_from_db()
    assert project.answers["operator"]["name"] == "Agence que personne ne connaît"


def test_what_is_known_is_not_typed_again(promotion: Promotion, window: Open) -> None:
    """« C’est moi », « Identique à… »; boxes side by side stand on one line, at the first focus too."""
    badis = person("Badis", "Benali")
    project = make.draft(promotion, lead=badis, complete=False)
    shown = window(badis)
    page = shown.go(reverse("projects:project_edit", args=[project.code, "administration"]))
    name, siret = page.locator("[name=operator__name]"), page.locator("[name=operator__siret]")
    place = name.bounding_box()
    assert place["y"] == siret.bounding_box()["y"]
    name.focus()
    assert name.bounding_box() == place
    name.fill("Office du littoral")
    siret.fill(make.SIRETS[0])
    button = page.get_by_role("button", name=re.compile("^Identique à")).first
    button.click()
    same = button.locator("xpath=ancestor::fieldset").locator("input[name$=__siret]")
    expect(same).to_have_value(make.SIRETS[0])
    page = shown.go(reverse("projects:project_edit", args=[project.code, "contacts"]))
    mine = page.get_by_role("button", name="C’est moi").first
    mine.click()
    row = mine.locator("xpath=ancestor::fieldset")
    expect(row.locator("input[name$=__last_name]")).to_have_value("Benali")
    expect(row.locator("input[name$=__email]")).to_have_value(badis.email)
    expect(page.locator("#etat-saisie")).to_contain_text("Enregistré à")
    assert shown.faults() == []
