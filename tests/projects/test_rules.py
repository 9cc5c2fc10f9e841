"""Paper and pencil: slugs, seats, words."""

from hypothesis import given
from hypothesis import strategies as st

from projects.choices import Status
from projects.models import Project
from projects.rules import NEXT, NOW, free_slug, paragraphs, seats_refusal, slug_of, tidy_themes


def test_a_slug_has_no_accent_and_no_apostrophe():
    assert slug_of("L’Œil du préfet : côté cœur !") == "l-oeil-du-prefet-cote-coeur"
    assert slug_of("« ??? »") == "defi"


def test_two_pages_of_the_same_title_have_two_addresses():
    assert free_slug("Rivage", set()) == "rivage"
    assert free_slug("Rivage", {"rivage", "rivage-2"}) == "rivage-3"


@given(st.text(max_size=200))
def test_any_title_gives_an_address(title):
    slug = slug_of(title)
    assert slug
    assert slug == slug_of(slug)
    assert len(slug) <= 100


def test_a_team_has_two_or_three_people():
    assert seats_refusal([1, 1], team_min=2, team_max=3) is None
    assert seats_refusal([2, 1], team_min=2, team_max=3) is None
    assert "1 place" in seats_refusal([1], team_min=2, team_max=3)
    assert "4 places" in seats_refusal([2, 2], team_min=2, team_max=3)


def test_paragraphs_are_cut_at_blank_lines():
    assert paragraphs("Un\ndeux.\r\n\r\n \r\nTrois.") == ["Un deux.", "Trois."]
    assert paragraphs("  ") == []


def test_themes_are_said_once_and_capitalised():
    assert tidy_themes(["santé", " Santé ", "", "mer"]) == ["Santé", "Mer"]


def test_every_state_says_where_it_is_and_what_comes_next():
    assert set(NOW) == set(NEXT) == set(Status.values) == set(Project.LIFECYCLE)
