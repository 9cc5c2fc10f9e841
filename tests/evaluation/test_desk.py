"""A reader at their desk: the list, the next dossier, the grid read again, then signed. On both calls."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from eig.evaluation.actions import amend_anchors
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Recusal
from tests.people import signed_in
from tests.signing import sign_on_screen


def status_of(review) -> str:
    review.sheet.refresh_from_db()
    return review.sheet.status


def opened(client, call, review) -> str:
    return client.get(call.url("review_edit", review.sheet.code)).content.decode()


@pytest.fixture
def desk(call, promotion, claire):
    """Claire, in front of a dossier."""
    call.reader(promotion, claire)
    return signed_in(claire), call.assigned(call.dossier(promotion), claire)


def test_nothing_on_the_page_of_the_grid_signs(call, promotion, desk):
    """Only the page where the marks are read again does, once they are shown."""
    client, review = desk
    grid = call.url("review_edit", review.sheet.code)
    assert not re.search(r'formaction="[^"]*/signer/"', opened(client, call, review))
    typed = {**call.typed(promotion), "comment": "Un projet solide.", "then": "sign"}
    asked = client.post(grid, typed)
    assert asked.headers["Location"] == call.url("review_sign", review.sheet.code)
    page = client.get(asked.headers["Location"]).content.decode()
    assert "Un projet solide." in page
    assert status_of(review) == SheetStatus.DRAFT
    # As the former page did, with the marks typed on it: nothing is signed unread.
    again = client.post(call.url("review_sign", review.sheet.code), typed)
    assert again.status_code == 200
    assert status_of(review) == SheetStatus.DRAFT
    done = sign_on_screen(client, call.app, review.sheet.code, typed)
    assert done.redirect_chain[-1][0] == call.url(call.list_name)
    assert "est signée" in done.content.decode()
    assert status_of(review) == SheetStatus.SIGNED


def test_what_is_signed_is_what_was_read(call, promotion, desk):
    """Changed since, in another tab: it is not signed, and the words of both are kept."""
    client, review = desk
    grid, sign = (call.url(name, review.sheet.code) for name in ("review_edit", "review_sign"))
    client.post(grid, {**call.typed(promotion, 4), "comment": "Lu."})
    read = re.search(r'name="read" value="(\w+)"', client.get(sign).content.decode())[1]
    client.post(grid, {**call.typed(promotion, 4), "comment": "Écrit ensuite."})
    refused = client.post(sign, {"read": read}, follow=True)
    assert "modifiée ailleurs" in refused.content.decode()
    assert "Écrit ensuite." in refused.content.decode()
    assert status_of(review) == SheetStatus.DRAFT


def test_a_grid_that_lacks_something_says_so_before_the_page_to_sign(call, promotion, desk):
    client, review = desk
    first, *rest = call.marks(promotion)
    grid = call.url("review_edit", review.sheet.code)
    refused = client.post(grid, {f"mark_{first}": "4", "comment": "Un début.", "then": "sign"})
    assert refused.status_code == 422
    assert "Il reste à noter" in refused.content.decode()
    assert "Un début." in refused.content.decode()
    assert review.sheet.marks.count() == 1
    page = client.get(call.url("review_sign", review.sheet.code))
    assert (page.status_code, 'name="read"' in page.content.decode()) == (200, False)
    assert all(code in str(call.marks(promotion)) for code in rest)


def test_one_goes_on_to_what_is_assigned_then_to_the_queue(call, promotion, claire):
    call.reader(promotion, claire)
    first, second = (call.assigned(call.dossier(promotion), claire) for _ in range(2))
    third, client = call.dossier(promotion), signed_in(claire)
    onward = client.post(call.url("review_edit", first.sheet.code), {"then": "next"})
    assert onward.headers["Location"] == call.url("review_edit", second.sheet.code)
    typed = call.typed(promotion)
    signed = sign_on_screen(client, call.app, first.sheet.code, typed, then="next")
    assert signed.redirect_chain[0][0] == call.url("review_edit", second.sheet.code)
    signed = sign_on_screen(client, call.app, second.sheet.code, typed, then="next")
    taken = call.model.objects.get(**{call.model.KIND.dossier: third})
    assert signed.redirect_chain[0][0] == call.url("review_edit", taken.sheet.code)
    assert taken.held_until


def test_the_list_says_what_is_left_and_until_when_a_place_is_held(call, promotion, claire):
    call.reader(promotion, claire)
    signed, client = call.signed(call.dossier(promotion), claire), signed_in(claire)
    call.dossier(promotion)
    listed, take = call.url(call.list_name), call.url(call.desk.take, promotion.code)
    assert take in client.get(listed).content.decode()
    client.post(take)
    page = client.get(listed).content.decode()
    assert "réservé jusqu’à" in page
    assert "Lire la suivante" in page
    assert call.url("review_edit", signed.sheet.code) in page


def test_the_list_is_nobody_elses_business(call, promotion, claire, emile):
    assert signed_in(emile).get(call.url(call.list_name)).status_code == 404
    assert signed_in(emile).post(call.url("reading_shortcuts")).status_code == 404
    call.reader(promotion, claire)
    assert "Aucune lecture" in signed_in(claire).get(call.url(call.list_name)).content.decode()


def test_the_list_asks_as_much_for_three_as_for_twelve(call, promotion, claire):
    call.reader(promotion, claire)
    client, costs = signed_in(claire), []
    for count in (3, 9):
        for _ in range(count):
            call.assigned(call.dossier(promotion), claire)
        client.get(call.url(call.list_name))
        with CaptureQueriesContext(connection) as caught:
            client.get(call.url(call.list_name))
        costs.append(len(caught))
    assert costs[0] == costs[1] <= 15


def test_shortcuts_can_be_switched_off(call, desk):
    client, review = desk
    assert 'data-reading="shortcuts"' in opened(client, call, review)
    client.post(call.url("reading_shortcuts"), {"sheet": str(review.sheet.code)})
    assert 'data-reading=""' in opened(client, call, review)
    assert client.post(call.url("reading_shortcuts"), {"sheet": "x"}).status_code == 302


def test_stepping_aside_has_its_page_and_keeps_the_reason_typed(call, desk):
    client, review = desk
    door = call.url("review_recuse", review.sheet.code)
    assert door in opened(client, call, review)
    assert "ne s’annule pas" in client.get(door).content.decode()
    assert client.post(door, {"reason": " "}).status_code == 422
    long = client.post(door, {"reason": "Un lien. " * 60})
    assert long.status_code == 422
    assert "Un lien. Un lien." in long.content.decode()
    assert status_of(review) == SheetStatus.DRAFT
    done = client.post(door, {"reason": "Un lien"}, follow=True)
    assert done.redirect_chain[-1][0] == call.url(call.list_name)
    assert status_of(review) == SheetStatus.RECUSED
    assert Recusal.objects.get().reason == "Un lien"


def test_a_signed_sheet_shows_all_that_was_written(call, promotion, desk):
    client, review = desk
    first = next(iter(call.marks(promotion)))
    verdict, told = review.sheet.grid.verdicts[0]
    typed = {
        **call.typed(promotion),
        f"text_{first}": "Très net.",
        "comment": "Dans l’ensemble, oui.",
        "verdict": verdict,
        "favourite": "on",
    }
    sign_on_screen(client, call.app, review.sheet.code, typed)
    for name in ("review_edit", "review_detail"):
        page = client.get(call.url(name, review.sheet.code)).content.decode()
        for words in ("Très net.", "Dans l’ensemble, oui.", str(told), "Coup de cœur", "/ 5"):
            assert words in page, (name, words)


def test_a_rewording_of_the_anchors_is_told_on_the_grid(call, promotion, desk, diane):
    client, review = desk
    criterion = review.sheet.grid.criteria.order_by("rank", "pk")[0]
    anchors = {mark: f"{words} Précisé." for mark, words in criterion.anchors.items()}
    amend_anchors(criterion, anchors=anchors, reason="C’était flou.", by=diane, at=timezone.now())
    assert "C’était flou." in opened(client, call, review)
