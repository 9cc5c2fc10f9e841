"""The pure part of the engine: SIRET, completeness, words, seal."""

import json

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from eig.dossiers.rules import (
    FormView,
    QuestionView,
    SectionView,
    TradeView,
    answers_shown,
    barriers,
    canonical_content,
    filled,
    is_siren,
    is_siret,
    missing_parts,
    plain_siret,
    progress,
    receipt_number,
    sections_done,
    sha256,
)

# Two shared processors: slow is no failure.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

POSITION = {"trade": "design", "expertise": "Service", "must_have": "Terrain", "seats": 1}
OPERATOR = {"name": "Office", "siret": "13002526500013"}


def question(code: str, type: str = "text", **values) -> QuestionView:
    return QuestionView(code=code, type=type, label=code.capitalize(), **values)


def form(*questions: QuestionView) -> FormView:
    return FormView(
        "project",
        "Dossier",
        "",
        (SectionView("one", "Une", "", questions),),
        (TradeView("design", "Design"),),
    )


def labels(view: FormView, answers: dict, attached=()) -> list[str]:
    return [item.label for item in missing_parts(view, answers, attached)]


@pytest.mark.parametrize(
    "siret", ["13002526500013", "130 025 265 00013", "130\u202f025\u00a0265 00013", "35600000049837"]
)
def test_real_siret_numbers_are_accepted_however_they_are_spaced(siret):
    assert is_siret(siret)


@pytest.mark.parametrize(
    "siret",
    [
        "",
        "1300252650001",
        "13002526500014",
        "0" * 14,
        "1300252650001a",
        "１３００２５２６５０００１３",
        "35600000012345",
        # The key of the whole is right, that of its SIREN is not.
        "37484092515629",
        "00000000000018",
    ],
)
def test_wrong_siret_numbers_are_refused(siret):
    assert not is_siret(siret)


