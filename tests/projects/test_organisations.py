"""Organisations by name or SIRET: the register answers, hangs, fails or lies; typing goes on."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

from eig.accounts.models import User
from eig.organisations.client import LARGEST_ANSWER
from eig.promotions.models import Promotion
from projects.models import Administration
from projects.queries.administration import organisations_suggested
from tests.factories import projects as make
from tests.people import signed_in

TOWN_HALL = {
    "siren": "217500016",
    "nom_complet": "VILLE DE PARIS",
    "nature_juridique": "7210",
    "etat_administratif": "A",
    "siege": {"siret": "21750001600019", "libelle_commune": "PARIS"},
    "matching_etablissements": [],
}
SHOP = {
    **TOWN_HALL,
    "nom_complet": "LA POSTE",
    "nature_juridique": "5599",
    "siege": {"siret": "35600000000048", "libelle_commune": "PARIS"},
}
HIDDEN = {**TOWN_HALL, "nom_complet": "PERSONNE PROTÉGÉE", "statut_diffusion": "P"}
CEASED = {**TOWN_HALL, "nom_complet": "DIRECTION FERMÉE", "etat_administratif": "C"}
FALSE = {**TOWN_HALL, "nom_complet": "SIRET FAUX", "siege": {"siret": "21750001600018"}}


class Register:
    """The outer wall: what it answers next, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.delay = 0.0
        self.body: object = {"results": [SHOP, TOWN_HALL, HIDDEN, CEASED, FALSE, "x", {"siege": 3}]}


@pytest.fixture
def register(settings) -> Iterator[Register]:
    state = Register()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(parse_qs(urlsplit(self.path).query)["q"][0])
            body = state.body if isinstance(state.body, bytes) else json.dumps(state.body).encode()
            try:
                time.sleep(state.delay)
                self.send_response(state.status)
                for name, value in state.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # The client has stopped waiting.

        def log_message(self, *arguments: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.ORGANISATION_SEARCH_URL = f"http://127.0.0.1:{server.server_port}/search"
    settings.ORGANISATION_SEARCH_SECONDS = 0.3
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _forget(db: None) -> None:
    cache.clear()


def names(text: str) -> list[str]:
    return [item.name for item in organisations_suggested(text).found]


def test_the_register_is_read_public_bodies_first(register: Register) -> None:
    suggested = organisations_suggested("paris")
    assert [(item.name, item.siret, item.town) for item in suggested.found] == [
        ("VILLE DE PARIS", "21750001600019", "PARIS"),
        # La Poste's exception to the key.
        ("LA POSTE", "35600000000048", "PARIS"),
    ]
    assert suggested.sentence.startswith("2 organisations")


def test_an_answer_is_remembered(register: Register) -> None:
    assert names("Ville  de Paris") == names("ville de PARIS")
    assert len(register.asked) == 1


def test_a_siret_finds_its_own_establishment(register: Register) -> None:
    place = {"siret": "13002526500013", "libelle_commune": "LYON"}
    register.body = {"results": [{**TOWN_HALL, "matching_etablissements": [place]}]}
    (found,) = organisations_suggested("130 025 265 00013").found
    assert (found.siret, found.town) == ("13002526500013", "LYON")


def test_a_wrong_siret_asks_nobody(register: Register) -> None:
    suggested = organisations_suggested("13002526500014")
    assert "n’existe pas" in suggested.sentence
    assert register.asked == []


@pytest.mark.parametrize("text", ["", "pa", "  ", "1300252650001", "123"])
def test_too_little_asks_nobody(register: Register, text: str) -> None:
    assert organisations_suggested(text).found == ()
    assert register.asked == []


def test_a_silent_register_costs_one_time_out_and_no_more(register: Register) -> None:
    register.delay = 3
    start = time.monotonic()
    assert names("paris") == []
    first = time.monotonic() - start
    assert 0.25 < first < 1
    start = time.monotonic()
    for text in ("lyon", "lille", "brest"):
        assert "saisissez le nom et le SIRET" in organisations_suggested(text).sentence
    assert time.monotonic() - start < 0.25
    assert len(register.asked) == 1


def test_after_the_pause_one_person_tries_and_the_others_do_not_wait(register: Register) -> None:
    register.delay = 3
    names("paris")
    cache.delete("organisations:paused")
    cache.add("organisations:trying", 1, 10)
    assert names("lyon") == []
    assert len(register.asked) == 1
    # The next try answers: the circuit closes.
    cache.delete("organisations:trying")
    register.delay = 0
    assert names("lille") == ["VILLE DE PARIS", "LA POSTE"]
    assert names("brest") == ["VILLE DE PARIS", "LA POSTE"]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, {}),
        (302, {}),
        (200, b"<html>"),
        (200, []),
        (200, {"results": None}),
        (200, b"{" + b" " * (LARGEST_ANSWER + 10)),
    ],
)
def test_whatever_it_answers_nothing_breaks_and_it_is_left_alone(
    register: Register, status: int, body: object
) -> None:
    register.status, register.body = status, body
    register.headers = {"Location": "http://127.0.0.1:9/ailleurs"} if status == 302 else {}
    assert names("paris") == []
    assert names("lyon") == []
    assert len(register.asked) == 1


def test_too_many_requests_are_followed_by_the_pause_it_asks(register: Register) -> None:
    register.status, register.headers = 429, {"Retry-After": "120"}
    names("paris")
    assert cache.get("organisations:paused")


def test_without_an_address_nobody_is_asked(settings) -> None:
    settings.ORGANISATION_SEARCH_URL = ""
    assert "saisissez" in organisations_suggested("ville de paris").sentence


def test_a_refused_connection_is_an_outage(settings) -> None:
    settings.ORGANISATION_SEARCH_URL = "http://127.0.0.1:9/search"
    settings.ORGANISATION_SEARCH_SECONDS = 0.3
    assert names("ville de paris") == []
    assert cache.get("organisations:paused")


def test_the_administrations_of_drafts_and_dossiers_stay_unknown(
    promotion: Promotion, diane: User, badis: User
) -> None:
    secret = {"operator": {"name": "Canariole secrète", "siret": make.SIRETS[2]}}
    make.draft(promotion, **secret)
    make.eligible(promotion, by=diane, **secret)
    assert Administration.objects.filter(name="Canariole secrète").exists()
    page = signed_in(badis).get(reverse("projects:administration_search"), {"q": "canariole"})
    assert page.json()["options"] == []
    by_siret = signed_in(badis).get(reverse("projects:administration_search"), {"q": make.SIRETS[2]})
    assert "Canariole" not in by_siret.content.decode()


def test_the_administration_of_a_published_defi_is_suggested(promotion: Promotion, badis: User) -> None:
    make.published(promotion, operator={"name": "Office du littoral", "siret": make.SIRETS[0]})
    page = signed_in(badis).get(reverse("projects:administration_search"), {"q": "LITTORAL office"})
    (option,) = page.json()["options"]
    assert (option["name"], option["siret"]) == ("Office du littoral", make.SIRETS[0])
