"""An outside juror comes in by a link and a code, sees the jury day and nothing else, and it closes alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from eig.mail.models import Message
from matching.interviews.actions.day_pass import (
    MOST_CODES,
    MOST_TRIES,
    PassClosed,
    TooManyCodes,
    WrongCode,
    enter_by_code,
    revoke_day_pass,
    send_day_code,
    send_day_passes,
)
from matching.interviews.models import DayPass
from tests.factories import interviews
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(promotion, diane):
    """Someone from outside, whose panel sits now."""
    return interviews.juror(promotion, diane, person("Inès", "Invitée"), kind="outside", organisation="CNRS")


@pytest.fixture
def panel(promotion, diane, guest):
    starts = timezone.now().replace(minute=0, second=0, microsecond=0)
    return interviews.panel(promotion, diane, [guest], starts=starts, hours=2)


@pytest.fixture
def link(promotion, diane, panel):
    day = timezone.localtime(panel.during.lower).date()
    assert send_day_passes(promotion, day=day, by=diane, at=timezone.now()) == 1
    body = Message.objects.get(kind="interviews/day_pass").body
    return re.search(r"/auditions/acces/[\w-]+/", body).group()


def code_of(link: str) -> str:
    body = Message.objects.filter(kind="interviews/day_code").order_by("-pk")[0].body
    return re.search(r"\b(\d{3} \d{3})\b", body).group(1)


def entered(link: str) -> Client:
    browser = Client()
    browser.post(link)
    browser.post(link, {"code": code_of(link)})
    return browser


def test_a_link_then_a_code_open_the_jury_day(link, panel):
    browser = Client()
    page = browser.get(link)
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]
    browser.post(link)
    response = browser.post(link, {"code": code_of(link)})
    assert (response.status_code, response.headers["Location"]) == (302, "/auditions/jury/")
    assert panel.name in browser.get("/auditions/jury/").text


def test_the_token_and_the_code_are_not_kept(link):
    Client().post(link)
    kept = DayPass.objects.get()
    token = link.split("/")[-2]
    code = code_of(link).replace(" ", "")
    assert token not in repr(kept.__dict__)
    assert code not in repr({key: value for key, value in kept.__dict__.items() if "hash" in key})


def test_the_session_sees_the_day_and_nothing_else(link, panel):
    browser = entered(link)
    assert browser.get(f"/auditions/salles/{panel.code}/").status_code == 200
    for path in ("/mon-espace/", "/compte/email/", "/candidatures/", "/projets/", "/auditions/", "/"):
        response = browser.get(path)
        assert (response.status_code, response.headers.get("Location")) == (302, "/auditions/jury/"), path


def test_a_code_serves_once_and_is_tried_five_times(link):
    Client().post(link)
    row, code = DayPass.objects.get(), code_of(link)
    now = timezone.now()
    for _ in range(MOST_TRIES):
        with pytest.raises(WrongCode):
            enter_by_code(row, code="000 000" if code != "000 000" else "111 111", at=now)
    with pytest.raises(WrongCode):
        enter_by_code(row, code=code, at=now)
    send_day_code(row, at=now)
    fresh = code_of(link)
    enter_by_code(row, code=fresh, at=now)
    with pytest.raises(WrongCode):
        enter_by_code(row, code=fresh, at=now)


def test_a_code_lasts_fifteen_minutes(link):
    row, now = DayPass.objects.get(), timezone.now()
    send_day_code(row, at=now)
    with pytest.raises(WrongCode):
        enter_by_code(row, code=code_of(link), at=now + timedelta(minutes=16))


def test_codes_are_counted(link):
    row, now = DayPass.objects.get(), timezone.now()
    for _ in range(MOST_CODES):
        send_day_code(row, at=now)
    with pytest.raises(TooManyCodes):
        send_day_code(row, at=now)


def test_the_link_opens_for_its_day_only(link, panel):
    row = DayPass.objects.get()
    for at in (row.opens_at - timedelta(minutes=1), row.expires_at):
        with pytest.raises(PassClosed):
            send_day_code(row, at=at)


def test_what_was_opened_closes_alone(link):
    browser = entered(link)
    DayPass.objects.update(
        expires_at=timezone.now() - timedelta(seconds=1), opens_at=timezone.now() - timedelta(days=1)
    )
    response = browser.get("/auditions/jury/")
    assert response.status_code == 302
    assert "_auth_user_id" not in browser.session


def test_closing_a_pass_ends_what_it_opened(link, diane):
    browser = entered(link)
    revoke_day_pass(DayPass.objects.select_related("juror").get(), by=diane, at=timezone.now())
    assert browser.get("/auditions/jury/").status_code == 302
    assert Client().get(link).status_code == 404


def test_sending_again_closes_the_former_link(link, promotion, diane, panel):
    day = timezone.localtime(panel.during.lower).date()
    send_day_passes(promotion, day=day, by=diane, at=timezone.now())
    assert Client().get(link).status_code == 404
    assert DayPass.objects.filter(revoked_at__isnull=True).count() == 1


def test_an_unknown_link_does_not_exist():
    assert Client().get("/auditions/acces/nimporte-quoi/").status_code == 404


def test_the_team_has_no_such_link(promotion, diane, panel):
    staff = interviews.juror(promotion, diane, diane, kind="outside")
    day = timezone.localtime(panel.during.lower).date()
    assert send_day_passes(promotion, day=day, by=diane, at=timezone.now(), jurors=[staff]) == 0


def test_the_team_follows_the_day(promotion, diane, panel, link):
    page = signed_in(diane).get(f"/pilotage/{promotion.code}/auditions/jour-j/").text
    assert panel.name in page
    assert "Invitée" in page
    signed_in(diane).post(f"/pilotage/{promotion.code}/auditions/jour-j/acces/", {"day": "pas-une-date"})
    assert DayPass.objects.filter(revoked_at__isnull=True).count() == 1
