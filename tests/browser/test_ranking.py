"""The page of wishes in a browser: drag by mouse or finger, buttons by keyboard, reasons kept as typed."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from candidates.models import Application
from eig.promotions.models import Promotion
from matching.ranking.models import Choice
from tests.browser.conftest import Open
from tests.browser.watching import NARROW, WIDE, Window
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import person

TITLES = ("Aigle", "Balise", "Cigale", "Dune")


@pytest.fixture
def listed(promotion: Promotion) -> Application:
    projects = [published_project(promotion, title) for title in TITLES]
    application = shortlisted(promotion, person("Alice", "Aubert"))
    ranking(application, projects)
    return application


@pytest.fixture
def shown(listed: Application, window: Open) -> Window:
    shown = window(listed.candidate)
    shown.go(reverse("ranking:ranking_edit", args=[listed.code]))
    return shown


def saved(application: Application) -> list[str]:
    rows = Choice.objects.filter(ranking__application=application).order_by("position")
    return list(rows.values_list("project__title", flat=True))


def titles(page: Page) -> Locator:
    return page.locator(".wish__title")


def handle(page: Page, title: str) -> Locator:
    return page.locator(".wish", has_text=title).locator("[data-handle]")


def in_order(page: Page, order: str) -> None:
    names = {title[0]: title for title in TITLES}
    expect(titles(page)).to_have_text([re.compile(names[letter]) for letter in order])


def drag(page: Page, title: str, *, onto: str, below: bool) -> None:
    grip = handle(page, title)
    grip.scroll_into_view_if_needed()
    start = grip.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    end = page.locator(".wish", has_text=onto).bounding_box()
    where = end["y"] + end["height"] * (0.9 if below else 0.1)
    page.mouse.move(start["x"] + 20, (start["y"] + where) / 2, steps=4)
    page.mouse.move(start["x"] + 20, where, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "375"])
def test_a_wish_is_dragged_and_the_order_is_saved(
    shown: Window, listed: Application, size: dict[str, int]
) -> None:
    page = shown.page
    page.set_viewport_size(size)
    drag(page, "Cigale", onto="Balise", below=False)
    expect(page.locator("#annonce-voeux")).to_have_text(re.compile("^«.Cigale.», 2e sur 4"))
    in_order(page, "ACBD")
    expect(page.locator("#voeux .wish--held")).to_have_count(0)
    page.reload()
    in_order(page, "ACBD")
    assert saved(listed) == ["Aigle", "Cigale", "Balise", "Dune"]
    assert shown.faults() == []


def test_a_finger_drags_without_scrolling_the_page(listed: Application, shown: Window) -> None:
    """What a touch screen sends: pointer events, and `touch-action: none` on the handle."""
    page = shown.page
    page.set_viewport_size(NARROW)
    grip = handle(page, "Balise")
    assert grip.evaluate("element => getComputedStyle(element).touchAction") == "none"
    touch = {"pointerType": "touch", "pointerId": 1, "isPrimary": True, "bubbles": True, "button": 0}
    above = page.locator(".wish", has_text="Aigle").bounding_box()
    grip.evaluate("element => { element.setPointerCapture = () => {} }")
    grip.dispatch_event("pointerdown", {**touch, "clientX": 40, "clientY": above["y"] + 300})
    grip.dispatch_event("pointermove", {**touch, "clientX": 40, "clientY": above["y"] + 2})
    in_order(page, "BACD")
    grip.dispatch_event("pointerup", {**touch, "clientX": 40, "clientY": above["y"] + 2})
    expect(page.locator("#annonce-voeux")).to_have_text(re.compile("^«.Balise.», 1er sur 4"))
    assert saved(listed) == ["Balise", "Aigle", "Cigale", "Dune"]


def test_the_keyboard_and_screen_readers_have_buttons_instead_of_the_handle(
    shown: Window, listed: Application
) -> None:
    """Arrows read the page for a screen reader: a handle that they would carry is none."""
    page = shown.page
    grip = handle(page, "Aigle")
    expect(grip).to_be_visible()
    assert grip.evaluate("it => it.tabIndex") == -1
    expect(grip).to_have_attribute("aria-hidden", "true")
    down = page.get_by_role("button", name=re.compile("Descendre «.Aigle.»"))
    down.press("Enter")
    expect(page.locator("#annonce-voeux")).to_have_text(re.compile("^«.Aigle.», 2e sur 4"))
    # Seen there, and heard in the voice of the page; the focus stays.
    expect(page.get_by_role("status", name="Annonces")).to_have_text(re.compile("^«.Aigle.», 2e sur 4"))
    expect(down).to_be_focused()
    in_order(page, "BACD")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)], ids=["1366", "1920"])
def test_a_list_is_certified_without_looking_for_the_button(shown: Window, size: tuple[int, int]) -> None:
    """A list longer than the screen used to hide it below all the projects."""
    page, (width, height) = shown.page, size
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("window.scrollTo(0, 300)")
    expect(page.get_by_role("link", name="Certifier ma liste")).to_be_in_viewport(ratio=1)


def test_a_number_places_a_wish(shown: Window, listed: Application) -> None:
    page = shown.page
    page.get_by_label(re.compile("Rang de «.Dune.»")).select_option("1")
    page.get_by_role("button", name=re.compile("Placer «.Dune.»")).click()
    in_order(page, "DABC")
    assert saved(listed) == ["Dune", "Aigle", "Balise", "Cigale"]


def test_a_reason_is_kept_while_typed_even_when_the_list_moves_at_once(
    shown: Window, listed: Application
) -> None:
    page = shown.page
    card = page.locator(".wish", has_text="Balise")
    card.get_by_text("Dire ce qui vous attire").click()
    words = card.get_by_label("Ce qui vous attire")
    words.fill("J’ai grandi au bord de la mer.")
    expect(page.locator("#etat-saisie")).to_have_text(re.compile("^Enregistré à"))
    words.fill("J’ai grandi au bord de la mer, et j’y reviens.")
    card.get_by_role("button", name=re.compile("Monter")).click()
    in_order(page, "BACD")
    kept = Choice.objects.get(ranking__application=listed, project__title="Balise")
    assert kept.reason == "J’ai grandi au bord de la mer, et j’y reviens."
    expect(page.locator(".wish", has_text="Balise").get_by_label("Ce qui vous attire")).to_be_visible()
    assert shown.faults() == []


def test_two_tabs_do_not_overwrite_each_other(shown: Window, listed: Application) -> None:
    page = shown.page
    other = shown.context.new_page()
    other.goto(page.url)
    page.get_by_role("button", name=re.compile("Monter «.Dune.»")).click()
    in_order(page, "ABDC")
    shown.meant = {409}
    other.get_by_role("button", name=re.compile("Monter «.Balise.»")).click()
    expect(other.get_by_text(re.compile("voici la liste enregistrée")).first).to_be_visible()
    in_order(other, "ABDC")


def test_projects_are_ticked_and_compared_side_by_side(shown: Window, listed: Application) -> None:
    page = shown.page
    for title in ("Aigle", "Dune"):
        page.locator(".offer", has_text=title).get_by_label(re.compile("Comparer")).check()
    page.get_by_role("button", name="Comparer les défis cochés").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Comparer 2 défis")
    expect(page.get_by_role("columnheader")).to_have_text(["Aigle", "Dune"])
    assert shown.faults() == []
    page.get_by_role("link", name="Revenir à mes vœux").click()
    star = page.locator(".offer", has_text="Dune").get_by_role("button", name=re.compile("Liste courte"))
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
