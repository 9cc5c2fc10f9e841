"""What opens on a page: the menu of a phone, the themes, submenus, accordions, a filter, a password shown."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.walking import Keyboard
from tests.browser.watching import NARROW, violations
from tests.people import PASSWORD
from tests.repository.world import World


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(world: World, window: Open) -> None:
    shown = window(world.diane)
    shown.page.set_viewport_size(NARROW)
    page, keyboard = shown.go("/"), Keyboard(shown.page)
    menu = page.get_by_role("dialog")
    button = page.get_by_role("button", name="Menu", exact=True)
    # The quick access to a folded menu leads to what unfolds it.
    keyboard.go_to("Menu")
    keyboard.press("Enter")
    expect(button).to_be_focused()
    keyboard.press("Enter")
    expect(menu.get_by_role("navigation").get_by_role("link", name="Mon espace")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]
    keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(menu).to_have_count(0)


def theme_of(page: Page) -> str:
    return str(page.evaluate("document.documentElement.dataset.frTheme"))


def test_the_chosen_theme_is_kept(world: World, window: Open) -> None:
    shown = window()
    page = shown.go("/")
    assert theme_of(page) == "light"
    page.get_by_role("button", name="Paramètres d’affichage").first.click()
    dialog = page.get_by_role("dialog", name="Paramètres d’affichage")
    dialog.get_by_label("Thème sombre").check(force=True)
    assert theme_of(page) == "dark"
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.reload()
    assert theme_of(page) == "dark"
    assert violations(page) == []


def test_what_opens_has_no_fault(world: World, window: Open) -> None:
    here = world.here.code
    shown = window()
    page = shown.go(reverse("projects:project_call", args=[here]))
    for title in page.locator("main .fr-accordion__btn").all():
        title.click()
        expect(title).to_have_attribute("aria-expanded", "true")
    assert shown.faults() == []
    page = shown.go(reverse("account_signup"))
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_text("Afficher", exact=True).click()
    expect(page.locator("#id_password1")).to_have_attribute("type", "text")
    assert shown.faults() == []


def test_each_submenu_opens_by_keyboard(world: World, window: Open) -> None:
    shown = window(world.diane)
    page, keyboard = shown.go(reverse("journey:dashboard")), Keyboard(shown.page)
    titles = page.locator("#navigation .fr-nav__btn")
    for title in titles.all():
        keyboard.go_to(" ".join(title.inner_text().split()))
        keyboard.press("Enter")
        expect(title).to_have_attribute("aria-expanded", "true")
        assert violations(page) == []


def test_a_wide_table_is_reached_and_scrolled_by_keyboard(world: World, window: Open) -> None:
    shown = window(world.diane)
    shown.page.set_viewport_size(NARROW)
    page = shown.go(reverse("candidates:staff_standing_list", args=[world.here.code]))
    region = page.locator(".fr-table__container[role=region]").first
    assert region.evaluate("it => it.scrollWidth > it.clientWidth")
    expect(region).to_have_attribute("tabindex", "0")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert region.evaluate("it => it.scrollLeft") > 0
