"""Calibration: the same dossiers for all, marks shown when all have signed; anchors reworded on record."""

from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.actions import (
    CalibrationFirst,
    CalibrationRefused,
    cancel_calibration,
    hand_out_readings,
    open_calibration,
    recuse_reader,
    take_next,
)
from candidates.models import Review
from candidates.queries.calibration import calibration_board, calibration_of, calibration_reviews
from candidates.rules.calibration import leanings, spreads
from eig.evaluation.actions import AnchorsRefused, amend_anchors, declare_no_conflict, sign_review
from eig.evaluation.choices import Stage
from eig.evaluation.models import AnchorAmendment
from eig.evaluation.queries import grid_of, others_signed
from eig.journal.queries import history_of
from tests.factories import candidates as make
from tests.people import signed_in


def url(name: str, *args) -> str:
    return reverse(f"candidates:{name}", args=args)


def sign(review: Review, value: int) -> None:
    now = timezone.now()
    declare_no_conflict(review, by=review.reader, at=now)
    codes = [item.code for item in grid_of(review.application.promotion, Stage.APPLICATION_READING).criteria]
    sign_review(review, by=review.reader, at=now, marks=dict.fromkeys(codes, value), comment="Un mot.")


@pytest.fixture
def opened(promotion, claire, diane):
    """Claire and another read two dossiers of five."""
    other = make.reader(promotion)
    make.reader(promotion, claire)
    rows = [make.submitted(promotion) for _ in range(3)]
    open_calibration(promotion, applications=rows[:2], counts=False, by=diane, at=timezone.now())
    return promotion, rows, other


def test_severity_is_the_gap_to_the_mean_of_all():
    sheets = {1: {"a": 5, "b": 4}, 2: {"a": 1, "b": 4}, 3: {"a": 3, "b": 4}}
    assert [(row.reader, row.gap) for row in leanings([sheets], ["a", "b"])] == [
        (2, Fraction(-1)),
        (3, Fraction(0)),
        (1, Fraction(1)),
    ]
    first = spreads(sheets, ["a", "b"])[0]
    assert (first.low, first.high, first.width, first.mean) == (1, 5, 4, Fraction(3))


def test_everybody_gets_the_same_dossiers_but_the_recused(promotion, claire, diane):
    make.reader(promotion, claire)
    make.reader(promotion)
    rows = [make.submitted(promotion) for _ in range(2)]
    recuse_reader(rows[0], person=claire, reason="Amie", by=claire, at=timezone.now())
    open_calibration(promotion, applications=rows, counts=False, by=diane, at=timezone.now())
    assert calibration_reviews(promotion).count() == 3


@pytest.mark.parametrize("count", [1, 4])
def test_two_or_three_dossiers_make_a_calibration(promotion, diane, count):
    make.reader(promotion)
    rows = [make.submitted(promotion) for _ in range(count)]
    with pytest.raises(CalibrationRefused):
        open_calibration(promotion, applications=rows, counts=False, by=diane, at=timezone.now())


def test_it_opens_once_and_is_taken_back_only_unsigned(opened, diane):
    promotion, rows, _ = opened
    with pytest.raises(CalibrationRefused):
        open_calibration(promotion, applications=rows[:2], counts=False, by=diane, at=timezone.now())
    cancel_calibration(calibration_of(promotion), by=diane, at=timezone.now())
    assert not Review.objects.exists()
    open_calibration(promotion, applications=rows[:2], counts=True, by=diane, at=timezone.now())
    sign(calibration_reviews(promotion).first(), 4)
    with pytest.raises(CalibrationRefused):
        cancel_calibration(calibration_of(promotion), by=diane, at=timezone.now())


def test_calibration_comes_before_the_queue_even_for_who_is_appointed_later(opened, claire):
    promotion, rows, _ = opened
    late = make.reader(promotion)
    for who in (claire, late):
        with pytest.raises(CalibrationFirst):
            take_next(promotion, by=who, at=timezone.now())
    assert calibration_reviews(promotion).filter(reader=late).count() == 2
    for review in calibration_reviews(promotion).filter(reader=late):
        sign(review, 3)
    assert take_next(promotion, by=late, at=timezone.now()).application in rows


