"""Whose place it is: held for half an hour, given back unopened, firm once opened. On both calls."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from eig.evaluation.actions import (
    HELD_FOR,
    NotAReader,
    NothingLeft,
    ReaderBarred,
    ReadingOver,
    ask_reading,
    declare_no_conflict,
    give_back_places,
    save_review,
)
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Grid, Reader, Sheet
from eig.evaluation.queries.reading import open_to, readable_by, readings_of, waiting
from eig.journal.models import Entry
from tests.people import person
from tests.repository.world.crowd import again
from tests.together import together


def test_what_lacks_readings_most_comes_first(call, promotion):
    read, unread = call.dossier(promotion), call.dossier(promotion)
    call.signed(read, call.reader(promotion))
    reader = call.reader(promotion)
    first = call.take(promotion, reader)
    assert first.dossier == unread
    assert first.held_until > timezone.now()
    assert call.take(promotion, reader).dossier == read
    with pytest.raises(NothingLeft):
        call.take(promotion, reader)


def test_only_an_appointed_reader_asks(call, promotion, emile):
    call.dossier(promotion)
    with pytest.raises(NotAReader):
        call.take(promotion, emile)


def test_a_full_reader_is_told_so(call, promotion):
    call.dossier(promotion)
    reader = call.reader(promotion)
    Reader.objects.filter(person=reader).update(cap=0)
    with pytest.raises(NothingLeft, match="atteint le nombre de lectures"):
        call.take(promotion, reader)


def test_a_place_not_opened_in_half_an_hour_is_given_back_and_the_journal_keeps_it(call, promotion):
    call.required(promotion, 1)
    dossier = call.dossier(promotion)
    one, two = call.reader(promotion), call.reader(promotion)
    left = call.take(promotion, one)
    with pytest.raises(NothingLeft):
        call.take(promotion, two, minutes=29)
    assert call.take(promotion, two, minutes=31).dossier == dossier
    assert not call.model.objects.filter(pk=left.pk).exists()
    assert not Sheet.objects.filter(pk=left.sheet_id).exists()
    kept = Entry.objects.get(verb="release_reading")
    assert kept.record_id == dossier.pk
    assert kept.data["reader"] == one.pk


def test_a_place_given_back_does_not_open_any_more(call, promotion):
    call.dossier(promotion)
    reader = call.reader(promotion)
    left = call.take(promotion, reader)
    assert give_back_places(call.model, promotion, at=timezone.now() + timedelta(minutes=31)) == 1
    with pytest.raises(ReadingOver, match="n’a pas été ouverte à temps"):
        declare_no_conflict(left, by=reader, at=timezone.now())
    assert left.cleared_at is None


def test_an_opened_place_is_never_taken_from_under_its_reader(call, promotion):
    """Opened, without a mark yet: reading may take longer than half an hour."""
    call.required(promotion, 1)
    call.dossier(promotion)
    reader, other = call.reader(promotion), call.reader(promotion)
    review = call.take(promotion, reader)
    declare_no_conflict(review, by=reader, at=timezone.now() + timedelta(minutes=20))
    with pytest.raises(NothingLeft):
        call.take(promotion, other, minutes=9 * 24 * 60)
    late = timezone.now() + timedelta(days=9)
    assert give_back_places(call.model, promotion, at=late) == 0
    code = next(iter(call.marks(promotion)))
    save_review(review, by=reader, at=late, marks={code: 3})
    review.refresh_from_db()
    assert review.held_until is None
    assert review.sheet.marks.get().value == 3


def test_what_the_team_hands_out_is_never_given_back(call, promotion):
    dossier, reader = call.dossier(promotion), call.reader(promotion)
    call.assigned(dossier, reader, cleared=False)
    assert give_back_places(call.model, promotion, at=timezone.now() + timedelta(days=9)) == 0


def test_nobody_is_handed_their_own_dossier(call, promotion):
    """By the distribution, the queue, the team's hand: the writer may also be a reader."""
    dossier = call.dossier(promotion)
    writer = getattr(dossier, "candidate", None) or dossier.leads.get().person
    # Written by hand: since then, who applies is appointed no more.
    Reader.objects.create(
        promotion=promotion, person=writer, stage=call.model.KIND.stage, appointed_at=timezone.now()
    )
    made = call.actions.hand_out_readings(promotion, by=None, at=timezone.now())
    assert made.pairs == ()
    assert made.unmet == {dossier.pk: 2}
    with pytest.raises(NothingLeft):
        call.take(promotion, writer)
    with pytest.raises(ReaderBarred):
        call.actions.assign_reader(dossier, reader=writer, by=None, at=timezone.now())


