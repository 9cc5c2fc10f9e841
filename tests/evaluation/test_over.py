"""A reading that is over closes its dossier, and leaves the sheet that was signed. On both calls."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from eig.evaluation.actions import NothingLeft, ReadingOver, declare_no_conflict, save_review, sign_review
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Recusal
from eig.mail.models import Message
from eig.promotions.models import Phase
from tests.people import signed_in

HTMX = {"HX-Request": "true"}


def prepared(call, dossier):
    call.propose(dossier)


def published(call, dossier):
    call.publish(dossier)


def phase_over(call, dossier):
    phase = Phase.objects.filter(promotion=dossier.promotion, kind=call.model.KIND.phase)
    phase.update(closes_at=timezone.now() - timedelta(minutes=1))


@pytest.fixture(params=[prepared, published, phase_over], ids=lambda end: end.__name__)
def end(request):
    return request.param


def text_of(dossier) -> str:
    """A sentence of the dossier, as a reader reads it."""
    return next(answer for answer in dossier.answers.values() if isinstance(answer, str) and len(answer) > 30)


def page(client, address, **how) -> str:
    response = client.get(address, **how)
    assert response.status_code == 200
    return response.content.decode()


def test_the_dossier_is_closed_and_the_signed_sheet_stays(call, promotion, claire, end):
    dossier = call.dossier(promotion)
    call.reader(promotion, claire)
    review = call.signed(dossier, claire)
    call.signed(dossier, call.reader(promotion))
    client, address = signed_in(claire), call.url("review_edit", review.sheet.code)
    assert str(text_of(dossier))[:30] in page(client, address)
    end(call, dossier)
    assert client.get(address).status_code == 404
    own = call.url("review_detail", review.sheet.code)
    assert f'href="{address}"' not in page(client, call.url(call.list_name))
    assert own in page(client, call.url(call.list_name))
    kept = page(client, own)
    assert text_of(dossier)[:30] not in kept
    for mark in review.sheet.marks.select_related("criterion").order_by("pk"):
        assert mark.criterion.label in kept
    assert review.sheet.comment in kept


def test_an_unsigned_reading_is_closed_too_and_its_deeds_say_why(call, promotion, claire, end):
    dossier = call.dossier(promotion)
    call.reader(promotion, claire)
    review = call.assigned(dossier, claire)
    client, address = signed_in(claire), call.url("review_edit", review.sheet.code)
    end(call, dossier)
    assert client.get(address).status_code == 404
    assert client.get(call.url("review_detail", review.sheet.code)).status_code == 404
    assert f'href="{address}"' not in page(client, call.url(call.list_name))
    typed = call.typed(promotion)
    said = client.post(address, typed, headers=HTMX).content.decode()
    assert "n’est plus en lecture" in said
    for name in ("review_edit", "review_sign"):
        away = client.post(call.url(name, review.sheet.code), typed, follow=True)
        assert away.redirect_chain[-1][0] == call.url(call.list_name)
        assert "n’est plus en lecture" in away.content.decode()
        assert text_of(dossier)[:30] not in away.content.decode()
    assert not review.sheet.marks.exists()
    with pytest.raises(ReadingOver):
        save_review(review, by=claire, at=timezone.now(), marks=call.marks(promotion))
    with pytest.raises(ReadingOver):
        sign_review(review, by=claire, at=timezone.now(), marks=call.marks(promotion))


def test_a_reading_never_opened_does_not_open_any_more(call, promotion, claire, end):
    dossier = call.dossier(promotion)
    call.reader(promotion, claire)
    review = call.assigned(dossier, claire, cleared=False)
    client, address = signed_in(claire), call.url("review_edit", review.sheet.code)
    assert client.get(address, follow=True).status_code == 200
    end(call, dossier)
    assert client.get(address, follow=True).status_code == 404
    with pytest.raises(ReadingOver):
        declare_no_conflict(review, by=claire, at=timezone.now())
    review.refresh_from_db()
    assert review.cleared_at is None


def test_what_is_over_is_handed_to_nobody(call, promotion, end):
    dossier, reader = call.dossier(promotion), call.reader(promotion)
    end(call, dossier)
    with pytest.raises(NothingLeft):
        call.take(promotion, reader)
    assert call.actions.hand_out_readings(promotion, by=None, at=timezone.now()).pairs == ()
    with pytest.raises(ReadingOver):
        call.actions.assign_reader(dossier, reader=reader, by=None, at=timezone.now())


def test_a_proposal_taken_back_opens_the_reading_again(call, promotion, claire, diane):
    dossier = call.dossier(promotion)
    call.reader(promotion, claire)
    review = call.assigned(dossier, claire)
    decision = call.propose(dossier)
    client, address = signed_in(claire), call.url("review_edit", review.sheet.code)
    assert client.get(address).status_code == 404
    decision.delete()
    assert text_of(dossier)[:30] in page(client, address)


def test_a_phase_closed_by_the_team_is_over(call, promotion, claire):
    call.reader(promotion, claire)
    review = call.assigned(call.dossier(promotion), claire)
    Phase.objects.filter(promotion=promotion, kind=call.model.KIND.phase).update(closed_at=timezone.now())
    address = call.url("review_edit", review.sheet.code)
    assert signed_in(claire).get(address).status_code == 404


def test_nobody_elses_signed_sheet_can_be_read(call, promotion, claire):
    other = call.reader(promotion)
    review = call.signed(call.dossier(promotion), call.reader(promotion, claire))
    address = call.url("review_detail", review.sheet.code)
    assert signed_in(other).get(address).status_code == 404
    assert signed_in(claire).get(address).status_code == 200


def test_stepping_aside_after_the_decision_moves_no_mark_and_tells_the_team(call, promotion, claire):
    """The mark that was decided on, and that hands auditions out later, holds still."""
    dossier = call.dossier(promotion)
    call.reader(promotion, claire)
    review = call.signed(dossier, claire)
    rows = type(dossier).objects.filter(pk=dossier.pk)
    call.signed(dossier, call.reader(promotion))
    call.publish(dossier)
    before = rows.values("score", "reviews_signed").get()
    browser = signed_in(claire)
    mine = browser.get(call.url("review_detail", review.sheet.code)).content.decode()
    door = call.url("review_recuse", review.sheet.code)
    assert door in mine
    assert "reste dans la note" in browser.get(door).content.decode()
    browser.post(door, {"reason": "Un lien découvert"})
    assert rows.values("score", "reviews_signed").get() == before
    assert Recusal.objects.get().reason == "Un lien découvert"
    review.sheet.refresh_from_db()
    assert review.sheet.status == SheetStatus.SIGNED
    told = Message.objects.get(kind="evaluation/recused_after_decision")
    assert told.to_email == settings.CONTACT_EMAIL
    assert "Un lien découvert" in told.body
