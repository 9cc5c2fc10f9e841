"""What logs may tell of a visit: not the questionnaire, nor the secret of a link that opens things."""

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from gunicorn.config import Config

from eig.accounts.models import User
from eig.diversity.logs import QuietLogger
from eig.logs import Discreet
from eig.meetings.queries import booking_token, project_ticket, registration_token
from tests.listening import EARS

NGINX = Path(settings.BASE_DIR / "docker" / "nginx.conf").read_text()
TOKENS = (uuid4().hex + uuid4().hex[:11], registration_token(uuid4()), booking_token(uuid4()))


def patterns(at: Any = None, before: str = "/") -> Iterator[str]:
    for each in (at or get_resolver()).url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, path)
        elif isinstance(each, URLPattern):
            yield path


# Every address that holds the secret of a personal link.
PERSONAL = sorted(path for path in patterns() if "<str:token>" in path)


def addresses(token: str) -> list[str]:
    return [re.sub(r"<\w+:\w+>", "promotion", path.replace("<str:token>", token)) for path in PERSONAL]


def blocks(kind: str) -> dict[str, list[tuple[str, str]]]:
    """The maps of the proxy's configuration: the variable they make, their rules in order."""
    found = {}
    for head, body in re.findall(
        rf"^\s*{kind} \$uri \$(\w+) \{{(.*?)^\s*\}}$", NGINX, re.MULTILINE | re.DOTALL
    ):
        rules = re.findall(r"""^\s*("[^"]*"|\S+)\s+("[^"]*"|\S+);$""", body, re.MULTILINE)
        found[head] = [(what.strip('"'), to.strip('"')) for what, to in rules]
    return found


MAPS = blocks("map")


def mapped(name: str, uri: str) -> str:
    """What nginx makes of an address: the first rule that matches, else the default."""
    for what, to in MAPS[name]:
        if what.startswith("~") and (match := re.search(what[1:].replace("(?<", "(?P<"), uri)):
            return re.sub(r"\$(\w+)", lambda named: match.groupdict()[named[1]] or "", to)
    return dict(MAPS[name])["default"].replace("$uri", uri)


def test_the_proxy_has_the_rules_that_are_read_here() -> None:
    assert set(MAPS) == {"is_told", "told"}
    assert len(PERSONAL) >= 8
    # One format, and nothing in it but what is told; no other access log anywhere.
    assert re.findall(r"access_log ([^;]+);", NGINX) == ["/dev/stdout told if=$is_told"]
    [line] = re.findall(r"log_format told '([^']+)'", NGINX)
    assert set(re.findall(r"\$\w+", line)) == {
        *("$remote_addr", "$time_iso8601", "$request_method", "$told", "$status", "$body_bytes_sent"),
        "$request_time",
    }
    # Below this level nginx quotes the request line, and the address that asked.
    assert re.findall(r"error_log ([^;]+);", NGINX) == ["/dev/stderr crit"]


def test_the_proxy_tells_nothing_of_the_questionnaire() -> None:
    assert mapped("is_told", "/questionnaire/eig-6/0123456789abcdef0123/") == "0"
    assert mapped("is_told", "/mon-espace/") == "1"


@pytest.mark.parametrize("token", TOKENS, ids=("plain", "signed", "booking"))
def test_the_proxy_leaves_the_secret_of_links_out(token: str) -> None:
    told = {path: mapped("told", path) for path in addresses(token)}
    assert {path for path, line in told.items() if token[:12] in line} == set()
    assert mapped("told", f"/visas/{token}/") == "/visas/***/"
    assert (
        mapped("told", f"/webinaires/inscriptions/{token}/agenda.ics")
        == "/webinaires/inscriptions/***/agenda.ics"
    )


def test_the_proxy_tells_the_rest() -> None:
    for path in ("/", "/mon-espace/", f"/projets/{uuid4()}/visas/", "/defis/marees-et-courants/"):
        assert mapped("told", path) == path


@pytest.mark.parametrize("token", TOKENS, ids=("plain", "signed", "booking"))
def test_the_server_s_own_log_leaves_them_out_too(token: str) -> None:
    logger = QuietLogger(Config())
    ticket = project_ticket(uuid4())
    for path in [*addresses(token), "/rendez-vous/x/"]:
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "RAW_URI": f"{path}?projet={ticket}",
            "QUERY_STRING": f"projet={ticket}", "HTTP_REFERER": f"https://eig.example{path}?{ticket}",
            "SERVER_PROTOCOL": "HTTP/1.1",
        }  # fmt: skip
        answer = SimpleNamespace(status="200 OK", sent=12, headers=[])
        request = SimpleNamespace(headers=[])
        seconds = SimpleNamespace(seconds=0, microseconds=1, total_seconds=lambda: 0.0)
        atoms = logger.atoms(answer, request, environ, seconds)
        line = logger.cfg.access_log_format % logger.atoms_wrapper_class(atoms)
        assert token[:12] not in line
        assert ticket[:12] not in line
        assert "GET /" in line


