"""One engine for the crawl of the tests and the one of `benchmarks/crawl.py`.

The forms and links of pages, as a browser finds them; what nobody should send to a form, from a seed; and the
words for what went wrong.
"""

import logging
import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import quote_from_bytes, urljoin, urlsplit

from django.db import DatabaseError, connection
from django.test import Client
from django.urls import Resolver404, resolve
from lxml.html import HtmlElement

from tests.databases import forgotten

CALM = {200, 301, 302, 303, 400, 403, 404, 405, 409, 413, 415, 422, 429}
# What an answer never says.
TRACES = (b"Traceback", b"Exception Type", b"psycopg", b"<script>alert(1)", b"ValueError", b"DataError")
SLOW_SECONDS = 5

DATES = (
    "0001-01-01", "9999-12-31", "0000-00-00", "2026-02-30", "-2026-01-01", "10000-01-01", "2026-W53-1",
    "0001-01-01T00:00", "9999-12-31T23:59", "2026-03-29T02:30", "2026-10-25T02:30", "2026-05-05T24:00",
    "2026-05-05T23:59:60", "2026-05-05T25:61", "00:00", "99:99", "31/02/2026", "2026-13-45",
)  # fmt: skip
NUMBERS = (
    "-1", "0", "-0", "+1", "1,5", "1.5", "1e309", "-1e-400", "NaN", "Infinity", "0x10", "1_000", "٣", "²",
    "½", "2147483648", "-2147483649", "9223372036854775808", "-9223372036854775809", "9" * 400,
    "1" + "0" * 5_000,
)  # fmt: skip
INVISIBLE = (
    "\x00", "a\x00b", "\x07\x1b[31m", "\x7f\x85", " ", "\t", "\r\n", "a\r\nBcc: x@x.example", "\u2028\u2029",
    "\u200b", "\ufeff", "\u00ad\u2060", "\u202e\u2066", "\u0301" * 3_000, "e\u0301", "\U000e0001", "\ue000",
    "\ufffe\uffff", "\U0010ffff", "🦉👩\u200d🚀", "\u3000", "\u1160",
)  # fmt: skip
# No text: halves of letters, other charsets.
BYTES = (
    b"\xed\xa0\x80",
    b"\xed\xb0\x80x",
    b"\xff\xfe",
    b"\xe9t\xe9",
    b"\xf0\x9f",
    b"\xc0\x80",
    "é".encode("utf-16"),
)
CODE = (
    "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "' OR 1=1 --", "'; DROP TABLE x; --",
    "{{ 7*7 }}", "{% debug %}", "%s%n{0.__class__}", "../../../etc/passwd", "javascript:alert(1)", "http://[",
    "http://\x00", "=1+1", "${7*7}", "\\", "%00", "%F0%9F", "%", "_", "(((((", "[", "[]", "{}", '{"a":',
    "null", "true", "n’importe quoi", "__all__", "None", "a@b", "a@" + "é" * 300, "@",
    "x" * 64 + "@x.example", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "-" * 36,
)  # fmt: skip
LONG = "é" * 20_000
ODD: tuple[str | bytes, ...] = (*DATES, *NUMBERS, *INVISIBLE, *BYTES, *CODE, LONG, "x" * 1_000_000, "")

