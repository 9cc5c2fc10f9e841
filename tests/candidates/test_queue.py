"""The queue: least read first, a place for half an hour, one last place for one reader."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.actions import ReadingOver, declare_no_conflict, hand_out_next, release_held, save_review
from candidates.models import Review
from eig.evaluation.models import Sheet
from tests.factories import candidates as make
from tests.people import person, signed_in
from tests.together import together


def url(name: str, *args) -> str:
    return reverse(f"candidates:{name}", args=args)


def test_the_least_read_comes_first(promotion, claire):
    read, unread = make.submitted(promotion), make.submitted(promotion)
    make.signed(read, make.reader(promotion))
    make.reader(promotion, claire)
    assert hand_out_next(claire, promotion=promotion, at=timezone.now()).application == unread


def test_a_place_left_for_half_an_hour_goes_to_somebody_else(promotion, claire):
    application = make.submitted(promotion)
    make.signed(application, make.reader(promotion))
    make.reader(promotion, claire)
    other, now = make.reader(promotion), timezone.now()
    left = hand_out_next(claire, promotion=promotion, at=now)
    assert hand_out_next(other, promotion=promotion, at=now + timedelta(minutes=29)) is None
    taken = hand_out_next(other, promotion=promotion, at=now + timedelta(minutes=31))
    assert taken.application == application
    assert not Review.objects.filter(pk=left.pk).exists()
    assert not Sheet.objects.filter(pk=left.sheet_id).exists()
    with pytest.raises(ReadingOver):
        save_review(cleared(left), by=claire, at=now, marks={"initiative": 3})


def cleared(review: Review) -> Review:
    review.cleared_at = timezone.now()
    return review


def test_opening_renews_the_place_and_a_mark_makes_it_firm(promotion, claire):
    make.submitted(promotion)
    make.reader(promotion, claire)
    now = timezone.now()
    review = hand_out_next(claire, promotion=promotion, at=now)
    declare_no_conflict(review, by=claire, at=now + timedelta(minutes=20))
    assert release_held(promotion, at=now + timedelta(minutes=45)) == 0
    save_review(review, by=claire, at=now + timedelta(minutes=46), marks={"initiative": 3})
    review.refresh_from_db()
    assert review.held_until is None
    assert release_held(promotion, at=now + timedelta(days=9)) == 0


def test_what_is_assigned_by_the_team_is_never_given_back(promotion, claire):
    make.reader(promotion, claire)
    make.assigned(make.submitted(promotion), claire, cleared=False)
    assert release_held(promotion, at=timezone.now() + timedelta(days=9)) == 0


def test_two_readers_never_take_the_same_last_place(promotion_committed):
    """Five rounds: one place left, two people who ask at the same instant."""
    promotion = promotion_committed
    readers = [
        make.reader(promotion, person(f"Rapide{rank}", "Lecteur", second_factor=True)) for rank in range(2)
    ]
    first = make.reader(promotion)
    for _ in range(5):
        application = make.submitted(promotion)
        make.signed(application, first)
        got: list[Review | None] = []

        def ask(who, got=got):
            got.append(hand_out_next(who, promotion=promotion, at=timezone.now()))

        assert together(*(lambda who=who: ask(who) for who in readers)) == []
        assert sorted(review is None for review in got) == [False, True]
        assert application.reviews.count() == 2


def test_a_mark_being_saved_is_not_given_back(promotion_committed):
    promotion, now = promotion_committed, timezone.now()
    late = now + timedelta(minutes=31)
    claire = make.reader(promotion)
    for rank in range(3):
        make.submitted(promotion)
        review = hand_out_next(claire, promotion=promotion, at=now)
        declare_no_conflict(review, by=claire, at=now)
        raised = together(
            lambda review=review: save_review(review, by=claire, at=late, marks={"initiative": 3}),
            lambda: release_held(promotion, at=late + timedelta(hours=1)),
        )
        assert all(isinstance(error, ReadingOver) for error in raised), rank
        kept = Review.objects.filter(pk=review.pk).first()
        # Either the mark was first and the place is firm, or the place was given back and nothing is left.
        assert (kept is None) == bool(raised)
        if kept:
            assert kept.sheet.marks.count() == 1


def test_the_grid_saves_itself_and_says_when(promotion, claire):
    make.reader(promotion, claire)
    review = make.assigned(make.submitted(promotion), claire)
    client, address = signed_in(claire), url("review_edit", review.sheet.code)
    response = client.post(address, {"mark_initiative": "4"}, headers={"HX-Request": "true"})
    assert response.headers["HX-Trigger"] == "eig:saved"
    assert "Enregistré à" in response.content.decode()
    wrong = client.post(address, {"mark_initiative": "9"}, headers={"HX-Request": "true"})
    assert "Non enregistré" in wrong.content.decode()
    assert "HX-Trigger" not in wrong.headers


def test_save_and_next_goes_to_what_is_assigned_then_to_the_queue(promotion, claire):
    make.reader(promotion, claire)
    first = make.assigned(make.submitted(promotion), claire)
    second = make.assigned(make.submitted(promotion), claire)
    third = make.submitted(promotion)
    client = signed_in(claire)
    onward = client.post(url("review_edit", first.sheet.code), {"mark_initiative": "4", "then": "next"})
    assert onward.headers["Location"] == url("review_edit", second.sheet.code)
    for review in (first, second):
        marks = {f"mark_{item.code}": "4" for item in review.sheet.grid.criteria.order_by("pk")}
        last = client.post(url("review_sign", review.sheet.code), {**marks, "then": "next"})
    taken = Review.objects.get(application=third)
    assert last.headers["Location"] == url("review_edit", taken.sheet.code)
    assert taken.held_until


def test_shortcuts_can_be_switched_off(promotion, claire, emile):
    make.reader(promotion, claire)
    review = make.assigned(make.submitted(promotion), claire)
    client, page = signed_in(claire), url("review_edit", review.sheet.code)
    assert 'data-reading="shortcuts"' in client.get(page).content.decode()
    client.post(url("reading_shortcuts"), {"sheet": str(review.sheet.code)})
    assert 'data-reading=""' in client.get(page).content.decode()
    assert client.post(url("reading_shortcuts"), {"sheet": "x"}).status_code == 302
    assert signed_in(emile).post(url("reading_shortcuts")).status_code == 404