def test_nobody_writes_a_line_of_their_own_in_the_access_log() -> None:
    path = "/é\n1.2.3.4 - - GET /pilotage/".encode().decode("latin-1")
    seconds = SimpleNamespace(seconds=0, microseconds=1, total_seconds=lambda: 0.0)
    answer, request = SimpleNamespace(status="200 OK", sent=12, headers=[]), SimpleNamespace(headers=[])
    sent = {
        "RAW_URI": "/%C3%A9%0A1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
    }
    told = QuietLogger(Config()).atoms(answer, request, {**sent, "PATH_INFO": path}, seconds)
    assert told["r"] == "GET /%C3%A9%0A1.2.3.4%20-%20-%20GET%20/pilotage/"


# Not in the line that fails: a log shows the lines of our own code.
TYPED = {"email": "canari@exemple.example", "letter": "« Canari, ma lettre »"}


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """What production writes of what was logged meanwhile."""
    handlers = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    [line] = [each.formatter for each in handlers if type(each.formatter) is Discreet]
    return lambda: "\n".join(line.format(record) for record in caplog.records)


def test_an_error_is_told_by_its_kind_and_its_place(db: None, written: Callable[[], str]) -> None:
    """The database quotes the row; whoever wraps the error, the text; Celery, the error in its message."""
    log = logging.getLogger("django.request")
    try:
        try:
            for _ in range(2):
                with transaction.atomic():
                    User.objects.create(email=TYPED["email"], first_name="Ana")
        except IntegrityError as error:
            raise ValueError(TYPED["letter"]) from error
    except ValueError as error:
        log.exception("Internal Server Error: %s", f"/visas/{TOKENS[0]}/")
        log.exception("said %s", error)
        context = {"name": "eig.mail.tasks.deliver", "exc": repr(error)}
        log.exception("Task %(name)s raised unexpected: %(exc)s", context)
    log.warning("Not Found: %s", "/a\n2026-12-01 INFO root all is well to ana@exemple.example")
    told = written()
    assert [word for word in ("anari", TOKENS[0], "ma lettre", "ana@") if word in told] == []
    assert told.count("psycopg.errors.UniqueViolation 23505 accounts_user_email") == 3
    assert "Internal Server Error: /visas/***/" in told
    assert "Task eig.mail.tasks.deliver raised unexpected: builtins.ValueError" in told
    assert "test_told.py" in told
    assert (
        len(told.splitlines()) == len([line for line in told.splitlines() if "all is well" not in line]) + 1
    )
    assert told.splitlines()[-1].endswith("Not Found: /a\\n2026-12-01 INFO root all is well to ***")


def test_the_log_of_the_database_keeps_nothing_of_what_people_typed() -> None:
    """What each setting does is seen in test_services; the composition has the same."""
    composition = yaml.safe_load(Path(settings.BASE_DIR / "docker-compose.yml").read_text())
    given = {part[2:] for part in composition["services"]["database"]["command"] if part.startswith("-c")}
    source = Path(settings.BASE_DIR / "bin" / "_servers.py").read_text()
    ours = {f"{name}={value}" for name, value in re.findall(r'"(log_(?!timezone)\w+)": "(\w+)"', source)}
    assert len(ours) == 5
    assert ours <= given


def test_whatever_test_sends_is_listened_for_in_every_log(db: None, client: Client) -> None:
    """What tests/listening.py holds each line of the whole suite against."""
    client.post("/visas/" + "a1B_" * 12 + "/", {"why": "Une phrase à moi.", "page": "/projets/eig-7/"})
    log = logging.getLogger("eig.anything")
    log.warning("Refused: %s", "all is well at /projets/eig-7/")
    assert EARS.heard == []
    log.warning("Refused: %s", "« Une phrase à moi. »")
    log.warning("Not a link, so not hidden: %s", "a1B_" * 12)
    assert [line.partition(" tells ")[2] for line in EARS.heard] == ["'Une phrase à moi.'", repr("a1B_" * 12)]
    EARS.heard.clear()
