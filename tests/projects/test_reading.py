"""Eligibility, then readings: handed out evenly, conflict first, signed alone, scored exactly."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from eig.evaluation.actions import (
    CommentMissing,
    ConflictNotDeclared,
    NotAReader,
    ReaderBarred,
    ReadingOver,
    SheetClosed,
    save_review,
    sign_review,
)
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Recusal
from eig.evaluation.queries import others_signed
from eig.evaluation.rules import shown_score
from eig.journal.models import Entry
from eig.juries.queries import judges
from eig.lifecycle import IllegalMove
from eig.mail.models import Message
from projects.actions import (
    ReasonMissing,
    accept_eligibility,
    assign_reader,
    dismiss_reader,
    hand_out_readings,
    recuse_reader,
    refuse_eligibility,
)
from projects.choices import Outcome, Status
from projects.models import Review
from projects.queries import readings_of
from tests.factories import projects as make


def test_a_refusal_says_why_and_can_be_undone(promotion, badis, diane):
    project = make.submitted(promotion, lead=badis)
    with pytest.raises(ReasonMissing):
        refuse_eligibility(project, reason="  ", by=diane, at=timezone.now())
    refuse_eligibility(project, reason="Aucun programme budgétaire.", by=diane, at=timezone.now())
    assert project.status == Status.INELIGIBLE
    assert "Aucun programme budgétaire." in Message.objects.get(kind="projects/project_ineligible").body
    accept_eligibility(project, by=diane, at=timezone.now())
    assert (project.status, project.ineligibility) == (Status.ELIGIBLE, "")
    assert Message.objects.filter(kind="projects/project_eligible", to_person=badis).count() == 1


def test_of_two_colleagues_examining_at_once_the_second_is_told(promotion, diane, denis):
    project = make.submitted(promotion)
    other = type(project).objects.get(pk=project.pk)
    accept_eligibility(project, by=diane, at=timezone.now())
    with pytest.raises(IllegalMove):
        accept_eligibility(other, by=denis, at=timezone.now())


def test_only_appointed_readers_read(promotion, emile):
    with pytest.raises(NotAReader):
        assign_reader(make.eligible(promotion), reader=emile, by=None, at=timezone.now())


def test_nobody_reads_their_own_project(promotion, badis):
    project = make.eligible(promotion, lead=badis)
    make.reader(promotion, who=badis)
    with pytest.raises(ReaderBarred, match="porte ce projet"):
        assign_reader(project, reader=badis, by=None, at=timezone.now())


def test_nobody_reads_twice_the_same(promotion):
    review = make.reading(make.eligible(promotion))
    with pytest.raises(ReaderBarred):
        assign_reader(review.project, reader=review.reader, by=None, at=timezone.now())
    assert Review.objects.count() == 1


def test_a_reader_who_stepped_aside_is_not_asked_again(promotion, claire):
    project = make.eligible(promotion)
    make.reader(promotion, who=claire)
    recuse_reader(project, person=claire, reason="Ancien employeur", by=claire, at=timezone.now())
    with pytest.raises(ReaderBarred):
        assign_reader(project, reader=claire, by=None, at=timezone.now())
    assert hand_out_readings(promotion, by=None, at=timezone.now()).pairs == ()


def test_the_database_holds_the_promise_too(promotion, claire):
    review = make.reading(make.eligible(promotion), who=claire)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recusal.objects.create(
            promotion=promotion,
            person=claire,
            subject_type="projects.project",
            subject_id=review.project_id,
            reason="x",
            declared_at=timezone.now(),
            declared_by=claire,
        )


def test_a_project_not_examined_is_not_read(promotion, claire):
    make.reader(promotion, who=claire)
    with pytest.raises(ReadingOver):
        assign_reader(make.submitted(promotion), reader=claire, by=None, at=timezone.now())


def test_readings_are_handed_out_evenly(promotion):
    readers = [make.reader(promotion) for _ in range(3)]
    for _ in range(3):
        make.eligible(promotion)
    assert len(hand_out_readings(promotion, by=None, at=timezone.now()).pairs) == 6
    assert [readings_of(reader).count() for reader in readers] == [2, 2, 2]
    assert hand_out_readings(promotion, by=None, at=timezone.now()).pairs == ()


def test_a_third_reader_comes_when_two_differ(promotion):
    project = make.eligible(promotion)
    make.signed_reading(project, relevance=5, entrepreneurship=5, commitment=5, transformation=5, openness=5)
    make.signed_reading(project, relevance=1, entrepreneurship=1, commitment=1, transformation=1, openness=1)
    make.reader(promotion)
    assert len(hand_out_readings(promotion, by=None, at=timezone.now()).pairs) == 1
    assert project.reviews.count() == 3


def test_a_reader_who_leaves_judges_no_more_without_a_mark_that_counts(promotion, diane, alice, badis):
    signed = make.eligible(promotion)
    for who in (alice, badis):
        make.reader(promotion, who=who)
    make.signed_reading(signed, who=badis)
    for who in (alice, badis):
        dismiss_reader(promotion, person=who, by=diane, at=timezone.now())
    with pytest.raises(NotAReader):
        assign_reader(signed, reader=alice, by=None, at=timezone.now())
    assert judges(badis, promotion)
    assert not judges(alice, promotion)
    assert Entry.objects.filter(verb="dismiss_reader").count() == 2


def test_the_conflict_question_comes_before_the_marks(promotion, claire):
    review = make.reading(make.eligible(promotion), who=claire, cleared=False)
    with pytest.raises(ConflictNotDeclared):
        save_review(review, by=claire, at=timezone.now(), marks={"relevance": 3})
    with pytest.raises(ConflictNotDeclared):
        sign_review(review, by=claire, at=timezone.now())


def test_a_signature_freezes_and_scores(promotion, claire):
    project = make.eligible(promotion)
    review = make.signed_reading(project, who=claire)
    project.refresh_from_db()
    assert (project.reviews_signed, project.score) == (1, 19 * 60)
    assert str(shown_score(project.score, weight=5)) == "3.80"
    with pytest.raises(SheetClosed):
        save_review(review, by=claire, at=timezone.now(), marks={"relevance": 1})


def test_a_second_reading_moves_the_mean_exactly(promotion):
    project = make.eligible(promotion)
    make.signed_reading(project)
    make.signed_reading(project, relevance=0)
    project.refresh_from_db()
    assert project.score == (19 + 15) * 60 // 2


def test_a_recused_sheet_no_longer_counts(promotion, claire, diane):
    project = make.eligible(promotion)
    review = make.signed_reading(project, who=claire)
    recuse_reader(project, person=claire, reason="Lien familial", by=diane, at=timezone.now())
    project.refresh_from_db()
    review.sheet.refresh_from_db()
    assert (project.reviews_signed, project.score) == (0, None)
    assert review.sheet.status == SheetStatus.RECUSED
    assert not readings_of(claire).exists()


def test_a_severe_sheet_is_explained(promotion, claire):
    review = make.reading(make.eligible(promotion), who=claire)
    with pytest.raises(CommentMissing):
        sign_review(review, by=claire, at=timezone.now(), marks=dict.fromkeys(make.MARKS, 1))
    review.sheet.refresh_from_db()
    assert review.sheet.status == SheetStatus.DRAFT


def test_others_marks_are_hidden_until_mine_are_signed(promotion):
    project = make.eligible(promotion)
    first = make.signed_reading(project)
    mine = make.reading(project)
    assert list(others_signed(mine)) == []
    sign_review(mine, by=mine.reader, at=timezone.now(), marks=make.MARKS, comment="Bien.")
    assert list(others_signed(mine)) == [first]


def test_once_decided_a_project_is_no_longer_marked(promotion, claire):
    project = make.eligible(promotion)
    review = make.reading(project, who=claire)
    make.decide(project, Outcome.DECLINED)
    with pytest.raises(ReadingOver):
        sign_review(review, by=claire, at=timezone.now(), marks=make.MARKS)