def test_marks_that_do_not_count_leave_the_dossier_to_be_read(opened, diane):
    promotion, rows, _ = opened
    for review in calibration_reviews(promotion):
        sign(review, 5)
    rows[0].refresh_from_db()
    assert (rows[0].reviews_signed, rows[0].score) == (0, None)
    made = hand_out_readings(promotion, by=diane, at=timezone.now())
    assert sum(1 for application, _ in made.pairs if application == rows[0].pk) == 2


def test_marks_that_count_make_the_score_whatever_the_number_of_readers(promotion, diane):
    for _ in range(7):
        make.reader(promotion)
    rows = [make.submitted(promotion) for _ in range(2)]
    open_calibration(promotion, applications=rows, counts=True, by=diane, at=timezone.now())
    for rank, review in enumerate(calibration_reviews(promotion).filter(application=rows[0])):
        sign(review, rank % 2 + 3)
    rows[0].refresh_from_db()
    assert rows[0].reviews_signed == 7
    assert rows[0].score == (4 * 18 + 3 * 24) * 60 // 7
    made = hand_out_readings(promotion, by=diane, at=timezone.now())
    assert rows[0].pk not in {application for application, _ in made.pairs}


def test_nobody_sees_a_mark_before_the_last_signature(opened, claire):
    promotion, _, other = opened
    reviews = list(calibration_reviews(promotion))
    mine = [review for review in reviews if review.reader == claire]
    page = url("calibration_detail", promotion.code)
    for review in reviews:
        if review.reader != claire:
            sign(review, 1)
    client = signed_in(claire)
    assert "Plus sévère" not in client.get(page).content.decode()
    for review in mine:
        sign(review, 5)
        assert not others_signed(review).exists()
    said = client.get(page).content.decode()
    assert "Plus généreux que les autres" in said
    assert other.last_name not in said[said.index("<h1") :]
    grid = grid_of(promotion, Stage.APPLICATION_READING)
    board = calibration_board(calibration_of(promotion), grid=grid)
    assert board.is_complete
    assert [str(row.gap) for row in board.readers] == ["-2.00", "2.00"]


def test_the_team_opens_follows_and_takes_back_a_calibration(promotion, claire, diane):
    make.reader(promotion, claire)
    rows = [make.submitted(promotion) for _ in range(2)]
    client = signed_in(diane)
    address = url("staff_calibration_open", promotion.code)
    assert client.post(address, {"applications": [rows[0].code], "counts": "no"}).status_code == 422
    done = client.post(address, {"applications": [row.code for row in rows], "counts": "no"}, follow=True)
    assert "0 sur 2" in done.content.decode()
    client.post(url("staff_calibration_cancel", promotion.code))
    assert calibration_of(promotion) is None


def test_anchors_are_reworded_with_a_reason_and_every_version_stays(promotion, diane):
    criterion = grid_of(promotion, Stage.APPLICATION_READING).criteria[0]
    before = dict(criterion.anchors)
    better = {mark: f"{words} Par exemple : un outil repris." for mark, words in before.items()}
    for anchors, reason in (({**better, "9": "x"}, "Oui"), (dict.fromkeys(better, ""), "Oui"), (better, " ")):
        with pytest.raises(AnchorsRefused):
            amend_anchors(criterion, anchors=anchors, reason=reason, by=diane, at=timezone.now())
    assert amend_anchors(criterion, anchors=before, reason="Rien", by=diane, at=timezone.now()) is None
    made = amend_anchors(criterion, anchors=better, reason="Trop flou", by=diane, at=timezone.now())
    assert (made.version, made.before, made.after) == (2, before, better)
    assert history_of(criterion).filter(verb="amend_anchors").count() == 1


def test_a_reader_sees_that_an_anchor_was_reworded(promotion, claire, diane):
    criterion = grid_of(promotion, Stage.APPLICATION_READING).criteria[0]
    anchors = {f"anchor_{mark}": f"{words} Précisé." for mark, words in criterion.anchors.items()}
    address = url("staff_anchor_edit", promotion.code, criterion.code)
    client = signed_in(diane)
    assert client.post(address, anchors).status_code == 422
    assert client.post(address, {**anchors, "reason": "Deux lectures opposées"}).status_code == 302
    assert AnchorAmendment.objects.count() == 1
    make.reader(promotion, claire)
    review = make.assigned(make.submitted(promotion), claire)
    page = signed_in(claire).get(url("review_edit", review.sheet.code)).content.decode()
    assert "Deux lectures opposées" in page
    assert "Précisé." in page