@calm
@given(st.integers(1, 10**8 - 1), st.integers(0, 9999), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_always_shows(company, establishment, place, shift):
    assume(not f"{company:08d}".startswith("35600000"))
    siren = next(number for key in range(10) if is_siren(number := f"{company:08d}{key}"))
    siret = next(number for key in range(10) if is_siret(number := f"{siren}{establishment:04d}{key}"))
    changed = siret[:place] + str((int(siret[place]) + shift) % 10) + siret[place + 1 :]
    assume(not changed.startswith("356000000"))
    assert not is_siret(changed)


def test_spaces_of_all_kinds_leave_a_siret():
    assert plain_siret("130\u00a0025\u202f265.000-13") == "13002526500013"
    assert plain_siret("\u200b13002526500013\ufeff") == "13002526500013"


def test_zero_and_no_are_answers_an_unticked_box_is_not():
    assert filled(0)
    assert filled("no")
    assert not filled(False)
    assert not filled("  ")
    assert not filled({"seats": 1})


def test_a_required_question_is_missing_until_it_is_answered():
    view = form(question("name"), question("note", required=False))
    assert labels(view, {}) == ["Name"]
    assert labels(view, {"name": "Aigle"}) == []


def test_a_conditional_question_is_required_only_after_its_answer():
    view = form(
        question("money", "yes_no"), question("programme", required_if={"question": "money", "equals": "yes"})
    )
    assert labels(view, {"money": "no"}) == []
    assert labels(view, {"money": "yes"}) == ["Programme"]


def test_a_half_filled_administration_lacks_its_siret_even_when_optional():
    view = form(question("ministry", "administration", required=False))
    assert labels(view, {}) == []
    assert labels(view, {"ministry": {"name": "Ministère"}}) == ["Ministry : siret"]
    assert labels(view, {"ministry": OPERATOR}) == []


def test_positions_need_enough_rows_and_seats_within_bounds():
    view = form(
        question(
            "positions", "positions", options={"rows_min": 2, "rows_max": 3, "seats_min": 2, "seats_max": 3}
        )
    )
    assert labels(view, {"positions": [POSITION]}) == [
        "Positions : au moins 2",
        "Positions : entre 2 et 3 places en tout (vous en prévoyez 1)",
    ]
    assert labels(view, {"positions": [POSITION, {**POSITION, "seats": 3}]}) == [
        "Positions : entre 2 et 3 places en tout (vous en prévoyez 4)"
    ]
    assert labels(view, {"positions": [POSITION, POSITION]}) == []


def test_a_file_question_is_answered_by_an_attachment():
    view = form(question("cv", "file"))
    assert labels(view, {}) == ["Cv"]
    assert labels(view, {}, {"cv"}) == []


def test_each_missing_part_leads_to_a_field():
    view = form(
        question("who", "person"),
        question("cv", "file"),
        question("money", "yes_no"),
        question("jobs", "trades"),
    )
    assert [item.anchor for item in missing_parts(view, {})] == [
        "id_who__first_name",
        "fichier-cv",
        "id_money_0",
        "id_jobs__1",
    ]


def test_progress_counts_complete_sections_that_require_something():
    optional = SectionView("two", "Deux", "", (question("note", required=False),))
    view = FormView(
        "project", "", "", (SectionView("one", "Une", "", (question("a"), question("b"))), optional)
    )
    assert sections_done(progress(view, {"a": "x"})) == (0, 1)
    states = progress(view, {"a": "x", "b": "y"})
    assert [(state.done, state.total) for state in states] == [(2, 2), (0, 0)]
    assert sections_done(states) == (1, 1)


def test_an_excluding_answer_is_a_barrier_with_its_reason():
    view = form(
        question("agent", "yes_no", options={"eligible": "no", "ineligible_reason": "Pas les agents."})
    )
    assert barriers(view, {}) == []
    assert barriers(view, {"agent": "no"}) == []
    assert [item.reason for item in barriers(view, {"agent": "yes"})] == ["Pas les agents."]


def test_readers_see_neither_identifying_nor_private_answers():
    view = form(question("a"), question("b", identifying=True), question("c", for_readers=False))
    answers = {"a": "vu", "b": "nom", "c": "privé"}
    shown = answers_shown(view, answers, hide_identifying=True, readers_only=True)
    assert [answer.text for answer in shown[0].answers] == ["vu"]


def test_answers_are_shown_in_words():
    view = form(
        question("day", "date"),
        question("years", "years"),
        question("jobs", "trades"),
        question("sure", "attestation"),
        question("positions", "positions"),
    )
    answers = {"day": "2022-09-01", "years": 0, "jobs": ["design"], "sure": True, "positions": [POSITION]}
    day, years, jobs, sure, positions = answers_shown(view, answers)[0].answers
    assert (day.text, years.text, jobs.text, sure.text) == (
        "1er\u00a0septembre\u00a02022",
        "0\u00a0an",
        "Design",
        "Oui, je l’atteste",
    )
    assert positions.rows[0].title == "Profil 1"
    assert ("Métier", "Design") in positions.rows[0].pairs


def test_a_redaction_reaches_every_text_even_inside_rows():
    view = form(question("a"), question("who", "person"))
    shown = answers_shown(
        view, {"a": "Zoé", "who": {"first_name": "Zoé"}}, through=lambda text: text.replace("Zoé", "…")
    )
    assert "Zoé" not in repr(shown)


@calm
@given(st.dictionaries(st.text(min_size=1), st.text() | st.integers()))
def test_the_seal_does_not_depend_on_the_order_of_the_answers(answers):
    backwards = dict(reversed(list(answers.items())))
    one = canonical_content(promotion="eig-6", kind="project", answers=answers)
    assert one == canonical_content(promotion="eig-6", kind="project", answers=backwards)
    assert json.loads(one)["answers"] == answers


def test_the_seal_changes_with_a_comma_or_a_file():
    base = {"promotion": "eig-6", "kind": "application"}
    digests = {
        sha256(canonical_content(**base, answers={"a": "x"})),
        sha256(canonical_content(**base, answers={"a": "x,"})),
        sha256(canonical_content(**base, answers={"a": "x"}, files={"cv": ["00"]})),
    }
    assert len(digests) == 3


def test_receipts_are_numbered_by_promotion_and_kind():
    assert receipt_number(promotion="eig-6", letter="C", rank=42) == "EIG-6-C-0042"
