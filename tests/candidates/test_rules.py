"""Redaction, selection: with paper and pencil."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.choices import Status
from candidates.rules import Standing, kept, situation_of
from candidates.rules.redaction import Identity, names_in, redacted

# Two shared processors: slow is no failure.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

ALICE = ["Alice", "Aubert"]


def redact(text, names):
    return redacted(text, Identity(tuple(names))).text


@pytest.mark.parametrize(
    "text",
    [
        "Je m’appelle Alice Aubert.",
        "ALICE AUBERT",
        "alice",
        "d’Alice",
        "aubert alice",
        "alice_aubert et AliceAubert",
        "A\u0301lice n’est pas loin, Alicé non plus",
        "Écrivez à alice.aubert@exemple.example",
        "alice (at) exemple.fr",
        "https://alice-aubert.dev/portfolio?x=1",
        "www.exemple.org/alice",
        "github.com/alice",
        "@alice_a",
    ],
)
def test_nothing_of_the_name_is_left(text):
    hidden = redact(text, ALICE).lower()
    assert "alice" not in hidden.replace("é", "e").replace("\u0301", "")
    assert "aubert" not in hidden
    assert "masqu" in hidden


@pytest.mark.parametrize(
    "number",
    [
        "06 12 34 56 78",
        "+33 6 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "01\u00a023\u00a045\u00a067\u00a089",
    ],
)
def test_phone_numbers_are_hidden(number):
    assert number not in redact(f"Appelez le {number} le matin.", ALICE)


def test_ordinary_numbers_and_words_are_left():
    text = (
        "En 2019, 140 000 heures et 3,5 % d’erreurs ; l’école primaire, une étude à l’université, 12 agents."
    )
    assert redact(text, ALICE) == text


@pytest.mark.parametrize(
    "school",
    [
        "l’Université de Lyon 2",
        "l’INSA Lyon",
        "l’École nationale des ponts et chaussées",
        "Sciences Po",
        "HEC",
        "l’École Polytechnique",
        "l’université Paris 8",
        "l’Institut d’Optique",
        "OpenClassrooms",
    ],
)
def test_schools_are_hidden(school):
    hidden = redact(f"J’ai appris à {school}, puis sur le tas.", ALICE)
    assert "[école masquée]" in hidden
    assert hidden.endswith(", puis sur le tas.")


def test_a_name_that_is_a_common_word_is_hidden_only_where_it_is_a_name():
    assert (
        redact("Une page claire, un petit groupe.", ["Claire", "Petit"])
        == "Une page claire, un petit groupe."
    )
    assert redact("Par Claire Petit.", ["Claire", "Petit"]) == "Par [nom masqué]."


def test_compound_names_are_hidden_whole_and_in_parts():
    hidden = redact("Jean-Pierre de La Tour, jean pierre, LA TOUR, Jean", ["Jean-Pierre", "de La Tour"])
    for part in ("jean", "pierre", "tour"):
        assert part not in hidden.lower()


def test_short_particles_alone_hide_nothing():
    assert redact("Le travail de la ville", ["Léo", "de La Tour"]) == "Le travail de la ville"


def test_an_empty_name_hides_nothing():
    assert names_in("", "  ") == ()
    assert redact("Bonjour", ["", ""]) == "Bonjour"


@calm
@given(st.text(max_size=300), st.text(min_size=3, max_size=20, alphabet="abcdefghijklmnopqrstuvwxyzéèçà"))
def test_redaction_never_breaks_and_settles(text, name):
    once = redact(text, [name])
    assert redact(once, [name]) == once or "masqu" in once


@calm
@given(st.text(max_size=100), st.text(max_size=100))
def test_a_rare_name_never_survives(before, after):
    assert "zyxwvu" not in redact(f"{before} Zyxwvu {after}", ["Zyxwvu"]).lower()


def standing(application: int, score: int, *trades: str) -> Standing:
    return Standing(application, score, trades or ("dev",))


def test_the_best_of_each_trade_are_kept():
    rows = [standing(1, 50), standing(2, 40), standing(3, 30), standing(4, 10, "design")]
    assert kept(rows, tops={"dev": 2, "design": 1}) == {1, 2, 4}


def test_ties_at_the_cut_are_all_kept():
    rows = [standing(1, 50), standing(2, 40), standing(3, 40)]
    assert kept(rows, tops={"dev": 2}) == {1, 2, 3}


def test_two_trades_give_two_chances():
    rows = [standing(1, 50), standing(2, 40, "dev", "design"), standing(3, 30, "design")]
    assert kept(rows, tops={"dev": 1, "design": 1}) == {1, 2}


def test_a_threshold_keeps_all_from_it_and_binds_the_best_too():
    rows = [standing(1, 50), standing(2, 40), standing(3, 39)]
    assert kept(rows, least_score=40) == {1, 2}
    assert kept(rows, tops={"dev": 3}, least_score=40) == {1, 2}
    assert kept(rows) == set()


@calm
@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=15), st.integers(0, 10), st.randoms())
def test_the_order_of_the_list_does_not_matter(marks, count, random):
    rows = [standing(rank, score, "dev" if dev else "design") for rank, (score, dev) in enumerate(marks)]
    mixed = list(rows)
    random.shuffle(mixed)
    assert kept(rows, tops={"dev": count}) == kept(mixed, tops={"dev": count})


@pytest.mark.parametrize("status", Status)
def test_every_state_has_its_three_names_and_who_decides(status):
    told = situation_of(status)
    assert told.now
    assert told.following.endswith(".")
    assert told.expected.endswith(".")
    assert told.decider.endswith(".")
    assert told.over == (status in {"ineligible", "declined", "withdrawn"})
