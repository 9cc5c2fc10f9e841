"""A deed at a door: refused and said, or done and said, and whoever acts upon it is woken."""

import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection

from eig.deeds import Doing


class Refused(Exception):
    """It may not be done."""


@pytest.fixture
def request_(rf):
    request = rf.post("/")
    request._messages = CookieStorage(request)
    return request


def told(request):
    return [(item.level_tag, str(item)) for item in get_messages(request)]


def woken():
    """What waits for the commit: the workers to wake."""
    return [str(run.args[0].name) for _, run, _ in connection.run_on_commit]


@pytest.mark.django_db
def test_a_deed_done_is_said_and_the_post_is_woken(request_):
    with Doing(request_, Refused, said="C’est fait.") as done:
        assert not done
    assert done
    assert told(request_) == [("success", "C’est fait.")]
    assert woken() == ["eig.mail.tasks.deliver"]


@pytest.mark.django_db
def test_a_deed_that_prints_wakes_the_workshop_too(request_):
    with Doing(request_, Refused, prints=True) as done:
        done.said = "La lettre s’imprime."
    assert told(request_) == [("success", "La lettre s’imprime.")]
    assert "eig.documents.tasks.print_waiting" in woken()


@pytest.mark.django_db
def test_a_deed_refused_says_why_and_wakes_nobody(request_):
    with Doing(request_, Refused, said="C’est fait.") as done:
        raise Refused("Trop tard.")
    assert not done
    assert told(request_) == [("error", "Trop tard.")]
    assert woken() == []


@pytest.mark.django_db
def test_a_refusal_may_be_a_warning_in_other_words(request_):
    with Doing(request_, (Refused, KeyError), refused=messages.warning, why="C’était déjà fait."):
        raise KeyError("x")
    assert told(request_) == [("warning", "C’était déjà fait.")]


@pytest.mark.django_db
def test_a_refusal_is_said_at_its_field(request_):
    class Form(forms.Form):
        name = forms.CharField()

    form = Form({"name": "Rivages"})
    assert form.is_valid()
    with Doing(request_, Refused, said="C’est fait.", form=form, field="name") as done:
        raise Refused("Ce nom est pris.")
    assert not done
    assert form.errors == {"name": ["Ce nom est pris."]}
    assert told(request_) == []


def test_what_is_no_refusal_is_a_fault(request_):
    with pytest.raises(ZeroDivisionError), Doing(request_, Refused):
        raise ZeroDivisionError
    assert told(request_) == []
