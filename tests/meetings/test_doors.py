"""Webinars and advice through the browser: registering, the personal links, what staff see."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.mail.models import Message
from eig.meetings.actions import change_webinar
from eig.meetings.models import AdviceBooking, AdviceSlot, Registration, Webinar
from eig.meetings.queries import booking_token, project_ticket, registration_token
from eig.promotions.models import Promotion
from tests.factories import meetings as make
from tests.factories import projects as proposals
from tests.people import signed_in

PERSON = {"name": "Odile Fabre", "email": "odile@agent.example"}


@pytest.fixture(autouse=True)
def _forget_rates(db: None) -> None:
    cache.clear()


@pytest.fixture
def webinar(promotion: Promotion, diane: User) -> Webinar:
    return make.webinar(promotion, diane)


def url(name: str, *arguments: object) -> str:
    return reverse(f"meetings:{name}", args=arguments)


def link(kind: str) -> str:
    """The personal link of the latest letter to somebody without an account."""
    letters = Message.objects.filter(kind=f"meetings/{kind}", to_person=None).order_by("-pk")
    return re.search(r"(/(?:webinaires/inscriptions|rendez-vous/reservations)/\S+/)", letters[0].body)[1]


def test_a_visitor_registers_and_changes_their_mind(webinar: Webinar) -> None:
    browser = Client()
    answer = browser.post(url("webinar_detail", webinar.code), PERSON, follow=True)
    assert "Un message part à odile@agent.example" in answer.content.decode()
    mine = link("webinar_registered")
    page = browser.get(mine)
    assert "Vous avez une place" in page.content.decode()
    assert "visio.example" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store, private"
    assert b"BEGIN:VEVENT" in browser.get(f"{mine}agenda.ics").content
    browser.post(f"{mine}annuler/")
    assert "Cette inscription est annulée" in browser.get(mine).content.decode()


def test_the_page_does_not_tell_who_is_registered_nor_the_link(webinar: Webinar) -> None:
    make.registered(webinar, "Ana")
    browser = Client()
    pages = [
        browser.post(url("webinar_detail", webinar.code), {**PERSON, "email": email}, follow=True)
        for email in ("ana@agent.example", "bo@agent.example")
    ]
    said = [re.sub(r"\w+@agent", "x@agent", page.content.decode()) for page in pages]
    assert "C’est noté" in said[0]
    assert "C’est noté" in said[1]
    for page in (*pages, browser.get(url("webinar_download", webinar.code))):
        assert "visio.example" not in page.content.decode()


def test_a_full_webinar_offers_the_waiting_list_and_tells_the_rank(webinar: Webinar) -> None:
    for name in ("Ana", "Bo", "Cy"):
        make.registered(webinar, name)
    browser = Client()
    assert "Rejoindre la liste d’attente" in browser.get(url("webinar_detail", webinar.code)).content.decode()
    browser.post(url("webinar_detail", webinar.code), PERSON)
    page = browser.get(link("webinar_waiting")).content.decode()
    assert "Votre rang\u00a0: 2" in page
    assert "visio.example" not in page


@pytest.mark.parametrize("name", ["registration_detail", "booking_detail", "booking_move"])
@pytest.mark.parametrize("token", ["x", "a.b", "0" * 32, "0" * 32 + "." + "A" * 43])
def test_a_made_up_link_opens_nothing_and_says_what_to_do(db: None, name: str, token: str) -> None:
    page = Client().get(url(name, token))
    assert page.status_code == 404
    assert "Ce lien n’ouvre rien" in page.content.decode()


def test_a_link_opens_one_kind_of_thing(webinar: Webinar, diane: User) -> None:
    registration = make.registered(webinar, "Ana")
    token = registration_token(registration.code)
    assert Client().get(url("booking_detail", token)).status_code == 404
    assert Client().get(url("registration_detail", booking_token(registration.code))).status_code == 404


def test_bad_input_keeps_what_was_typed(webinar: Webinar) -> None:
    answer = Client().post(url("webinar_detail", webinar.code), {"name": "Odile", "email": "pas une adresse"})
    assert answer.status_code == 422
    assert "pas une adresse" in answer.content.decode()
    assert not Registration.objects.exists()


def test_one_address_is_not_written_to_without_end(webinar: Webinar) -> None:
    browser = Client()
    answers = [browser.post(url("webinar_detail", webinar.code), PERSON) for _ in range(12)]
    assert [answer.status_code for answer in answers][-1] == 422
    assert "Trop de messages" in answers[-1].content.decode()


def test_webinars_are_found_by_trade(promotion: Promotion, diane: User) -> None:
    design = list(promotion.trades.filter(code="design"))
    make.webinar(promotion, diane, title="Design seul", audience="candidates", trades=design)
    make.webinar(promotion, diane, title="Tous métiers", audience="candidates")
    page = Client().get(url("webinar_list", "eig-6"), {"trade": "developpement"}).content.decode()
    assert "Tous métiers" in page
    assert "Design seul" not in page
    assert Client().get(url("webinar_list", "eig-6"), {"trade": "inconnu"}).status_code == 200


def test_a_slot_is_booked_moved_and_cancelled(promotion: Promotion, diane: User) -> None:
    slots = make.slots(promotion, diane)
    browser = Client()
    first = url("advice_book", slots[0].code)
    assert first in browser.get(url("advice_list", "eig-6")).content.decode()
    done = browser.post(first, {**PERSON, "organisation": "Préfecture"}, follow=True)
    assert "C’est réservé" in done.content.decode()
    assert first not in browser.get(url("advice_list", "eig-6")).content.decode()
    mine = link("advice_booked")
    moved = browser.post(f"{mine}deplacer/", {"slot": slots[2].code}, follow=True)
    assert "est déplacé" in moved.content.decode()
    for odd in ("n’importe quoi", "\u00ad\u2060", uuid.uuid4()):
        assert browser.post(f"{mine}deplacer/", {"slot": odd}).status_code == 404
    assert AdviceBooking.objects.get().slot_id == slots[2].pk
    browser.post(f"{mine}annuler/")
    assert "Ce rendez-vous est annulé" in browser.get(mine).content.decode()


def test_who_comes_second_keeps_their_words_and_is_offered_others(promotion: Promotion, diane: User) -> None:
    slots = make.slots(promotion, diane)
    book = {**PERSON, "organisation": "Préfecture", "subject": "Une question longue à retaper"}
    Client().post(url("advice_book", slots[0].code), book)
    late = Client().post(url("advice_book", slots[0].code), {**book, "email": "bo@agent.example"})
    assert late.status_code == 409
    page = late.content.decode()
    assert "vient d’être pris" in page
    assert url("advice_book", slots[1].code) in page


def test_a_dossier_books_for_its_project(promotion: Promotion, diane: User, badis: User) -> None:
    slots = make.slots(promotion, diane)
    project = proposals.draft(promotion, lead=badis, complete=False)
    query = f"?projet={project_ticket(project.code)}"
    assert query in signed_in(badis).get(f"{url('advice_list', 'eig-6')}{query}").content.decode()
    signed_in(badis).post(
        f"{url('advice_book', slots[0].code)}{query}", {**PERSON, "organisation": "Préfecture"}
    )
    booking = AdviceBooking.objects.get()
    assert (booking.project_code, booking.person) == (project.code, badis)
    # A forged ticket is no ticket.
    forged = f"?projet={project.code.hex}.x"
    assert forged not in Client().get(f"{url('advice_list', 'eig-6')}{forged}").content.decode()


def test_staff_open_a_morning_and_see_who_comes(promotion: Promotion, diane: User) -> None:
    browser = signed_in(diane)
    day = (timezone.localtime() + timedelta(days=3)).date()
    data = {"adviser": diane.code, "day": day, "starts": "09:30", "ends": "12:00", "pause": 5, "link": ""}
    browser.post(url("staff_advice_open", "eig-6"), data)
    assert AdviceSlot.objects.count() == 6
    again = browser.post(url("staff_advice_open", "eig-6"), data, follow=True).content.decode()
    assert "6 existaient déjà" in again
    slot = AdviceSlot.objects.order_by("during")[0]
    Client().post(url("advice_book", slot.code), {**PERSON, "organisation": "Préfecture de la Creuse"})
    assert "Préfecture de la Creuse" in browser.get(url("staff_advice_list", "eig-6")).content.decode()
    booking = AdviceBooking.objects.get()
    edit = url("staff_booking_edit", "eig-6", booking.code)
    browser.post(edit, {"notes": "Très beau sujet"})
    assert "Très beau sujet" in browser.get(edit).content.decode()
    # The notes are the team's.
    assert "Très beau sujet" not in Client().get(link("advice_booked")).content.decode()


def test_staff_hold_a_webinar_and_export_who_comes(promotion: Promotion, diane: User) -> None:
    browser = signed_in(diane)
    day = (timezone.localtime() + timedelta(days=3)).date()
    data = {
        "audience": "administrations", "title": "L’appel", "day": day, "starts": "13:45", "ends": "14:45",
        "capacity": 10, "description": "", "link": "",
    }  # fmt: skip
    browser.post(url("staff_webinar_create", "eig-6"), data)
    webinar = Webinar.objects.get()
    assert timezone.localtime(webinar.starts_at).hour == 13
    Client().post(url("webinar_detail", webinar.code), {**PERSON, "name": "=HYPERLINK(1)"})
    content = browser.get(url("staff_registration_download", "eig-6", webinar.code)).content.decode(
        "utf-8-sig"
    )
    assert content.splitlines()[1].startswith("'=HYPERLINK(1);odile@agent.example")
    wrong = browser.post(url("staff_webinar_create", "eig-6"), {**data, "ends": "13:00"})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("door", "more"),
    [
        ("staff_webinar_create", {"audience": "administrations", "title": "L’appel", "capacity": 10}),
        ("staff_advice_open", {"pause": 5}),
    ],
)
@pytest.mark.parametrize(
    ("day", "starts", "said"),
    [
        ("2027-03-28", "02:30", "2 h 30 n’existe pas le 28 mars 2027"),
        ("2027-10-31", "02:30", "2 h 30 arrive deux fois le 31 octobre 2027"),
        ("9999-12-31", "09:30", "entre 2000 et 2100"),
        ("0001-01-01", "09:30", "entre 2000 et 2100"),
    ],
)
def test_an_hour_that_does_not_exist_is_refused_with_a_sentence(
    promotion: Promotion, diane: User, door: str, more: dict[str, object], day: str, starts: str, said: str
) -> None:
    data = {"adviser": diane.code, "day": day, "starts": starts, "ends": "10:30", "link": "", **more}
    answer = signed_in(diane).post(url(door, "eig-6"), data)
    assert answer.status_code == 422
    page = answer.content.decode().replace("\u00a0", " ")
    assert said in page
    assert f'value="{starts}"' in page
    assert not Webinar.objects.exists()
    assert not AdviceSlot.objects.exists()


def test_lists_cost_the_same_for_three_and_for_thirty(promotion: Promotion, diane: User) -> None:
    browser = signed_in(diane)
    webinar = make.webinar(promotion, diane, capacity=100)
    pages = [
        url("webinar_list", "eig-6"),
        url("advice_list", "eig-6"),
        url("staff_webinar_list", "eig-6"),
        url("staff_webinar_detail", "eig-6", webinar.code),
        url("staff_advice_list", "eig-6"),
    ]

    def counts() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as seen:
                browser.get(page)
            found.append(len(seen))
        return found

    grow(promotion, diane, webinar, upto=3)
    counts()
    few = counts()
    grow(promotion, diane, webinar, upto=30)
    assert counts() == few


def grow(promotion: Promotion, diane: User, webinar: Webinar, *, upto: int) -> None:
    trades = list(promotion.trades.all()[:2])
    for index in range(Registration.objects.count(), upto):
        make.registered(webinar, f"Agent{index}")
        extra = make.webinar(promotion, diane, title=f"W{index}", audience="candidates", trades=trades)
        change_webinar(
            extra,
            **{
                name: getattr(extra, name)
                for name in ("audience", "title", "description", "starts_at", "ends_at", "capacity", "link")
            },
            trades=trades,
            by=diane,
            at=timezone.now(),
        )
    start = timezone.now() + timedelta(days=4 + upto)
    for index, slot in enumerate(make.slots(promotion, diane, count=upto, starts=start)[-upto:]):
        if index % 2 and not slot.bookings.exists():
            Client().post(
                url("advice_book", slot.code),
                {"name": "A", "email": f"{upto}-{index}@agent.example", "organisation": "P"},
            )
