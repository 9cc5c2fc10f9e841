"""Readings that differ, and the third; readers' severity beside the marks."""

from fractions import Fraction

from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from candidates.queries import severities
from candidates.queries.standing import applications_in_disagreement, ranked_in
from candidates.rules.severity import LEAST_READINGS, adjusted_mark, ranks, severity
from eig.evaluation.queries import grid_of
from tests.factories import candidates as make
from tests.people import signed_in


def weight_of(promotion) -> int:
    return grid_of(promotion, "application_reading").total_weight


def test_only_two_apart_by_the_rule_are_in_the_queue_and_leave_with_a_third(promotion, diane):
    apart = make.read_twice(make.submitted(promotion), 5, 3)
    near = make.read_twice(make.submitted(promotion), 4, 3)

    def queue():
        return list(applications_in_disagreement(promotion, total_weight=weight_of(promotion)))

    assert queue() == [apart]
    third = make.reader(promotion)
    client = signed_in(diane)
    page = client.get(reverse("candidates:staff_disagreement_list", args=[promotion.code]))
    assert near.number not in page.content.decode()
    # Of the five readers, three hold nothing; whoever is asked has never read it.
    client.post(reverse("candidates:staff_third_ask", args=[promotion.code, apart.code]))
    review = apart.reviews.get(sheet__status="draft")
    assert review.reader_id not in apart.reviews.exclude(pk=review.pk).values_list("reader_id", flat=True)
    assert queue() == [apart]
    if review.reader == third:
        page = client.get(reverse("candidates:staff_disagreement_list", args=[promotion.code]))
        assert str(third) in page.content.decode()


def test_ties_share_a_rank_and_the_next_is_skipped(promotion):
    trade = promotion.trades.get(code="developpement")
    rows = [make.read_twice(make.submitted(promotion), *marks) for marks in ((4, 4), (5, 3), (2, 2))]
    found = list(ranked_in(promotion, trade))
    assert [(row.pk, row.rank, row.tied) for row in found] == [
        (rows[0].pk, 1, 2),
        (rows[1].pk, 1, 2),
        (rows[2].pk, 3, 1),
    ]


def test_a_severe_reader_is_measured_exactly_from_what_others_read_too(promotion):
    severe, usual = make.reader(promotion), make.reader(promotion)
    for _ in range(LEAST_READINGS):
        application = make.submitted(promotion)
        make.signed(application, severe, 2)
        make.signed(application, usual, 3)
    alone = make.submitted(promotion)
    make.signed(alone, severe, 0)
    weight = weight_of(promotion)
    found = severities(promotion, total_weight=weight)
    assert found[severe.pk].gap == Fraction(-1, 2)
    assert found[usual.pk].gap == Fraction(1, 2)
    assert found[severe.pk].readings == LEAST_READINGS
    alone.refresh_from_db()
    assert adjusted_mark(alone.score, readers=[severe.pk], severities=found, weight=weight) == Fraction(1, 2)


def test_too_few_shared_readings_change_nothing():
    few = severity(1, readings=LEAST_READINGS - 1, excess=-600, weight=6)
    assert adjusted_mark(1080, readers=[1], severities={1: few}, weight=6) == 3


@given(st.dictionaries(st.integers(0, 50), st.fractions(0, 5, max_denominator=60), min_size=1))
def test_ranks_follow_the_marks_and_ties_are_ties(marks):
    found = ranks(marks.items())
    for one, mark in marks.items():
        assert found[one] == 1 + sum(other > mark for other in marks.values())


def test_the_standings_show_both_marks_and_say_where_the_second_comes_from(promotion, diane):
    severe, usual = make.reader(promotion), make.reader(promotion)
    for _ in range(LEAST_READINGS):
        application = make.submitted(promotion)
        make.signed(application, severe, 2)
        make.signed(application, usual, 3)
    page = signed_in(diane).get(
        reverse("candidates:staff_standing_list", args=[promotion.code]), {"trade": "developpement"}
    )
    said = page.content.decode()
    assert "ex æquo" in said
    assert "-0,50" in said
    assert str(severe) in said
