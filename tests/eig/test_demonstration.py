"""The demonstration: a world by real actions, entered in one click; impossible elsewhere."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from demo.cast import in_cast
from demo.worlds import PHASES, shift_to
from eig.accounts.models import User
from eig.french import folded, french
from rehearsal.timeline import Timeline
from tests.people import person

TODAY = timezone.localdate()


@pytest.fixture
def demonstration(settings: object) -> Iterator[None]:
    settings.DEMO = True
    yield
    settings.DEMO = False


@pytest.mark.parametrize("phase", PHASES)
def test_whole_weeks_bring_each_phase_around_today(phase: str) -> None:
    shift = shift_to(phase, TODAY)
    assert shift % timedelta(weeks=1) == timedelta()


def test_events_run_in_time_order_and_may_add_others() -> None:
    told: list[str] = []
    timeline = Timeline()
    start = timezone.now()
    timeline.add(start + timedelta(hours=2), "late", lambda at: told.append("late"))

    def early(at: object) -> None:
        told.append("early")
        timeline.add(start + timedelta(hours=1), "between", lambda at: told.append("between"))

    timeline.add(start, "early", early)
    timeline.run(until=start + timedelta(hours=1), clock=lambda at: None, tell=lambda *a: None)
    assert told == ["early", "between"]
    assert len(timeline) == 1


def test_one_click_enters_with_the_second_factor_done(demonstration: None, diane: User) -> None:
    browser = Client()
    assert browser.post(f"/demonstration/entrer/{diane.code}/").status_code == 302
    assert browser.get("/pilotage/").status_code == 200


def test_a_real_address_is_never_entered(demonstration: None, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(email="alice@exemple.fr")
    alice.refresh_from_db()
    assert not in_cast(alice)
    assert Client().post(f"/demonstration/entrer/{alice.code}/").status_code == 404


@pytest.mark.django_db
def test_the_one_click_door_does_not_exist_outside_the_demonstration(diane: User) -> None:
    browser = Client()
    for address in ("/demonstration/", "/demonstration/courriels/"):
        assert browser.get(address).status_code == 404
    assert browser.post(f"/demonstration/entrer/{diane.code}/").status_code == 404
    assert "_auth_user_id" not in browser.session
    assert "Visiter la démonstration" not in browser.get("/compte/login/").text


@pytest.mark.django_db
def test_staff_without_a_second_factor_are_led_to_set_one_up() -> None:
    newcomer = person("Fanny", "Faure")
    User.objects.filter(pk=newcomer.pk).update(is_staff=True)
    browser = Client()
    browser.force_login(User.objects.get(pk=newcomer.pk))
    assert browser.get("/pilotage/").url == "/compte/2fa/"


@pytest.mark.django_db
def test_names_sort_in_french_without_icu() -> None:
    for name in ("Eve", "Émile", "Edgar", "zoé", "Œnone"):
        person(name, "Test")
    names = (
        User.objects.filter(last_name="Test")
        .order_by(french("first_name"))
        .values_list("first_name", flat=True)
    )
    assert list(names) == ["Edgar", "Émile", "Eve", "Œnone", "zoé"]
    assert folded("ŒUVRE d’Été ") == "oeuvre d’ete"
    assert connection.vendor == "postgresql"
