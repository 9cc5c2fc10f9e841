"""Every URL × every actor: who may open what, and what nobody may do by looking."""

import pytest

from tests.repository.doors import ACTORS, ELSEWHERE, HIDDEN, LOGIN, OPEN
from tests.repository.visiting import DOORS, Visit, Visits, url_names


def answer(visit: Visit) -> str:
    """What a visit met, in the words of the tables."""
    if visit.leads_to_login:
        return LOGIN
    words = {200: OPEN, 302: ELSEWHERE, 404: HIDDEN}
    return words.get(visit.status, str(visit.status))


def test_every_url_has_its_row_and_every_row_its_url() -> None:
    assert sorted(url_names()) == sorted(DOORS)


@pytest.mark.parametrize("name", DOORS)
def test_a_page_opens_to_whom_it_is_for(visits: Visits, name: str) -> None:
    door = DOORS[name]
    if door.verb == "POST":
        pytest.skip("a deed: asked below")
    found = {actor: answer(visits.visit(door, actor)) for actor in ACTORS}
    assert found == door.answers
