"""Marks: kept as far as they are good, signed alone, hidden from who has not signed. On both calls."""

import re

import pytest
from django.utils import timezone

from eig.evaluation.actions import CommentMissing, ReadingOver, save_review, sign_review
from eig.evaluation.choices import SheetStatus
from eig.evaluation.queries import others_signed
from tests.people import signed_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def review(call, promotion, claire):
    call.reader(promotion, claire)
    return call.assigned(call.dossier(promotion), claire)


def kept(review) -> dict[str, int]:
    return dict(review.sheet.marks.order_by("pk").values_list("criterion__code", "value"))


def test_the_grid_saves_itself_and_says_when(call, review):
    code = next(iter(call.marks(review.dossier.promotion)))
    answer = signed_in(review.reader).post(
        call.url("review_edit", review.sheet.code), {f"mark_{code}": "4"}, headers=HTMX
    )
    assert answer.status_code == 200
    assert "Enregistré à" in answer.content.decode()
    assert kept(review) == {code: 4}


def test_a_grid_half_wrong_keeps_what_is_right_and_says_what_is_not(call, review):
    good, wrong, *_ = call.marks(review.dossier.promotion)
    typed = {f"mark_{good}": "4", f"text_{good}": "Net.", f"mark_{wrong}": "9", "comment": "Un mot."}
    client, address = signed_in(review.reader), call.url("review_edit", review.sheet.code)
    answer = client.post(address, typed, headers=HTMX)
    assert answer.status_code == 422
    assert "tout n’est pas enregistré" in answer.content.decode()
    assert kept(review) == {good: 4}
    review.sheet.refresh_from_db()
    assert review.sheet.comment == "Un mot."
    assert review.sheet.marks.get().appreciation == "Net."
    again = client.post(address, {**typed, f"mark_{good}": "2"})
    assert again.status_code == 422
    assert kept(review) == {good: 2}


def seen_on(answer) -> str:
    return re.search(r'name="seen" value="(\w+)"', answer.content.decode())[1]


def test_a_grid_written_in_another_tab_is_not_overwritten_unseen(call, review):
    first, second, *_ = call.marks(review.dossier.promotion)
    client, address = signed_in(review.reader), call.url("review_edit", review.sheet.code)
    opened = seen_on(client.get(address))
    one = {f"mark_{first}": "4", "comment": "Dans le premier onglet", "seen": opened}
    assert client.post(address, one, headers=HTMX).status_code == 200
    # The same once more, when the answer was lost on the way, is no conflict.
    again = client.post(address, one, headers=HTMX)
    assert (again.status_code, seen_on(again) != opened) == (200, True)
    other = {f"mark_{second}": "2", "comment": "Dans le second", "seen": opened}
    stale = client.post(address, other, headers=HTMX)
    assert stale.status_code == 409
    assert "data-conflict" in stale.content.decode()
    assert "Dans le premier onglet" in stale.content.decode()
    assert kept(review) == {first: 4}
    # Without JavaScript too: the page says so, and its next post knows what it replaces.
    page = client.post(address, other)
    assert page.status_code == 422
    assert "modifiée ailleurs" in page.content.decode()
    client.post(address, {**other, "seen": seen_on(page)})
    review.sheet.refresh_from_db()
    assert (kept(review), review.sheet.comment) == ({first: 4, second: 2}, "Dans le second")


def test_who_asks_to_sign_while_the_grid_saves_itself_is_not_told_it_changed(call, review):
    """The page was still waiting for the answer to its own save: nothing of it is lost, and all is kept."""
    promotion = review.dossier.promotion
    first = next(iter(call.marks(promotion)))
    client, address = signed_in(review.reader), call.url("review_edit", review.sheet.code)
    opened = seen_on(client.get(address))
    client.post(address, {f"mark_{first}": "4", "comment": "Un pro", "seen": opened}, headers=HTMX)
    whole = {**call.typed(promotion), "comment": "Un projet solide.", "seen": opened, "then": "sign"}
    assert client.post(address, whole).headers["Location"] == call.url("review_sign", review.sheet.code)
    review.sheet.refresh_from_db()
    assert review.sheet.comment == "Un projet solide."
    # A mark that it did not send is somebody else's: another tab's.
    assert client.post(address, {**whole, f"mark_{first}": "1"}).status_code == 422


def test_a_signed_grid_stops_saving_itself(call, review):
    client, address = signed_in(review.reader), call.url("review_edit", review.sheet.code)
    typed = call.typed(review.dossier.promotion, 4)
    client.post(address, typed, headers=HTMX)
    sign_review(review, by=review.reader, at=timezone.now())
    late = client.post(address, call.typed(review.dossier.promotion, 2), headers=HTMX)
    assert late.status_code == 423
    assert "<html" not in late.content.decode()
    assert set(kept(review).values()) == {4}


def test_a_refused_signature_shows_nothing_of_the_others(call, review):
    """Severe and unexplained: the page asks for a word, and must not believe a signature that failed."""
    promotion = review.dossier.promotion
    call.signed(review.dossier, call.reader(promotion))
    with pytest.raises(CommentMissing):
        sign_review(review, by=review.reader, at=timezone.now(), marks=call.marks(promotion, 1))
    assert review.sheet.status == SheetStatus.DRAFT
    assert review.sheet.signed_at is None
    assert not others_signed(review).exists()
    client, address = signed_in(review.reader), call.url("review_edit", review.sheet.code)
    answer = client.post(address, {**call.typed(promotion, 1), "then": "sign"})
    assert answer.status_code == 422
    assert "expliquez-la en quelques mots" in answer.content.decode()
    assert "Les autres lectures" not in answer.content.decode()
    assert f'name="mark_{next(iter(call.marks(promotion)))}"' in answer.content.decode()
    # What was typed is kept all the same, and the page to sign offers no signature.
    assert set(kept(review).values()) == {1}
    page = client.get(call.url("review_sign", review.sheet.code)).content.decode()
    assert "expliquez-la en quelques mots" in page
    assert 'name="read"' not in page


def test_a_sheet_said_signed_in_memory_opens_nothing(call, review):
    call.signed(review.dossier, call.reader(review.dossier.promotion))
    review.sheet.status = SheetStatus.SIGNED
    assert not others_signed(review).exists()


def test_others_marks_open_once_mine_are_signed(call, review):
    promotion = review.dossier.promotion
    other = call.signed(review.dossier, call.reader(promotion))
    sign_review(review, by=review.reader, at=timezone.now(), marks=call.marks(promotion))
    assert list(others_signed(review)) == [other]


def test_signed_sheets_list_their_criteria_in_the_order_of_the_grid(call, review):
    """Whatever the order in which the marks were saved: two sheets are compared row by row."""
    promotion = review.dossier.promotion
    for code in reversed(call.marks(promotion)):
        save_review(review, by=review.reader, at=timezone.now(), marks={code: 4})
    sign_review(review, by=review.reader, at=timezone.now())
    address = call.url("review_detail", review.sheet.code)
    said = signed_in(review.reader).get(address).content.decode()
    labels = [item.label for item in review.sheet.grid.criteria.order_by("rank", "pk")]
    assert [said.index(label) for label in labels] == sorted(said.index(label) for label in labels)


def test_who_lost_the_reading_while_writing_is_told(call, review):
    """The team took it back: the marks are refused with a reason."""
    call.model.objects.filter(pk=review.pk).delete()
    review.sheet.delete()
    review.sheet_id = 0
    with pytest.raises(ReadingOver, match="l’équipe l’a reprise"):
        save_review(review, by=review.reader, at=timezone.now(), marks=call.marks(review.dossier.promotion))
