"""Whatever is sent to a form, the answer is a page: found by walking the pages, posted as nobody should.

The engine is `tests/crawling.py`, which `benchmarks/crawl.py` runs at length on the demonstration.
"""

import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Field
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.functional import cached_property

from eig.accounts.models import User
from tests.crawling import (
    HEADERS,
    ODD,
    Answer,
    Form,
    Sending,
    as_given,
    borrowed,
    door_of,
    forms_of,
    get,
    links_of,
    odd_path,
    odd_query,
    odd_sending,
    undone,
)
from tests.databases import forgotten
from tests.design.pages import parse
from tests.repository.doors import ACTORS, OPEN
from tests.repository.visiting import DOORS, FURNITURE, Visit, Visits, listening

SENDINGS = 150
SEED = 20_220_310


def fresh_seed() -> int:
    """Of the commit: new with each change, the same for whoever runs that change again."""
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    return int(done.stdout[:8] or "1", 16)


# Whose pages are walked.
HANDS = ("anonymous", "owner", "reader", "staff")


def seen(visits: Visits) -> Iterator[Visit]:
    doors = list(DOORS.values())
    for door in random.sample(doors, len(doors)):
        for actor in HANDS:
            visits.visit(door, actor)
    return (visits.visit(door, actor) for door in doors for actor in HANDS)


def who_of(visits: Visits, visit: Visit) -> str:
    person = visits.person(visit.door, visit.actor)
    return person.email if person else ""


def browser_of(visits: Visits, who: str) -> Client:
    return visits.world.browser(User.objects.filter(email=who).first() if who else None)


@cache
def kinds_of(visits: Visits) -> list[list[Form]]:
    """Every form of every page, by kinds; and every other door, as the access table says it is done."""
    found: dict[object, list[Form]] = {}
    for visit in seen(visits):
        if visit.status == 200 and visit.is_html and b"<form" in visit.body:
            for form in forms_of(parse(visit.body), url=visit.url, who=who_of(visits, visit)):
                found.setdefault(form.kind, []).append(form)
    offered = {forms[0].door for forms in found.values() if forms[0].method == "POST"}
    for door in DOORS.values():
        actor = next((actor for actor in reversed(ACTORS) if door.answers[actor] == OPEN), "")
        if actor and door.name not in offered:
            person = visits.person(door, actor)
            form = Form(
                url=visits.url(door),
                method="POST",
                who=person.email if person else "",
                values={name: [str(value)] for name, value in visits.way(door).data.items()},
                files=(),
                buttons=(("", ""),),
            )
            found[form.kind] = [form]
    return [found[kind] for kind in sorted(found)]


def answered(visits: Visits, form: Form, sending: Sending) -> Answer:
    return undone(browser_of(visits, form.who), form, sending)


def faults(visits: Visits, sent: Sequence[tuple[Form, Sending]]) -> list[str]:
    return [
        f"{form}: {fault}, when sent {str(sending)[:300]}"
        for form, sending in sent
        for fault in answered(visits, form, sending).faults()
    ]


def test_every_deed_is_reached(visits: Visits) -> None:
    reached = {forms[0].door for forms in kinds_of(visits) if forms[0].method == "POST"}
    closed = {name for name, door in DOORS.items() if OPEN not in door.answers.values()}
    assert {name for name, door in DOORS.items() if door.verb == "POST"} - closed - reached == set()


@pytest.mark.parametrize("seed", [SEED, fresh_seed()], ids=["known", "new"])
def test_no_form_answers_with_an_error(visits: Visits, seed: int) -> None:
    """A failure says the seed, for `benchmarks/crawl.py` and for here."""
    at_random = random.Random(seed)
    kinds = kinds_of(visits)
    assert len(kinds) > 200
    chosen = [at_random.choice(forms) for forms in at_random.sample(kinds, SENDINGS)]
    sent = [(form, odd_sending(form, at_random)) for form in chosen]
    assert faults(visits, sent) == [], f"seed {seed}"


# --- What a form does not ask -----------------------------------------------------------------------------


ADDED = "424242"
# An identifier or a hash.
DRAWN = "[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}"
# What these ask at another step, or beside another button, than those that are met here.
ASKED_ELSEWHERE = {
    "projects:staff_proposal_answer",  # answer
    "interviews:passage_begin",  # phone
    "candidates:redaction_unmark",  # folded
    "candidates:staff_redaction_unmark",  # folded
}
# A seed when none is given; a seal over answers, of which those to no question are left out.
DRAWN_EACH_TIME = {"teams:draw_commit", "diversity:answer_edit"}


@cache
def columns() -> dict[str, str]:
    """Every column of every model, each with something that would show in what is written."""
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    return {name: _odd_one(field) for field in fields for name in (field.name, field.attname)}


def _odd_one(field: Field[Any, Any]) -> str:
    if field.choices:
        return str(list(field.flatchoices)[-1][0])
    return "on" if field.get_internal_type() == "BooleanField" else ADDED


@contextmanager
def heard_posted() -> Iterator[set[str]]:
    """The names that pages look for in what is posted to them."""
    names: set[str] = set()

    def posted(request: WSGIRequest) -> QueryDict:
        found = listening(names)("", mutable=True, encoding=request.encoding)
        for name, values in usual.fget(request).lists():
            found.setlist(name, values)
        found._mutable = False
        return found

    usual, WSGIRequest.POST = WSGIRequest.POST, cached_property(posted)
    WSGIRequest.POST.__set_name__(WSGIRequest, "POST")
    try:
        yield names
    finally:
        WSGIRequest.POST = usual