def test_two_readers_never_take_the_same_last_place(call, promotion_committed):
    """Rounds of one place left and two people who ask at the same instant."""
    promotion = promotion_committed
    readers = [call.reader(promotion, person(f"Rapide{rank}", "Lecteur")) for rank in range(2)]
    first = call.reader(promotion)
    for _ in range(3):
        dossier = call.dossier(promotion)
        call.signed(dossier, first)
        got = []

        def ask(who, got=got):
            got.append(call.take(promotion, who))

        raised = together(*(lambda who=who: ask(who) for who in readers))
        assert [type(error) for error in raised] == [NothingLeft]
        assert [review.dossier for review in got] == [dossier]
        assert dossier.reviews.count() == 2


def test_a_place_being_opened_is_not_given_back(call, promotion_committed):
    """The half hour is over: either the reader opened first and stays, or the place is gone and said so."""
    promotion, reader = promotion_committed, call.reader(promotion_committed)
    for _ in range(3):
        call.dossier(promotion)
        review = call.take(promotion, reader)
        late = timezone.now() + HELD_FOR + timedelta(minutes=1)
        raised = together(
            lambda review=review, late=late: declare_no_conflict(review, by=reader, at=late),
            lambda late=late: give_back_places(call.model, promotion, at=late),
        )
        assert all(isinstance(error, ReadingOver) for error in raised), raised
        kept = call.model.objects.filter(pk=review.pk).first()
        assert (kept is None) == bool(raised)
        if kept:
            assert kept.cleared_at == late


def test_a_recusal_under_way_never_breaks_a_distribution(call, promotion_committed):
    """Whoever comes first, nobody reads what they stepped aside from, and no one sees an error."""
    promotion = promotion_committed
    for _ in range(3):
        dossier, reader = call.dossier(promotion), call.reader(promotion)

        def aside(dossier=dossier, reader=reader):
            call.actions.recuse_reader(dossier, person=reader, reason="Un lien", by=reader, at=timezone.now())

        raised = together(
            aside, lambda: call.actions.hand_out_readings(promotion, by=None, at=timezone.now())
        )
        assert raised == []
        held = call.model.objects.filter(reader=reader, **{call.model.KIND.dossier: dossier})
        assert not held.exclude(sheet__status="recused").exists()


def test_nobody_is_handed_what_they_are_tied_to(call, promotion):
    """The same name as somebody of the dossier is a sign: queue and distribution keep away from it."""
    dossier = call.dossier(promotion)
    writer = getattr(dossier, "candidate", None) or dossier.leads.get().person
    cousin = person("Côme", writer.last_name)
    call.reader(promotion, cousin)
    with pytest.raises(NothingLeft):
        call.take(promotion, cousin)
    assert call.actions.hand_out_readings(promotion, by=None, at=timezone.now()).pairs == ()
    with pytest.raises(NothingLeft):
        ask_reading(call.model, dossier, ties=call.desk.ties, by=cousin, at=timezone.now())
    # A sign is no proof: the team may still decide otherwise.
    assert call.actions.assign_reader(dossier, reader=cousin, by=None, at=timezone.now()).reader == cousin


def test_of_sixty_times_sixty_pairs_nobody_reads_what_they_stepped_aside_from(call, promotion):
    """Lists, pages, files, searches, exports and counts of readers all begin by one of these questions."""
    model, now, chance = call.model, timezone.now(), random.Random(60)
    first = call.dossier(promotion)
    names = [field.name for field in type(first)._meta.concrete_fields]
    applicants = [person(f"Dépose{rank}") for rank in range(59)] if "candidate" in names else [None] * 59
    dossiers = [first, *(again(first, **({"candidate": who} if who else {})) for who in applicants)]
    readers = [person(f"Lit{rank}") for rank in range(60)]
    grid = Grid.objects.get(promotion=promotion, stage=model.KIND.stage)
    pairs = [(reader.pk, dossier.pk) for reader in readers for dossier in dossiers]
    recused = {pair for pair in pairs if chance.random() < 0.3}
    cleared = {pair for pair in pairs if chance.random() < 0.5}
    sheets = Sheet.objects.bulk_create(
        Sheet(
            grid=grid,
            evaluator_id=reader,
            status=SheetStatus.RECUSED if (reader, dossier) in recused else SheetStatus.DRAFT,
            created_at=now,
        )
        for reader, dossier in pairs
    )
    model._default_manager.bulk_create(
        model(
            reader_id=pair[0],
            sheet=sheet,
            assigned_at=now,
            cleared_at=now if pair in cleared else None,
            **{f"{model.KIND.dossier}_id": pair[1]},
        )
        for pair, sheet in zip(pairs, sheets, strict=True)
    )
    seen: dict[str, set[tuple[int, int]]] = {}
    for question in (readings_of, open_to, waiting, readable_by):
        rows = (question(model, reader).order_by() for reader in readers)
        seen[question.__name__] = {
            pair for row in rows for pair in row.values_list("reader_id", f"{model.KIND.dossier}_id")
        }
    assert seen.pop("readable_by") == cleared - recused
    assert list(seen.values()) == [set(pairs) - recused] * 3
