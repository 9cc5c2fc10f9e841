"""A list of the team in a real browser: deeds at hand, cards on a phone, no need of scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from eig.promotions.models import Promotion
from tests.browser.conftest import Open
from tests.browser.watching import NARROW, WIDE
from tests.factories.crowds import crowd_of_applications
from tests.people import person


def address(promotion: Promotion) -> str:
    return reverse("candidates:staff_application_list", args=[promotion.code])


def test_deeds_stay_at_hand_while_rows_are_ticked(window: Open, promotion: Promotion) -> None:
    """Faults m40: they were 2,600 pixels under the rows."""
    crowd_of_applications(promotion, 30, readings=False)
    diane = person("Diane", "Pilote", staff=True)
    page = window(diane).go(address(promotion))
    deeds, rows = page.locator("form[data-deeds]"), page.locator("input[name='code']")
    assert rows.count() == 25
    assert deeds.bounding_box()["y"] < rows.first.bounding_box()["y"]
    rows.nth(20).focus()
    page.keyboard.press("Space")
    expect(deeds.locator("[data-ticked]")).to_contain_text("1 ligne cochée")
    expect(deeds).to_be_in_viewport(ratio=1)
    page.get_by_label("Tout cocher sur cette page").focus()
    page.keyboard.press("Space")
    expect(deeds.locator("[data-ticked]")).to_contain_text("25 lignes cochées")
    assert page.locator("input[name='code']:checked").count() == 25
    deeds.get_by_label("Agir en nombre").select_option("write")
    deeds.get_by_role("button", name="pas seulement cette page").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("30 candidatures")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_a_list_is_worked_by_keyboard_with_or_without_scripts(
    window: Open, promotion: Promotion, scripts: bool
) -> None:
    crowd_of_applications(promotion, 3, readings=False)
    page = window(person("Diane", "Pilote", staff=True), scripts=scripts).go(address(promotion))
    box = page.locator("input[name='code']").nth(1)
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.get_by_role("button", name="Pour les lignes cochées").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 candidature")
    expect(page.get_by_role("heading", name="Ligne par ligne")).to_be_visible()
    page.go_back()
    page.get_by_label("Nom de la vue").fill("La mienne")
    page.get_by_role("button", name="Enregistrer la vue").click()
    expect(page.get_by_role("link", name="La mienne")).to_be_visible()


def test_a_row_is_a_card_on_a_narrow_screen(window: Open, promotion: Promotion) -> None:
    crowd_of_applications(promotion, 3, readings=False)
    tab = window(person("Diane", "Pilote", staff=True))
    page = tab.go(address(promotion))
    assert tab.faults() == []
    page.set_viewport_size(NARROW)
    table = page.locator(".eig-list table")
    row = table.locator("tbody tr").first
    assert row.bounding_box()["width"] <= NARROW["width"]
    assert table.evaluate("node => node.scrollWidth") <= NARROW["width"]
    assert row.locator("td").nth(2).evaluate("node => getComputedStyle(node, '::before').content") != "none"
    page.set_viewport_size(WIDE)
