"""The week board, by the programme team: an audition is dragged to a free slot; the link does it without."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from eig.accounts.models import User
from eig.french import dates
from eig.promotions.models import Promotion
from matching.interviews.models import Audition
from tests.browser.conftest import Open
from tests.browser.watching import Window
from tests.factories.interviews import juror, morning, panel, placed
from tests.factories.ranking import published_project, shortlisted
from tests.people import person


@pytest.fixture
def staff(promotion: Promotion) -> User:
    return person("Diane", "Delmas", staff=True)


@pytest.fixture
def auditions(promotion: Promotion, staff: User) -> list[Audition]:
    """Two rooms the same morning; Alice and Badis are heard one after the other in the first."""
    project = published_project(promotion, "Lire les cartes")
    rooms = [
        panel(
            promotion, staff, [juror(promotion, staff), juror(promotion, staff)], room=room, starts=morning(9)
        )
        for room in ("Salle 1", "Salle 2")
    ]
    people = [person("Alice", "Aubert"), person("Badis", "Belkacem")]
    return [
        placed(shortlisted(promotion, each), project, staff, rooms[0], rank=rank)
        for rank, each in zip((0, 0), people, strict=True)
    ]


@pytest.fixture
def board(promotion: Promotion, staff: User, auditions: list[Audition], window: Open) -> Window:
    shown = window(staff)
    shown.go(reverse("interviews:timetable_show", args=[promotion.code]))
    return shown


def cell(page: Page, hour: str, room: int) -> str:
    return f".board__table tbody tr:has(th:text-is('{hour}')) td >> nth={room}"


def carry(page: Page, words: str | re.Pattern[str], *, onto: str) -> None:
    """Take an audition and hold it above a cell: a drag begins with the first moves, not with the press."""
    page.locator(".board__audition", has_text=words).hover()
    page.mouse.down()
    target = page.locator(onto).bounding_box()
    assert target is not None
    page.mouse.move(target["x"] + 20, target["y"] + 10, steps=8)


def test_an_audition_is_dragged_to_a_free_slot(board: Window, auditions: list[Audition]) -> None:
    page, (alice, _) = board.page, auditions
    carry(page, "Alice Aubert", onto=cell(page, "10 h 30", 1))
    expect(page.locator(".board__cell--possible").first).to_be_visible()
    page.locator(cell(page, "10 h 30", 1)).hover()
    page.mouse.up()
    expect(page.locator(".eig-messages")).to_contain_text("Alice Aubert")
    expect(page.locator(cell(page, "10 h 30", 1))).to_contain_text("Alice Aubert")
    alice.refresh_from_db()
    assert dates.hour(alice.during.lower) == "10\u00a0h\u00a030"
    assert alice.slot.panel.room == "Salle 2"
    assert board.faults() == []


def test_a_slot_where_the_person_is_busy_takes_nothing(
    board: Window, auditions: list[Audition], promotion: Promotion, staff: User
) -> None:
    page, (alice, badis) = board.page, auditions
    before = badis.slot_id
    # Badis is heard for another project too, at ten, in the second room.
    other = placed(
        badis.application,
        published_project(promotion, "Compter les oiseaux"),
        staff,
        alice.slot.panel,
        rank=0,
    )
    page.reload()
    busy = dates.hour(other.during.lower).replace("\u00a0", " ")
    carry(page, re.compile("Badis.*Lire les cartes", re.DOTALL), onto=cell(page, busy, 1))
    expect(page.locator(".board__cell--impossible").first).to_be_visible()
    # A second move over the same cell: the browser tells the page of the one before.
    for step in (8, 16):
        page.locator(cell(page, busy, 1)).hover(position={"x": step, "y": step})
    # In words and with a sign, for whoever does not tell green from orange.
    expect(page.locator("#tableau-dit")).to_contain_text("✕")
    mark = "it => getComputedStyle(it, '::after').content"
    assert page.locator(".board__cell--impossible").first.evaluate(mark) == '"✕"'
    page.mouse.up()
    expect(page.locator(".eig-messages")).to_have_count(0)
    badis.refresh_from_db()
    assert badis.slot_id == before
    assert badis.during.upper - badis.during.lower == timedelta(minutes=30)


def test_the_keyboard_does_the_same_from_the_list_of_slots(board: Window, auditions: list[Audition]) -> None:
    page, (alice, _) = board.page, auditions
    page.get_by_role("link", name="Alice Aubert").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("button", name="Salle 2").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".eig-messages")).to_contain_text("placée")
    alice.refresh_from_db()
    assert alice.slot.panel.room == "Salle 2"
    assert board.faults() == []


def test_an_audition_dropped_on_another_exchanges_their_times(
    board: Window, auditions: list[Audition]
) -> None:
    page, (alice, badis) = board.page, auditions
    before = (alice.slot_id, badis.slot_id)
    there = dates.hour(badis.during.lower).replace("\u00a0", " ")
    carry(page, "Alice Aubert", onto=cell(page, there, 0))
    expect(page.locator("td:has([data-name='Badis Belkacem']).board__cell--possible")).to_be_visible()
    # A second move over the same cell: the browser tells the page of the one before.
    for step in (8, 16):
        page.locator(cell(page, there, 0)).hover(position={"x": step, "y": step})
    expect(page.locator("#tableau-dit")).to_have_text("✓ échanger avec Badis Belkacem")
    page.mouse.up()
    expect(page.locator(".eig-messages")).to_contain_text("ont échangé leurs horaires")
    expect(page.locator(cell(page, there, 0))).to_contain_text("Alice Aubert")
    alice.refresh_from_db()
    badis.refresh_from_db()
    assert (badis.slot_id, alice.slot_id) == before
    assert board.faults() == []


def test_the_list_exchanges_too(board: Window, auditions: list[Audition]) -> None:
    page, (alice, badis) = board.page, auditions
    before = (alice.slot_id, badis.slot_id)
    page.get_by_role("link", name="Alice Aubert").click()
    page.get_by_role("link", name="Échanger plutôt avec une autre personne").click()
    assert board.faults() == []
    page.get_by_role("button", name="Échanger avec Badis Belkacem").press("Enter")
    expect(page.locator(".eig-messages")).to_contain_text("ont échangé leurs horaires")
    alice.refresh_from_db()
    badis.refresh_from_db()
    assert (badis.slot_id, alice.slot_id) == before
