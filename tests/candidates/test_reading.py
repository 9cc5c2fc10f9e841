"""Readings: handed out, without names, signed alone, stepped aside from."""

import pytest
from django.utils import timezone

from candidates.actions import assign_reader, hand_out_readings, recuse_reader, refuse_eligibility, take_next
from candidates.models import Review
from candidates.queries import applications_apart, readings_of
from eig.evaluation.actions import (
    CommentMissing,
    ConflictNotDeclared,
    MarksMissing,
    NotAReader,
    NothingLeft,
    ReaderBarred,
    ReadingOver,
    SheetClosed,
    save_review,
    sign_review,
)
from eig.evaluation.choices import Stage
from eig.evaluation.models import Reader, Recusal
from eig.evaluation.queries import grid_of, others_signed
from tests.factories import candidates as make


def marks(promotion, value: int) -> dict[str, int]:
    return {item.code: value for item in grid_of(promotion, Stage.APPLICATION_READING).criteria}


def test_a_distribution_gives_each_dossier_two_readers_and_none_twice(promotion, diane):
    applications = [make.submitted(promotion) for _ in range(4)]
    for _ in range(3):
        make.reader(promotion)
    made = hand_out_readings(promotion, by=diane, at=timezone.now())
    assert len(made.pairs) == 8
    for application in applications:
        assert len({review.reader_id for review in application.reviews.all()}) == 2
    assert hand_out_readings(promotion, by=diane, at=timezone.now()).pairs == ()


def test_a_distribution_respects_caps_trades_and_recusals(promotion, diane, claire):
    design = make.submitted(promotion, trades=["design"])
    other = make.submitted(promotion, trades=["developpement"])
    make.reader(promotion, claire)
    recuse_reader(design, person=claire, reason="Collègue", by=claire, at=timezone.now())
    lawyer = make.reader(promotion, trades=list(promotion.trades.filter(code="droit-du-numerique")))
    tired = make.reader(promotion)
    Reader.objects.filter(person=tired).update(cap=1)
    made = hand_out_readings(promotion, by=diane, at=timezone.now())
    assert (design.pk, claire.pk) not in made.pairs
    assert lawyer.pk not in {reader for _, reader in made.pairs}
    assert sum(1 for _, reader in made.pairs if reader == tired.pk) == 1
    assert other.pk in {application for application, _ in made.pairs}
    assert sum(made.unmet.values()) == 2


def test_only_handed_in_applications_are_distributed(promotion, diane):
    make.ready(promotion)
    application = make.submitted(promotion)
    refuse_eligibility(application, reason="Non", by=diane, at=timezone.now())
    make.reader(promotion)
    assert hand_out_readings(promotion, by=diane, at=timezone.now()).pairs == ()


def test_a_reader_asks_for_one_more(promotion, claire):
    application = make.submitted(promotion)
    with pytest.raises(NotAReader):
        take_next(promotion, by=claire, at=timezone.now())
    make.reader(promotion, claire)
    assert take_next(promotion, by=claire, at=timezone.now()).application == application
    with pytest.raises(NothingLeft):
        take_next(promotion, by=claire, at=timezone.now())


def test_nobody_reads_twice_nor_without_being_appointed_nor_after_a_recusal(promotion, claire, emile):
    application = make.submitted(promotion)
    with pytest.raises(NotAReader):
        assign_reader(application, reader=emile, by=None, at=timezone.now())
    make.reader(promotion, claire)
    make.assigned(application, claire)
    with pytest.raises(ReaderBarred):
        assign_reader(application, reader=claire, by=None, at=timezone.now())
    other = make.submitted(promotion)
    recuse_reader(other, person=claire, reason="Amie", by=claire, at=timezone.now())
    with pytest.raises(ReaderBarred):
        assign_reader(other, reader=claire, by=None, at=timezone.now())
    assert Review.objects.filter(application=other).count() == 0


def test_no_mark_before_the_conflict_question(promotion, claire):
    make.reader(promotion, claire)
    review = make.assigned(make.submitted(promotion), claire, cleared=False)
    with pytest.raises(ConflictNotDeclared):
        save_review(review, by=claire, at=timezone.now(), marks=marks(promotion, 3))


def test_signing_needs_every_mark_and_a_comment_when_severe(promotion, claire):
    make.reader(promotion, claire)
    review = make.assigned(make.submitted(promotion), claire)
    with pytest.raises(MarksMissing):
        sign_review(review, by=claire, at=timezone.now(), marks={"initiative": 3})
    with pytest.raises(CommentMissing):
        sign_review(review, by=claire, at=timezone.now(), marks=marks(promotion, 1))
    sign_review(review, by=claire, at=timezone.now(), marks=marks(promotion, 1), comment="Trop mince.")
    with pytest.raises(SheetClosed):
        save_review(review, by=claire, at=timezone.now(), marks=marks(promotion, 5))


def test_the_score_is_the_mean_of_the_signed_readings_and_a_recusal_takes_one_out(promotion, claire):
    application = make.submitted(promotion)
    make.reader(promotion, claire)
    make.signed(application, claire, 5)
    make.signed(application, make.reader(promotion), 3)
    # Six criteria of weight 1: totals 30 and 18, mean 24, on the scale of sixtieths.
    assert (application.reviews_signed, application.score) == (2, 24 * 60)
    recuse_reader(application, person=claire, reason="Je l’ai reconnue", by=claire, at=timezone.now())
    application.refresh_from_db()
    assert (application.reviews_signed, application.score) == (1, 18 * 60)
    assert Recusal.objects.count() == 1
    assert not readings_of(claire).exists()


def test_others_marks_are_hidden_until_mine_are_signed(promotion, claire):
    application = make.submitted(promotion)
    make.reader(promotion, claire)
    make.signed(application, make.reader(promotion), 2)
    review = make.assigned(application, claire)
    assert not others_signed(review).exists()
    sign_review(review, by=claire, at=timezone.now(), marks=marks(promotion, 4))
    assert others_signed(review).count() == 1


def test_two_readers_far_apart_call_for_a_third(promotion, diane):
    application = make.read_twice(make.submitted(promotion), 5, 3)
    make.read_twice(make.submitted(promotion), 5, 4)
    assert list(applications_apart(promotion)) == [application]
    make.reader(promotion)
    pairs = hand_out_readings(promotion, by=diane, at=timezone.now()).pairs
    assert [item for item, _ in pairs] == [application.pk]


def test_a_decided_application_is_no_longer_read(promotion, claire, diane):
    application = make.submitted(promotion)
    make.reader(promotion, claire)
    review = make.assigned(application, claire)
    refuse_eligibility(application, reason="Non", by=diane, at=timezone.now())
    with pytest.raises(ReadingOver):
        save_review(review, by=claire, at=timezone.now(), marks=marks(promotion, 3))
