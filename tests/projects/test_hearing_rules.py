"""The proposal of juries, whatever the people, the rooms and the ties."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from eig.juries.rules import part_of_day, steps_from
from projects.rules.hearing import (
    NO_JUROR,
    NO_JURY,
    WITH_PROJECT,
    Minutes,
    Place,
    Seatable,
    Sizes,
    called_at,
    mix_warning,
    propose,
)

EIG6 = Minutes(reading=10, pitch=5, questions=15, deliberation=10, pause=10)
SIZES = Sizes(jurors_min=5, jurors_max=8, projects_max=3)
KINDS = ("agent", "dinum", "outside", "alumni")
DAYS = ("2022-03-30-am", "2022-03-30-pm", "2022-03-31-am")

people = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sets(st.sampled_from(DAYS), max_size=2)), max_size=24
).map(lambda rows: [Seatable(pk, kind, away) for pk, (kind, away) in enumerate(rows)])
places = st.sets(st.tuples(st.sampled_from("ABC"), st.sampled_from(DAYS)), max_size=9).map(
    lambda rows: [Place(room, day) for room, day in rows]
)
ties = st.sets(st.tuples(st.integers(0, 23), st.integers(100, 114)), max_size=40)
projects = st.lists(st.integers(100, 114), max_size=15)


@settings(max_examples=150, deadline=None)
@given(projects, people, places, ties)
def test_a_proposal_never_breaks_a_rule(projects, people, places, ties):
    plan = propose(projects, people, places, sizes=SIZES, barred=ties)
    away = {person.juror: person.away for person in people}
    for jury in plan.juries:
        assert SIZES.jurors_min <= len(jury.jurors) <= SIZES.jurors_max
        assert 1 <= len(jury.projects) <= SIZES.projects_max
        assert jury.referent in jury.jurors
        assert not {(juror, project) for juror in jury.jurors for project in jury.projects} & ties
        assert not any(jury.place.half_day in away[juror] for juror in jury.jurors)
    for day in DAYS:
        sitting = [juror for jury in plan.juries if jury.place.half_day == day for juror in jury.jurors]
        assert len(sitting) == len(set(sitting))
    assert len({(jury.place.room, jury.place.half_day) for jury in plan.juries}) == len(plan.juries)
    placed = [project for jury in plan.juries for project in jury.projects]
    assert len(placed) == len(set(placed))
    # Nobody is forgotten: a project passes, or a reason says why not.
    assert set(placed) | set(plan.unplaced) == set(projects)
    assert not set(placed) & set(plan.unplaced)


@settings(max_examples=60, deadline=None)
@given(projects, people, places, ties, st.randoms())
def test_the_order_of_the_input_does_not_matter(projects, people, places, ties, dice):
    def told(plan):
        return [(jury.place, jury.jurors, jury.projects, jury.referent) for jury in plan.juries]

    first = propose(projects, people, places, sizes=SIZES, barred=ties)
    for rows in (projects, people, places):
        dice.shuffle(rows)
    again = propose(projects, people, places, sizes=SIZES, barred=ties)
    assert told(first) == told(again)
    assert first.unplaced == again.unplaced


def team(**counts):
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    return [Seatable(pk, kind) for pk, kind in enumerate(kinds)]


def test_the_juries_of_a_half_day_look_alike():
    people = team(agent=8, dinum=4, outside=6, alumni=3)
    rooms = [Place(room, DAYS[0]) for room in "ABC"]
    plan = propose(range(100, 109), people, rooms, sizes=SIZES, barred=())
    assert [len(jury.projects) for jury in plan.juries] == [3, 3, 3]
    assert [len(jury.jurors) for jury in plan.juries] == [7, 7, 7]
    kinds = {person.juror: person.kind for person in people}
    mixes = [Counter(kinds[juror] for juror in jury.jurors) for jury in plan.juries]
    for kind in KINDS:
        assert max(mix[kind] for mix in mixes) - min(mix[kind] for mix in mixes) <= 1
    assert all(kinds[jury.referent] == "dinum" for jury in plan.juries)


def test_a_tied_member_changes_places_rather_than_leaving_a_project_out():
    people = team(agent=8, dinum=2)
    rooms = [Place(room, DAYS[0]) for room in "AB"]
    # In each jury, as dealt, one agent knows the project.
    plan = propose([100], people, rooms, sizes=SIZES, barred={(0, 100)})
    [jury] = plan.juries
    assert jury.projects == [100]
    assert 0 not in jury.jurors


def test_what_cannot_be_is_said():
    few = propose([100], team(agent=4), [Place("A", DAYS[0])], sizes=SIZES, barred=())
    assert few.unplaced == {100: NO_JUROR}
    tied = propose(
        [100], team(agent=5), [Place("A", DAYS[0])], sizes=SIZES, barred={(juror, 100) for juror in range(5)}
    )
    assert tied.unplaced == {100: NO_JURY}


def test_a_hearing_lasts_forty_minutes_and_a_pause_follows():
    nine = datetime(2022, 3, 30, 9, tzinfo=UTC)
    assert EIG6.times(nine, nine + timedelta(minutes=189)) == [
        (nine, nine + timedelta(minutes=40)),
        (nine + timedelta(minutes=50), nine + timedelta(minutes=90)),
        (nine + timedelta(minutes=100), nine + timedelta(minutes=140)),
    ]
    assert len(EIG6.times(nine, nine + timedelta(minutes=190))) == 4
    parts = steps_from(nine, EIG6.steps)
    assert [part.minutes for part in parts] == [10, 5, 15, 10]
    assert [part.words for part in parts[WITH_PROJECT]] == ["Présentation", "Questions"]
    assert called_at(nine, EIG6) == parts[WITH_PROJECT][0].starts


def test_the_afternoon_begins_at_noon():
    noon = datetime(2022, 3, 30, 12, tzinfo=UTC)
    assert part_of_day(noon - timedelta(minutes=1)) == "matin"
    assert part_of_day(noon) == "après-midi"


def test_a_jury_says_what_it_lacks():
    assert mix_warning(["dinum"] * 4, sizes=SIZES) == "4 membres : il en faut au moins 5."
    assert mix_warning(["dinum", *["agent"] * 8], sizes=SIZES) == "9 membres : 8 au plus."
    assert "deux tiers" in mix_warning(["agent"] * 5, sizes=SIZES)
    assert "DINUM" in mix_warning(["agent", "agent", "outside", "outside", "alumni"], sizes=SIZES)
    assert mix_warning(["agent", "agent", "outside", "dinum", "alumni"], sizes=SIZES) == ""
