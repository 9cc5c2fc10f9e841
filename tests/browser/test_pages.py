"""Every page of the site, as someone who may open it, wide and narrow, light and dark.

None has a violation for axe, scrolls sideways, complains in the console, nor asks anybody else.
"""

from collections.abc import Iterable, Iterator
from itertools import cycle, groupby

import pytest
from pytest_django import Settings

from eig.accounts.models import User
from tests.browser.conftest import Open
from tests.browser.states import more_pages
from tests.browser.watching import LOOKS
from tests.repository.doors import OPEN, Door
from tests.repository.visiting import DOORS, Visits
from tests.repository.world import World

# Files and fragments, which are no pages.
NO_PAGES = (
    "_download",
    "hearing_calendar",
    "jury_calendar",
    "_picture",
    "_txt",
    "health",
    "staff_brochure_progress",
    "timetable_check",
    "administration_search",
    "mfa_login_webauthn",
)
ACTORS = ("anonymous", "owner", "reader", "staff")
MEANT = {"not_found": 404}


def doors_of(actor: str) -> list[Door]:
    """Each page once, as the first of these actors who may open it."""
    return [
        door
        for door in DOORS.values()
        if door.verb == "GET"
        and not door.name.endswith(NO_PAGES)
        and next((who for who in ACTORS if door.answers[who] == OPEN), None) == actor
    ]


def pages_of(world: World, actor: str) -> Iterator[tuple[str, User | None, str]]:
    """What to look at: the charter's doors, then other states of the same pages."""
    visits = Visits(world)
    for door in doors_of(actor):
        yield door.name, visits.person(door, actor), visits.url(door)
    yield from more_pages(world, actor)


def person(page: tuple[str, User | None, str]) -> int:
    return page[1].pk if page[1] else 0


def faults_of(pages: Iterable[tuple[str, User | None, str]], window: Open) -> list[str]:
    """Whoever sits there, it begins a page with the look it ended the one before with."""
    found, shown, looks = [], window(), cycle((LOOKS, LOOKS[::-1]))
    for who, theirs in groupby(sorted(pages, key=person), key=lambda page: page[1]):
        shown.become(who)
        for name, _, url in theirs:
            shown.meant = {MEANT[name]} if name in MEANT else set()
            shown.go(url)
            if shown.page.url != f"{shown.home}{url}":
                found.append(f"{name}: leads to {shown.page.url}")
            found += [f"{name} ({url}): {fault}" for fault in shown.faults_in(next(looks))]
    return found


# Each actor's pages in hands of about as many, which different processes may look at.
HAND = 20
HANDS = [
    (actor, hand, hands)
    for actor in ACTORS
    for hands in [len(doors_of(actor)) // HAND + 1]
    for hand in range(hands)
]


@pytest.mark.parametrize(("actor", "hand", "hands"), HANDS)
def test_no_page_has_a_fault(world: World, window: Open, actor: str, hand: int, hands: int) -> None:
    pages = sorted(pages_of(world, actor), key=person)
    found = faults_of(pages[len(pages) * hand // hands : len(pages) * (hand + 1) // hands], window)
    assert found == [], "\n".join(["", *found])


def test_no_page_of_the_demonstration_has_a_fault(world: World, window: Open, settings: Settings) -> None:
    settings.DEMO = True
    found = faults_of(more_pages(world, "demonstration"), window)
    assert found == [], "\n".join(["", *found])
