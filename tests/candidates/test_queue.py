"""The queue: least read first, a place for half an hour, one last place for one reader."""

from django.urls import reverse
from django.utils import timezone

from candidates.actions import take_next
from candidates.models import Review
from tests.factories import candidates as make
from tests.people import signed_in


def url(name: str, *args) -> str:
    return reverse(f"candidates:{name}", args=args)


def test_the_least_read_comes_first(promotion, claire):
    read, unread = make.submitted(promotion), make.submitted(promotion)
    make.signed(read, make.reader(promotion))
    make.reader(promotion, claire)
    assert take_next(promotion, by=claire, at=timezone.now()).application == unread


def test_the_grid_saves_itself_and_says_when(promotion, claire):
    make.reader(promotion, claire)
    review = make.assigned(make.submitted(promotion), claire)
    client, address = signed_in(claire), url("review_edit", review.sheet.code)
    response = client.post(address, {"mark_initiative": "4"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "Enregistré à" in response.content.decode()
    wrong = client.post(address, {"mark_initiative": "9"}, headers={"HX-Request": "true"})
    assert wrong.status_code == 422
    assert "tout n’est pas enregistré" in wrong.content.decode()


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
