"""The room on the day, on a tablet and on a phone: who is here, the clock, one's card, another time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from eig.accounts.models import User
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Panel
from tests.browser.conftest import Open
from tests.browser.site import shown_text
from tests.browser.watching import NARROW, WIDE, Window
from tests.factories.interviews import card, juror, panel, placed
from tests.factories.ranking import published_project, shortlisted
from tests.people import person


@pytest.fixture
def staff(promotion: Promotion) -> User:
    return person("Diane", "Delmas", staff=True)


@pytest.fixture
def claire(promotion: Promotion) -> User:
    return person("Claire", "Colin", second_factor=True)


@pytest.fixture
def table(promotion: Promotion, staff: User, claire: User) -> Panel:
    """Claire keeps the time; the jury has just begun."""
    members = [juror(promotion, staff, claire), juror(promotion, staff)]
    starts = timezone.localtime().replace(second=0, microsecond=0) - timedelta(minutes=2)
    return panel(promotion, staff, members, starts=starts, hours=3)


@pytest.fixture
def auditions(promotion: Promotion, staff: User, table: Panel) -> list[Audition]:
    project = published_project(promotion, "Lire les cartes")
    people = [person("Alice", "Aubert"), person("Badis", "Belkacem")]
    return [placed(shortlisted(promotion, each), project, staff, table, told=True) for each in people]


@pytest.fixture
def room(table: Panel, auditions: list[Audition], claire: User, window: Open) -> Window:
    shown = window(claire)
    shown.go(reverse("interviews:room_show", args=[table.code]))
    return shown


def press(page: Page, name: str) -> None:
    """As a keyboard does."""
    page.get_by_role("button", name=name).press("Enter")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "375"])
def test_an_audition_from_the_door_to_the_end(
    room: Window, auditions: list[Audition], size: ViewportSize
) -> None:
    page, (alice, _) = room.page, auditions
    page.set_viewport_size(size)
    press(page, "Présent·e Alice Aubert")
    expect(page.locator(".room-line", has_text="Alice Aubert")).to_contain_text("Présent·e")
    press(page, "Commencer Alice Aubert")
    expect(page.get_by_role("heading", name="En cours : Alice Aubert")).to_be_visible()
    clock = page.locator("[data-timer-clock]")
    expect(clock).to_be_visible()
    before = clock.text_content()
    # The clock runs without asking the server.
    expect(clock).not_to_have_text(before or "")
    expect(page.locator("[data-timer-step]")).not_to_be_empty()
    assert room.faults() == []
    page.set_viewport_size(size)
    # Nobody else begins meanwhile.
    expect(page.get_by_role("button", name="Commencer Badis Belkacem")).to_have_count(0)
    press(page, "Terminer l’audition")
    expect(page.locator(".room-line", has_text="Alice Aubert")).to_contain_text("Entendu·e")
    alice.refresh_from_db()
    assert alice.status == AuditionStatus.HEARD


def test_what_another_juror_notes_shows_by_itself(
    room: Window, auditions: list[Audition], table: Panel, window: Open
) -> None:
    """A second tablet in the same room: the list follows within twenty seconds, here asked at once."""
    other = window(table.seats.exclude(is_referent=True).get().juror.person)
    other.go(reverse("interviews:room_show", args=[table.code]))
    press(room.page, "En retard Badis Belkacem")
    expect(room.page.locator(".room-line", has_text="Badis")).to_contain_text("En retard")
    other.page.evaluate("htmx.ajax('GET', location.pathname, '#salle')")
    expect(other.page.locator(".room-line", has_text="Badis")).to_contain_text("En retard")


def test_ones_card_saves_itself_beside_the_dossier(
    room: Window, auditions: list[Audition], claire: User
) -> None:
    page, (alice, _) = room.page, auditions
    page.get_by_role("link", name="Ma fiche et le dossier Alice Aubert").click()
    expect(page.get_by_role("heading", name="Alice Aubert", level=1)).to_be_visible()
    page.get_by_role("radio", name="4").first.press("Space")
    expect(shown_text(page, "Enregistré à")).to_be_visible()
    member = claire.juries.get()
    assert card(alice, member).sheet.marks.count() == 1
    assert room.faults() == []


def test_a_late_person_gets_another_time_in_two_clicks(room: Window, auditions: list[Audition]) -> None:
    page, (_, badis) = room.page, auditions
    before = badis.during
    page.get_by_role("link", name="Reprogrammer Badis Belkacem").click()
    assert room.faults() == []
    page.locator(".room-slots button").last.click()
    expect(page.locator(".eig-messages")).to_be_visible()
    badis.refresh_from_db()
    assert badis.during.lower > before.lower
    assert badis.sequence == 1
