"""What PostgreSQL ends by itself is tried again, or said with what was typed: no error, nothing by half."""

import re
import threading

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.urls import include, path

from eig.accounts.models import User
from eig.failures.actions import alone
from eig.failures.models import Failure
from eig.urls import handler400, handler500  # noqa: F401 - what a URL conf holds
from tests.people import person, signed_in
from tests.together import together

# What the view of a test does, at each of its runs.
DEED = []


def essay(request):
    DEED[-1](request)
    return HttpResponse("fait")


urlpatterns = [path("essai/", essay), path("", include("eig.urls"))]

CODES = {"deadlock": "40P01", "serialization": "40001", "lock": "55P03", "statement": "57014"}
TYPED = {"motif": "Un long motif <b>", "password": "secret"}


@pytest.fixture(autouse=True)
def _doors(settings):
    settings.ROOT_URLCONF = "tests.eig.test_clashes"
    yield
    DEED.clear()


def end(code):
    """As PostgreSQL would end it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$")


def runs(times, *, then=None):
    """A deed that the database ends so many times, with `then` to do before."""
    seen = []

    def deed(request):
        seen.append(request.POST.get("motif"))
        with transaction.atomic():
            (then or (lambda request: None))(request)
            if len(seen) <= times:
                end(CODES["deadlock"])

    DEED.append(deed)
    return seen


@pytest.mark.django_db(transaction=True)
def test_of_two_deeds_that_wait_for_each_other_both_are_done_once():
    one, two = person("Une"), person("Deux")
    met = threading.Barrier(2)
    tries = []

    def deed(request):
        mine, other = (one, two) if request.POST["side"] == "1" else (two, one)
        tries.append(mine.pk)
        with transaction.atomic(), connection.cursor() as cursor:
            # Whoever looks for a circle finds it at once.
            cursor.execute("SET LOCAL deadlock_timeout = '10ms'")
            for person_ in (mine, other):
                row = User.objects.select_for_update().get(pk=person_.pk)
                User.objects.filter(pk=row.pk).update(last_name=row.last_name + "+")
                if tries.count(mine.pk) == 1 and person_ is mine:
                    met.wait(120)

    DEED.append(deed)
    browsers = [signed_in(one), signed_in(two)]
    answers = []

    def post(side):
        answers.append(browsers[side - 1].post("/essai/", {"side": side}).status_code)

    assert together(lambda: post(1), lambda: post(2)) == []
    assert answers == [200, 200]
    assert len(tries) == 3
    assert set(User.objects.values_list("last_name", flat=True)) == {"Martin++"}


@pytest.mark.django_db
def test_a_clash_is_tried_again_with_the_same_form_and_nothing_of_the_first_time(alice):
    seen = runs(2, then=lambda request: User.objects.filter(pk=alice.pk).update(last_name="Écrit"))
    assert signed_in(alice).post("/essai/", TYPED).status_code == 200
    assert seen == [TYPED["motif"]] * 3


@pytest.mark.django_db
def test_what_a_lost_deed_changed_in_memory_is_forgotten(alice):
    names = []

    def rename(request):
        names.append(request.user.last_name)
        request.user.last_name = "Changé"

    runs(1, then=rename)
    signed_in(alice).post("/essai/", TYPED)
    assert names == [alice.last_name] * 2


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "tries"), [("40P01", 3), ("40001", 3), ("55P03", 1), ("57014", 1)])
def test_what_is_ended_again_is_said_and_what_was_typed_is_sent_again(alice, code, tries):
    seen = []

    def deed(request):
        seen.append(request)
        end(code)

    DEED.append(deed)
    browser = signed_in(alice)
    answer = browser.post("/essai/?page=2", TYPED)
    assert (answer.status_code, answer.headers["Retry-After"], len(seen)) == (503, "5", tries)
    assert "Le service est occupé" in answer.text
    assert 'action="/essai/?page=2"' in answer.text
    assert "Un long motif &lt;b&gt;" in answer.text
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    assert "csrfmiddlewaretoken" in kept
    assert "password" not in kept
    DEED[-1] = lambda request: None
    assert browser.post("/essai/?page=2", {"motif": kept["motif"]}).status_code == 200


@pytest.mark.django_db
def test_a_page_that_saves_itself_keeps_its_text(alice):
    runs(9)
    answer = signed_in(alice).post("/essai/", TYPED, headers={"HX-Request": "true"})
    assert answer.status_code == 503
    assert TYPED["motif"] not in answer.text


@pytest.mark.django_db(transaction=True)
def test_a_deed_of_which_something_is_kept_already_is_not_done_again(db):
    alice = person("Alice")
    seen = []

    def deed(request):
        seen.append(request)
        User.objects.filter(pk=alice.pk).update(last_name="Kept")
        end(CODES["deadlock"])

    DEED.append(deed)
    assert signed_in(alice).post("/essai/", TYPED).status_code == 503
    assert len(seen) == 1


@pytest.mark.django_db
def test_a_page_that_is_read_says_to_read_it_again(alice):
    DEED.append(lambda request: end(CODES["statement"]))
    answer = signed_in(alice).get("/essai/")
    assert answer.status_code == 503
    assert "rechargez la page" in answer.text


@pytest.mark.django_db
def test_a_database_that_stops_before_the_doors_is_no_error_of_the_site(alice, monkeypatch):
    browser = signed_in(alice)
    browser.raise_request_exception = False

    def stopped(*_args, **_kwargs):
        raise OperationalError("the database system is shutting down")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", stopped)
    answer = browser.get("/mon-espace/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Le service est occupé" in answer.text


@pytest.mark.django_db
@pytest.mark.urls("tests.eig.test_clashes")
def test_a_database_that_stops_once_the_deed_is_done_asks_to_come_back(alice, monkeypatch):
    """Django says then that the session was deleted, and 400."""

    def stopped(*_args, **_kwargs):
        raise OperationalError("the database system is shutting down")

    def deed(request):
        request.session["seen"] = 1
        monkeypatch.setattr("django.contrib.sessions.models.Session.save", stopped)

    DEED.append(deed)
    answer = signed_in(alice).post("/essai/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.django_db
def test_a_recurring_task_that_loses_a_clash_is_no_failure_to_show(alice):
    for code, shown in ((CODES["deadlock"], 0), (CODES["lock"], 1)):
        with alone("essai", alice, deed="essayer", at=alice.date_joined):
            end(code)
        assert Failure.objects.count() == shown