def written(visits: Visits, form: Form, sending: Sending) -> list[str]:
    """The rows that a post writes; dates, numbers and identifiers are left out, what was added is not."""
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as queries:
        answered(visits, form, sending)
    return sorted(
        re.sub(rf"{DRAWN}|\b(?!{ADDED})\d+\b", "?", query["sql"])
        for query in queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
        and not any(f'"{table}"' in query["sql"] for table in FURNITURE)
    )


def test_a_column_that_a_form_does_not_ask_is_not_changed(visits: Visits) -> None:
    """Each form shown, and each deed, once with every column of every model beside what it asks.

    What is not looked for changes nothing: the rows are compared with the usual only where one was.
    """
    deeds = {
        forms[0].door: forms[0]
        for forms in reversed(kinds_of(visits))
        # A page that shows no form is no deed.
        if forms[0].method == "POST" and (forms[0].values or DOORS[forms[0].door].verb == "POST")
    }
    changed, wrote = {}, 0
    for name, form in deeds.items():
        given = as_given(form, button=form.buttons[0])
        asked = {*form.values, *form.files, *(name for name, _ in form.buttons)}
        beside = {column: value for column, value in columns().items() if column not in asked}
        with heard_posted() as names:
            found = written(visits, form, Sending([*given.pairs, *beside.items()]))
        wrote += bool(found)
        if names & beside.keys():
            usual = written(visits, form, given)
            if found != usual:
                changed[name] = sorted({*found} ^ {*usual})
    assert wrote > 110
    known = ASKED_ELSEWHERE | DRAWN_EACH_TIME
    assert {name: rows for name, rows in changed.items() if name not in known} == {}
    # Those that ask for it show that a change would be seen.
    assert changed.keys() >= ASKED_ELSEWHERE


# --- Addresses ---------------------------------------------------------------------------------------------


def refusals(visits: Visits, visit: Visit, at_random: random.Random) -> Iterator[str]:
    """What goes wrong when what a page looks for in its address, or around it, makes no sense."""
    browser = borrowed(browser_of(visits, who_of(visits, visit)))
    address = f"{visit.url}?{odd_query(visit.asked, at_random)}"
    headers = at_random.choice(HEADERS)
    for url, around in ((address, {}), (visit.url, headers)):
        with forgotten():
            for fault in get(browser, url, **around).faults():
                yield f"{url[:300]} {around} as {visit.actor}: {fault}"


def test_no_address_answers_with_an_error(visits: Visits) -> None:
    """Queries that make no sense, on every page that looks at its own; headers and cookies too."""
    pages = {
        visit.door.name: visit
        for visit in seen(visits)
        if visit.status == 200 and visit.is_html and visit.asked
    }
    assert len(pages) > 60
    assert {"page", "q"} <= pages["projects:page_list"].asked
    seed = fresh_seed()
    at_random = random.Random(seed)
    assert [fault for visit in pages.values() for fault in refusals(visits, visit, at_random)] == [], (
        f"seed {seed}"
    )


def test_an_address_that_breaks_its_page_is_found(visits: Visits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Paginator, "get_page", lambda self, number: self.page(int(number or 1)))
    visit = visits.visit(DOORS["projects:page_list"], "anonymous")
    found = [fault for seed in range(4) for fault in refusals(visits, visit, random.Random(seed))]
    assert any("answered 500" in fault for fault in found)
    assert any("logged: " in fault for fault in found)


def test_no_link_leads_nowhere(visits: Visits) -> None:
    """Whoever is shown a link may follow it: one of each kind, in each hand."""
    shown: dict[tuple[str, str], tuple[str, str]] = {}
    known = set()
    for visit in seen(visits):
        who = who_of(visits, visit)
        if visit.status < 400:
            known.add((who, visit.url))
        if visit.status == 200 and visit.is_html:
            for link in links_of(parse(visit.body), url=visit.url):
                shown.setdefault((who, door_of(link)), (link, visit.url))
    assert len(shown) > 300
    dead = [(who, link, page) for (who, door), (link, page) in shown.items() if not door]
    for (who, _), (link, page) in shown.items():
        if (who, link) not in known:
            with forgotten():
                if get(borrowed(browser_of(visits, who)), link).status >= 400:
                    dead.append((who, link, page))
    assert dead == []


def test_what_is_sent_is_what_was_meant() -> None:
    """Halves of letters, a name twice, what lacks: as bytes on the line."""
    form = Form(
        url="/", method="POST", who="", values={"a": ["1", "2"], "b": [""]}, files=(), buttons=(("", ""),)
    )
    assert as_given(form).body[1] == b"a=1&a=2&b="
    assert Sending([("a", b"\xed\xa0\x80"), ("a", "é\x00")]).body[1] == b"a=%ED%A0%80&a=%C3%A9%00"
    sendings = [odd_sending(form, random.Random(seed)) for seed in range(400)]
    met = {value for sending in sendings for _, value in sending.pairs}
    assert len(met & set(ODD)) > len(ODD) * 0.9
    assert {len(sending.pairs) for sending in sendings} >= {0, 1, 2, 3, 6}
    assert any(sending.headers for sending in sendings)
    again = [odd_sending(form, random.Random(seed)) for seed in range(400)]
    assert again == sendings
    paths = [odd_path("/pilotage/eig-7/projets/?page=2", random.Random(seed)) for seed in range(400)]
    assert paths == [odd_path("/pilotage/eig-7/projets/?page=2", random.Random(seed)) for seed in range(400)]
    # Ours still, and no longer a query: pieces that lack, that are too many, that are bytes.
    assert all(path[0] == "/" != path[1:2] and path.isascii() and "?" not in path for path in paths)
    assert "/eig-7/projets" in paths
    assert all(any(piece in path for path in paths) for piece in ("%2F", "/..", "%ED%A0%80"))
    assert {path.strip("/").count("/") for path in paths} >= {1, 2, 3}