FILES = (
    (b"", "vide.pdf"),
    (b"<html><script>alert(1)</script>", "page.pdf"),
    (b"%PDF-1.7 \x00", "x" * 300 + ".pdf"),
    (b"%PDF-1.7\n%%EOF", "../../../etc/passwd\x00.pdf"),
    (b"PK\x03\x04", "archive.pdf.exe"),
    (b"\x89PNG\r\n\x1a\n" + b"\xff" * 40, "\u202efdp.png"),
    (b"\xff\xd8\xff\xe0" + b"\x00" * 2_000, ""),
    (b"a;b\n" * 5_000, "liste.csv"),
)  # fmt: skip
# Even where a page looks at the whole of its query.
OFTEN = ("page", "q", "semaine", "status")
BOUNDARY = "limite"
FOREIGN = ("ailleurs.example", "testserver:99999", "a b", "[::1", "é.example", "")
# What a server lets through: NUL and line ends it refuses by itself.
HEADERS: tuple[Mapping[str, str], ...] = (
    *({"HTTP_HOST": host} for host in FOREIGN),
    {"HTTP_ACCEPT_LANGUAGE": "x" * 5_000}, {"HTTP_ACCEPT_LANGUAGE": "fr;q=é, *;q=nan"},
    {"HTTP_REFERER": "http://["}, {"HTTP_REFERER": "\x01\x7f"}, {"HTTP_ORIGIN": "null"},
    {"HTTP_COOKIE": "sid=\x01\x7f; csrf=é"}, {"HTTP_COOKIE": "sid=" + "z" * 4_000},
    {"HTTP_COOKIE": "messages=x; =;;=; theme"}, {"HTTP_IF_MODIFIED_SINCE": "jamais"},
    {"HTTP_IF_NONE_MATCH": '"\x01\x7f'}, {"HTTP_RANGE": "bytes=99-1,-,x"}, {"HTTP_HX_REQUEST": "x" * 99},
    {"HTTP_HX_TARGET": "\x01\x7f<"}, {"HTTP_HX_CURRENT_URL": "http://["}, {"HTTP_ACCEPT": "*/*;q=x"},
    {"HTTP_X_FORWARDED_FOR": "\x01\x7f, 1.2.3"}, {"HTTP_X_FORWARDED_PROTO": "é"},
    {"HTTP_USER_AGENT": "\x01\x7f" * 500}, {"HTTP_ACCEPT_ENCODING": "gzip;q=é"},
    {"HTTP_AUTHORIZATION": "Basic é"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A form as a browser sees it: where it goes, what it holds, which buttons send it."""

    url: str
    method: str
    who: str
    values: Mapping[str, Sequence[str]]
    files: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]

    @property
    def door(self) -> str:
        return door_of(self.url)

    @property
    def kind(self) -> tuple[str, str, tuple[str, ...]]:
        """Forms that differ by the record they are about are of one kind."""
        return (self.door, self.method, tuple(sorted({*self.values, *self.files})))

    def __str__(self) -> str:
        return f"{self.method} {self.url} as {self.who}"


def door_of(url: str) -> str:
    """The name of the door that answers an address of ours; nothing when none does."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


def forms_of(page: HtmlElement, *, url: str, who: str) -> Iterator[Form]:
    """Every form of a page; a button that leads elsewhere than its form is one more."""
    for element in page.forms:
        form = _form(element, page=url, who=who)
        yield form
        for node in _buttons(element):
            if node.get("formaction"):
                yield replace(
                    form,
                    url=urljoin(url, node.get("formaction")),
                    method=(node.get("formmethod") or form.method).upper(),
                    buttons=((node.get("name", ""), node.get("value", "")),),
                )


def _buttons(element: HtmlElement) -> list[HtmlElement]:
    outside = f"//button[@form='{element.get('id')}']" if element.get("id") else "self::none"
    return [*element.xpath(".//button"), *element.xpath(outside)]


def _form(element: HtmlElement, *, page: str, who: str) -> Form:
    files = tuple(element.xpath(".//input[@type='file']/@name"))
    buttons = [(node.get("name"), node.get("value", "")) for node in _buttons(element) if node.get("name")]
    values: dict[str, list[str]] = {}
    for name, value in element.form_values():
        if name not in {*files, "csrfmiddlewaretoken"}:
            values.setdefault(name, []).append(value)
    # What is not ticked is not sent, and may be.
    values |= {
        name: [""] for name in element.fields if name and name not in {*values, *files, "csrfmiddlewaretoken"}
    }
    address = urljoin(page, element.get("action") or page)
    # What one looks for takes the place of what a page was asked.
    method = (element.get("method") or "get").upper()
    return Form(
        url=urlsplit(address).path if method == "GET" else address.partition("#")[0],
        method=method,
        who=who,
        values=values,
        files=files,
        buttons=tuple(buttons) or (("", ""),),
    )


def links_of(page: HtmlElement, *, url: str) -> Iterator[str]:
    """The addresses of ours that a page shows."""
    for link in page.xpath("//a/@href | //@hx-get | //link[@rel='icon']/@href | //img/@src"):
        found = urlsplit(urljoin(url, link))
        if not found.netloc and not found.scheme and found.path and not found.path.startswith("/static/"):
            yield found._replace(fragment="").geturl()


@dataclass(frozen=True, slots=True)
class Sending:
    """What is sent to a form: in order, names as often as one likes."""

    pairs: Sequence[tuple[str, str | bytes]]
    files: Sequence[tuple[str, str, bytes]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    charset: str = "utf-8"

    @property
    def body(self) -> tuple[str, bytes]:
        """Content type and bytes: a client of tests knows neither halves of letters nor a name twice."""
        if not self.files:
            text = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in self.pairs)
            return f"application/x-www-form-urlencoded; charset={self.charset}", text.encode()
        parts = [
            f'Content-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + _bytes(value)
            for name, value in self.pairs
        ] + [
            f'Content-Disposition: form-data; name="{name}"; filename="{title}"\r\n'.encode()
            + b"Content-Type: application/pdf\r\n\r\n" + content
            for name, title, content in self.files
        ]  # fmt: skip
        edge = f"--{BOUNDARY}".encode()
        body = b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"
        return f"multipart/form-data; boundary={BOUNDARY}", body


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode(errors="surrogatepass")


def _quoted(value: str | bytes) -> str:
    return quote_from_bytes(_bytes(value), safe="")


def _pairs(values: Mapping[str, Sequence[str]]) -> list[tuple[str, str | bytes]]:
    return [(name, one) for name, several in values.items() for one in several]


def as_given(form: Form, *, button: tuple[str, str] = ("", "")) -> Sending:
    return Sending(_pairs(form.values) + ([button] if button[0] else []))


def odd_sending(form: Form, at_random: random.Random) -> Sending:
    """One thing that nobody should send: the form as it was given, with some of it spoilt."""
    given = as_given(form, button=at_random.choice(form.buttons))
    pairs = list(given.pairs)
    if form.files and at_random.random() < 0.6:
        content, title = at_random.choice(FILES)
        name = at_random.choice(form.files)
        return replace(given, files=[(name, title, content)] * at_random.choice((1, 1, 2)))
    way = at_random.randrange(8)
    if way == 0:
        kept = at_random.sample(pairs, at_random.randint(0, len(pairs)))
        return replace(given, pairs=kept)
    if way == 1:
        twice = [(name, at_random.choice(ODD)) for name, _ in pairs]
        return replace(given, pairs=light([*pairs, *twice]))
    if way == 2:
        headers = at_random.choice(HEADERS)
        return replace(given, headers=headers)
    if way == 3:
        return replace(given, charset=at_random.choice(("utf-16", "latin-1", "n’existe pas", "\x7f", "idna")))
    if way == 4:
        return replace(given, pairs=light([(name, at_random.choice(ODD)) for name, _ in pairs]))
    # The rest as it was given: what is not looked at until all else is right.
    spoilt = set(at_random.sample(range(len(pairs)), min(len(pairs), at_random.choice((1, 1, 1, 2, 4)))))
    return replace(
        given,
        pairs=light(
            [
                (name, at_random.choice(ODD) if rank in spoilt else value)
                for rank, (name, value) in enumerate(pairs)
            ]
        ),
    )


def odd_query(asked: Iterable[str], at_random: random.Random) -> str:
    """What a page looks for in its address, and what many look for, with values that make no sense."""
    names = sorted({*asked, *OFTEN} - {""})
    return "&".join(f"{_quoted(name)}={_quoted(at_random.choice(ODD))[:2000]}" for name in names)


def odd_path(url: str, at_random: random.Random) -> str:
    """The address of a page with one of its pieces spoilt, one too many, or one that lacks."""
    pieces = urlsplit(url).path.strip("/").split("/")
    rank = at_random.randrange(len(pieces))
    odd = _quoted(at_random.choice(ODD))[:2000]
    way = at_random.randrange(6)
    if way == 0:
        del pieces[rank]
    elif way == 1:
        pieces.insert(rank, odd)
    elif way == 2:
        pieces[rank] += at_random.choice((odd, "%2F", ";x", "//", "/..", "%00", "%", "\\"))
    else:
        pieces[rank] = odd
    return "/" + "/".join(pieces).lstrip("/") + at_random.choice(("/", "/", ""))


def light(pairs: Sequence[tuple[str, str | bytes]]) -> list[tuple[str, str | bytes]]:
    """Above two megabytes a post is refused unread: the longest are sent a few at a time."""
    kept, left = [], 1_500_000
    for name, value in pairs:
        size = len(_quoted(value))
        kept.append((name, value if size <= left else "x"))
        left -= min(size, left)
    return kept


@dataclass(slots=True)
class Answer:
    status: int
    location: str
    body: bytes
    seconds: float
    logged: list[str]

    def faults(self) -> Iterator[str]:
        """What went wrong; nothing when the answer was calm."""
        if self.status not in CALM:
            yield f"answered {self.status}"
        if any(word in self.body for word in TRACES):
            yield f"tells too much: {next(word for word in TRACES if word in self.body).decode()}"
        if self.seconds > SLOW_SECONDS:
            yield f"lasted {self.seconds:.0f} s of processor"
        yield from self.logged


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        # What was refused, by a page or by Django's own guards, is no fault.
        refused = record.name == "django.request" and getattr(record, "status_code", 500) < 500
        if refused or record.name.startswith("django.security"):
            return
        if record.exc_info or record.levelno >= logging.ERROR:
            told = record.exc_info and record.exc_info[1]
            self.lines.append(f"logged: {record.getMessage()[:200]} {told!r:.300}")


@contextmanager
def heard() -> Iterator[list[str]]:
    """The faults told to the logs, tracebacks and errors."""
    ear, root = _Heard(), logging.getLogger()
    also = logging.getLogger("django")
    for logger in (root, also):
        logger.addHandler(ear)
    try:
        yield ear.lines
    finally:
        for logger in (root, also):
            logger.removeHandler(ear)


def undone(browser: Client, form: Form, sending: Sending) -> Answer:
    """Send, look at what the database looks at when all is over, and undo it."""
    with forgotten():
        answer = send(borrowed(browser), form, sending)
        if answer.status < 500:
            try:
                connection.check_constraints()
            except DatabaseError as error:
                answer.logged.append(f"could not be committed: {error}")
    return answer


def send(browser: Client, form: Form, sending: Sending) -> Answer:
    """By this browser, which tells errors as answers."""
    headers = dict(sending.headers)
    # What is looked for has no files.
    kind, body = (replace(sending, files=()) if form.method == "GET" else sending).body
    if form.method == "GET":
        address = f"{form.url}?{body.decode()[:4000]}"
        return _answer(browser, "GET", address, b"", "", headers)
    return _answer(browser, "POST", form.url, body, kind, headers)


def get(browser: Client, url: str, **headers: str) -> Answer:
    return _answer(browser, "GET", url, b"", "", headers)


def _answer(
    browser: Client, verb: str, url: str, body: bytes, kind: str, headers: Mapping[str, str]
) -> Answer:
    began = time.process_time()
    with heard() as lines:
        response = browser.generic(verb, url, body, kind or "application/octet-stream", **headers)
        # A file is read to its end, as a browser does; what it says is its own.
        whole = b"".join(response.streaming_content) if response.streaming else bytes(response.content)
    return Answer(
        status=response.status_code,
        location=response.headers.get("Location", ""),
        body=b"" if response.streaming else whole,
        seconds=time.process_time() - began,
        logged=list(dict.fromkeys(lines)),
    )


def borrowed(browser: Client) -> Client:
    """A browser of the same person: what happens to its session stays there, and an error is an answer."""
    mine = Client(raise_request_exception=False)
    mine.cookies = browser.cookies.copy()
    return mine
