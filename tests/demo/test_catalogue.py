"""EIG 6 as data: what the règlement says, and what happens when a file is wrong."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from eig.promotions.catalogue import CatalogueError, Trade, checks, load_promotion, reading

PARIS = ZoneInfo("Europe/Paris")
EIG_6 = load_promotion("eig6")


def test_the_rules_are_those_of_eig_6() -> None:
    rules = EIG_6.rules
    assert (rules.pay_below, rules.pay_above, rules.pay_threshold_years) == (3500, 4000, 5)
    assert rules.pay_threshold_inclusive
    assert (rules.wishes_min, rules.wishes_max, rules.acceptance_days, rules.audition_minutes) == (
        3,
        5,
        15,
        30,
    )
    assert rules.cofinancing_per_member == 20_000


def test_the_call_for_applications_was_extended_and_keeps_its_first_date() -> None:
    call = next(phase for phase in EIG_6.phases if phase.kind == "applications")
    assert call.closes == datetime(2022, 4, 19, 23, 59, 59, tzinfo=PARIS)
    assert call.extension is not None
    assert (
        call.extension.original_closes
        == call.planned_closes
        == datetime(2022, 4, 3, 23, 59, 59, tzinfo=PARIS)
    )


def test_the_project_form_has_twelve_sections_and_forty_questions() -> None:
    form = EIG_6.forms["project"]
    assert (len(form.sections), len(form.questions)) == (12, 40)


def test_a_limit_in_lines_is_said_in_characters() -> None:
    problem = next(question for question in EIG_6.forms["project"].questions if question.code == "problem")
    assert problem.max_length == 180
    assert problem.help.endswith("2 lignes, soit 180 caractères environ.")


def test_what_names_a_candidate_is_marked() -> None:
    named = {question.code for question in EIG_6.forms["application"].questions if question.identifying}
    assert named == {"links", "phone"}


def test_each_criterion_says_what_its_marks_mean() -> None:
    assert {code: len(grid.criteria) for code, grid in EIG_6.grids.items()} == {
        "project_reading": 5,
        "application_reading": 6,
        "audition": 6,
    }
    for grid in EIG_6.grids.values():
        for criterion in grid.criteria:
            assert set(criterion.anchors) == {0, 1, 3, 5}


def test_the_worked_example_of_the_algorithm_page_is_true() -> None:
    """Candidates propose in turn; a project with one seat keeps the best mark."""
    example = EIG_6.example
    people = {candidate.name: candidate for candidate in example.candidates}
    kept: dict[str, str] = {}
    rank = dict.fromkeys(people, 0)
    waiting = list(people)
    while waiting:
        name = waiting.pop(0)
        wishes = people[name].wishes
        if rank[name] == len(wishes):
            continue
        project = wishes[rank[name]]
        holder = kept.get(project)
        if holder is None or people[name].marks[project] > people[holder].marks[project]:
            kept[project] = name
            loser = holder
        else:
            loser = name
        if loser is not None:
            rank[loser] += 1
            waiting.append(loser)
    assert kept == {candidate.result: candidate.name for candidate in example.candidates if candidate.result}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"code": "a"}, "“label” is missing"),
        ({"code": 3, "label": "x", "short": "x", "person": "x", "opened": True}, "a text expected"),
        ({"code": "a", "label": "x", "short": "x", "person": "x", "opened": 1}, "true or false expected"),
        ({"code": "a", "label": "x", "short": "x", "person": "x", "opened": True, "z": 1}, "unknown key “z”"),
        ("text", "a table is expected"),
    ],
)
def test_a_wrong_table_says_where_and_what(values: Any, said: str) -> None:
    with pytest.raises(CatalogueError, match=said) as error:
        reading.build(Trade, values, "promotion.toml trades[0]")
    assert "promotion.toml trades[0]" in str(error.value)


def test_an_unknown_promotion_names_the_known_ones() -> None:
    with pytest.raises(CatalogueError, match="eig6"):
        load_promotion("eig99")


def test_faults_across_records_are_all_told() -> None:
    phases = tuple(
        replace(phase, requires=("nothing",)) if phase.kind == "ranking" else phase
        for phase in EIG_6.phases[1:]
    )
    wrong = replace(EIG_6, phases=phases, rules=replace(EIG_6.rules, team_min=4))
    with pytest.raises(CatalogueError) as error:
        checks.check(wrong)
    for said in ("“projects” is missing", "requires “nothing”", "team_min and team_max"):
        assert said in str(error.value)
