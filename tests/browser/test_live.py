"""What changes while a page is open: heard in one voice, without taking the focus; a session that ends."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from eig.accounts.models import User
from eig.exports.models import Export
from eig.promotions.models import Promotion
from matching.interviews.models import Audition
from tests.browser.conftest import Open
from tests.browser.watching import Window
from tests.factories.interviews import juror, panel, placed
from tests.factories.ranking import published_project, shortlisted
from tests.people import person


@pytest.fixture
def diane(promotion: Promotion) -> User:
    return person("Diane", "Delmas", staff=True, second_factor=True)


@pytest.fixture
def export(promotion: Promotion, diane: User) -> Export:
    return Export.objects.create(
        promotion=promotion,
        kind="candidatures",
        title="Candidatures",
        format="csv",
        asked_by=diane,
        asked_at=timezone.now(),
    )


@pytest.fixture
def waiting(promotion: Promotion, diane: User, export: Export, window: Open) -> Window:
    shown = window(diane)
    shown.go(reverse("exports:export_list", args=[promotion.code]))
    return shown


def voice(page: Page) -> Locator:
    return page.get_by_role("status", name="Annonces")


def next_answer(page: Page, part: str) -> None:
    """The part asks for itself again, as its clock does."""
    with page.expect_response(lambda answer: answer.request.headers.get("hx-target") == part):
        pass
    page.wait_for_timeout(100)


def focused(page: Page) -> str:
    said = page.evaluate("document.activeElement.innerText || document.activeElement.tagName")
    return " ".join(said.split())


def test_a_part_that_refreshes_itself_keeps_the_focus_and_says_the_end(
    waiting: Window, export: Export
) -> None:
    page = waiting.page
    page.get_by_role("button", name="Annuler").focus()
    page.evaluate("document.querySelector('#exports td').marked = true")
    next_answer(page, "exports")
    # Nothing is new: nothing is drawn again under whoever reads.
    assert page.evaluate("document.querySelector('#exports td').marked")
    Export.objects.filter(pk=export.pk).update(rows_total=90, rows_done=30)
    next_answer(page, "exports")
    expect(page.locator("#exports")).to_contain_text("30")
    assert focused(page) == "Annuler Candidatures"
    expect(voice(page)).to_be_empty()
    Export.objects.filter(pk=export.pk).update(status="failed")
    next_answer(page, "exports")
    expect(voice(page)).to_have_text("Candidatures : en échec.")
    # The button is gone; the focus is where it was.
    assert page.evaluate("document.activeElement.id") == "exports"
    assert waiting.faults() == []


@pytest.fixture
def auditions(promotion: Promotion, diane: User) -> list[Audition]:
    members = [juror(promotion, diane, diane), juror(promotion, diane)]
    starts = timezone.localtime().replace(second=0, microsecond=0) - timedelta(minutes=2)
    table = panel(promotion, diane, members, starts=starts, hours=3)
    project = published_project(promotion, "Lire les cartes")
    people = [person("Alice", "Aubert"), person("Badis", "Belkacem")]
    return [placed(shortlisted(promotion, each), project, diane, table, told=True) for each in people]


def test_what_a_colleague_notes_in_the_room_is_heard_once(
    auditions: list[Audition], diane: User, window: Open
) -> None:
    path = reverse("interviews:room_show", args=[auditions[0].slot.panel.code])
    page, other = window(diane).go(path), window(diane).go(path)
    link = page.get_by_role("link", name=re.compile("Reprogrammer Badis"))
    link.focus()
    other.get_by_role("button", name="En retard Badis Belkacem").click()
    expect(other.locator(".room-line", has_text="Badis")).to_contain_text("En retard")
    ask = "htmx.ajax('GET', location.pathname, {source: '#salle', target: '#salle', swap: 'outerHTML'})"
    page.evaluate(ask)
    expect(voice(page)).to_have_text("Badis Belkacem : En retard.")
    expect(link).to_be_focused()
    page.evaluate("document.querySelector('[data-voice]').textContent = ''")
    page.evaluate(ask)
    page.wait_for_timeout(400)
    expect(voice(page)).to_be_empty()


def test_one_button_puts_off_the_end_of_a_session(promotion: Promotion, diane: User, window: Open) -> None:
    shown = window(diane)
    page = shown.page
    page.clock.install()
    shown.go(reverse("journey:dashboard"))
    region = page.get_by_role("alert", name="Session")
    page.clock.fast_forward("03:40:00")
    expect(region).to_be_empty()
    page.clock.fast_forward("00:12:00")
    expect(region).to_contain_text("se termine dans moins de dix minutes")
    page.get_by_role("button", name="Rester connecté·e").click()
    expect(region).to_be_empty()
    assert page.evaluate("document.activeElement.id") == "contenu"
    page.clock.fast_forward("03:40:00")
    expect(region).to_be_empty()
