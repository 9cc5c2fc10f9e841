"""Whatever is sent to a form, the answer is a page: found by walking the pages, posted as nobody should."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.test import Client
from django.urls import reverse
from lxml.html import HtmlElement

from eig.accounts.models import User
from tests.databases import forgotten
from tests.design.pages import parse
from tests.repository.visiting import DOORS, Visit, Visits, body_of

ACTORS = ("anonymous", "owner", "reader", "staff")
CALM = {200, 302, 400, 403, 404, 405, 409, 413, 422, 429}
# Above any length that a field admits.
LONG = "é" * 20_000
MOST_LONG = 45
WRONG = ("n’importe quoi", "-1", ["99999999999999999999", "2026-02-31"], "<script>alert(1)</script>")
# Even where a page looks at the whole of its query.
OFTEN = ("page", "q", "semaine", "status")
# Half of a letter, and a NUL, are said as an address says them.
WRONG_QUERIES = ("0", "99999999999999999999", "2026-13-45", "x", "%27--", "%F0%9F", "%00")


@dataclass(frozen=True, slots=True)
class Form:
    """A form as a browser sees it: where it goes, what it holds, which buttons send it."""

    url: str
    method: str
    who: User | None
    values: Mapping[str, Any]
    files: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.method} {self.url} {sorted(self.values)} as {self.who}"


def form_of(element: HtmlElement, *, page: str, who: User | None) -> Form:
    files = tuple(element.xpath(".//input[@type='file']/@name"))
    buttons = [(node.get("name"), node.get("value", "")) for node in element.xpath(".//button[@name]")]
    values = {name: value for name, value in element.form_values() if name not in files}
    # What is not ticked is not sent, and may be.
    values |= {name: "" for name in element.fields if name not in values and name not in files}
    values.pop("csrfmiddlewaretoken", None)
    url = urlsplit(urljoin(page, element.get("action") or page))
    return Form(
        url=url.path,
        method=(element.get("method") or "get").upper(),
        who=who,
        values=values,
        files=files,
        buttons=tuple(buttons) or (("", ""),),
    )


@cache
def forms_of(visits: Visits) -> list[Form]:
    """Every form of every page, once."""
    found = {}
    for visit in visits.all():
        if visit.actor not in ACTORS or visit.status != 200 or b"<html" not in visit.body:
            continue
        who = visits.person(visit.door, visit.actor)
        for element in parse(visit.body).forms:
            form = form_of(element, page=visit.url, who=who)
            key = (form.url, form.method, tuple(sorted(form.values)))
            found.setdefault(key, form)
    return list(found.values())


def sent(visits: Visits, form: Form, values: Mapping[str, Any]) -> str:
    """What went wrong when these values were sent; nothing when the answer was calm."""
    browser = borrowed(visits, form.who)
    with forgotten():
        response = _send(browser, form, values)
        # A file is read to its end, as a browser does.
        body = body_of(response)
    body = b"" if response.streaming else body
    if response.status_code not in CALM:
        return f"{form}: {response.status_code}"
    if any(word in body for word in (b"Traceback", b"Exception Type", b"psycopg", b"<script>alert(1)")):
        return f"{form}: {response.status_code} tells too much"
    return ""


def _send(browser: Client, form: Form, values: Mapping[str, Any]) -> Any:
    if form.method == "GET":
        return browser.get(form.url, {name: str(value)[:2000] for name, value in values.items()})
    return browser.post(form.url, values)


Way = Callable[[Form], Iterator[dict[str, Any]]]


def as_given(form: Form) -> Iterator[dict[str, Any]]:
    for name, value in form.buttons:
        yield {**form.values, **({name: value} if name else {})}


def empty(form: Form) -> Iterator[dict[str, Any]]:
    yield {}
    yield dict.fromkeys(form.values, "")


def too_long(form: Form) -> Iterator[dict[str, Any]]:
    """A few fields at a time: above two megabytes the whole post is refused unread."""
    names = list(form.values)
    for start in range(0, len(names), MOST_LONG):
        yield {**form.values, **dict.fromkeys(names[start : start + MOST_LONG], LONG)}


def nul_bytes(form: Form) -> Iterator[dict[str, Any]]:
    yield {name: f"{value}\x00" for name, value in form.values.items()}


def wrong_types(turn: int, form: Form) -> Iterator[dict[str, Any]]:
    """Each field meets each wrong value as the turns go."""
    yield {name: WRONG[(turn + rank) % len(WRONG)] for rank, name in enumerate(form.values)}


def bad_files(form: Form) -> Iterator[dict[str, Any]]:
    for name in form.files:
        for content, title in (
            (b"", "vide.pdf"),
            (b"<html>", "page.pdf"),
            (b"%PDF-1.7 \x00", "x" * 300 + ".pdf"),
        ):
            yield {**form.values, name: SimpleUploadedFile(title, content, content_type="application/pdf")}
        yield {**form.values, name: "un texte"}


WAYS: tuple[Way, ...] = (
    as_given,
    empty,
    too_long,
    nul_bytes,
    *(partial(wrong_types, turn) for turn in range(len(WRONG))),
    bad_files,
)


def sendings(form: Form) -> list[dict[str, Any]]:
    """All that is sent to a form, each once: a lone button is as given, empty and wrong at the same time."""
    found: list[dict[str, Any]] = []
    for values in chain.from_iterable(way(form) for way in WAYS):
        if values not in found:
            found.append(values)
    return found


# Forms in as many hands, which different processes may send.
HANDS = 6


@pytest.mark.parametrize("hand", range(HANDS))
def test_no_form_answers_with_an_error(visits: Visits, hand: int) -> None:
    forms = forms_of(visits)
    assert len(forms) > 80
    mine = forms[hand::HANDS]
    assert [
        fault for form in mine for values in sendings(form) if (fault := sent(visits, form, values))
    ] == []


def test_everything_is_sent_to_a_form_and_nothing_twice() -> None:
    lone = Form(url="/", method="POST", who=None, values={}, files=(), buttons=(("", ""),))
    assert sendings(lone) == [{}]
    full = replace(lone, values={"a": "1", "b": ""}, files=("f",), buttons=(("act", "go"), ("act", "stop")))
    given = sendings(full)
    met = {name: {str(values.get(name)) for values in given} for name in full.values}
    wrong = {*map(str, WRONG), LONG, "", "None"}
    assert met == {"a": {"1", "1\x00", *wrong}, "b": {"\x00", *wrong}}
    assert [values for values in given if values.get("act")] == [
        {**full.values, "act": "go"}, {**full.values, "act": "stop"},
    ]  # fmt: skip
    assert len([values for values in given if "f" in values]) == 4
    assert {} in given


def refusals(visits: Visits, visit: Visit) -> Iterator[str]:
    """What goes wrong when all that a page looks for in its address makes no sense."""
    browser = borrowed(visits, visits.person(visit.door, visit.actor))
    for value in WRONG_QUERIES:
        names = sorted({*visit.asked, *OFTEN} - {""})
        address = f"{visit.url}?{'&'.join(f'{name}={value}' for name in names)}"
        with forgotten():
            status = browser.get(address).status_code
        if status not in CALM:
            yield f"{address} as {visit.actor}: {status}"


def test_no_address_answers_with_an_error(visits: Visits) -> None:
    """Filters and pages that make no sense, on every page that looks at its query."""
    pages = {
        visit.url: visit for visit in visits.all() if visit.status == 200 and visit.is_html and visit.asked
    }
    assert len(pages) > 60
    assert {"page", "q"} <= pages[reverse("projects:page_list")].asked
    assert [fault for visit in pages.values() for fault in refusals(visits, visit)] == []


def test_an_address_that_breaks_its_page_is_found(visits: Visits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Paginator, "get_page", lambda self, number: self.page(int(number or 1)))
    found = list(refusals(visits, visits.visit(DOORS["projects:page_list"], "anonymous")))
    assert [fault.rpartition(" ")[2] for fault in found] == ["500"] * 6


def borrowed(visits: Visits, who: User | None) -> Client:
    """A browser of the same person: what happens to its session stays there, and an error is an answer."""
    browser = Client(raise_request_exception=False)
    browser.cookies = visits.world.browser(who).cookies.copy()
    return browser
