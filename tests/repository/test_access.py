"""Every URL × every actor: who may open what, and what nobody may do by looking."""

from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse

from eig.accounts.models import User
from tests.databases import forgotten
from tests.people import PASSWORD
from tests.repository.doors import ACTORS, AWAY, HIDDEN, LOGIN, OPEN
from tests.repository.visiting import DOORS, Visit, Visits, url_names
from tests.repository.world import CANARIES, World

PAGES = [name for name, door in DOORS.items() if door.verb == "GET"]
DEEDS = [name for name, door in DOORS.items() if door.verb == "POST"]
# Whoever may read each canary, besides the programme team: the columns, and the rooms it is legitimate in.
KEEPERS = {
    "name": {"double", "aside"},
    "project": {"agent"},
    "application": {"double"},
    "reading": {"reader"},
    "jury": {"reader"},
    "decision": set(),
    "card": set(),
    "bulletin": {"owner", "double"},
}


def answer(visit: Visit) -> str:
    """What a visit met, in the words of the tables."""
    if visit.leads_to_login:
        return LOGIN
    words = {200: OPEN, 302: AWAY, 404: HIDDEN}
    return words.get(visit.status, str(visit.status))


def test_every_url_has_its_row_and_every_row_its_url() -> None:
    names = Counter(url_names())
    assert sorted(names) == sorted(DOORS)
    # Ours, before allauth's at the same addresses.
    ours = {"account_login", "account_signup", "account_request_login_code"}
    assert {name for name, times in names.items() if times > 1} == ours
    assert {resolve(reverse(name)).func.__module__ for name in ours} == {"eig.accounts.views"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_to_whom_it_is_for(visits: Visits, name: str) -> None:
    door = DOORS[name]
    assert {actor: answer(visits.visit(door, actor)) for actor in ACTORS} == door.answers


def test_what_is_hidden_takes_no_post_either(visits: Visits) -> None:
    found = [
        visits.visit(DOORS[name], actor, "POST")
        for name in PAGES
        if ":" in name
        for actor, word in DOORS[name].answers.items()
        if word == HIDDEN and actor in {"stranger", "double", "aside", "staff"}
    ]
    assert [str(visit) for visit in found if visit.status not in {404, 405} or visit.written] == []


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_offered_to_whom_it_is_for(visits: Visits, name: str) -> None:
    """A GET does nothing; a POST, even empty, goes through to whom it is for, and nowhere for others."""
    door = DOORS[name]
    looks = {actor: visits.visit(door, actor) for actor in ACTORS}
    tries = {actor: visits.visit(door, actor, "POST") for actor in ACTORS}
    for actor, word in door.answers.items():
        look, attempt = looks[actor], tries[actor]
        if word == LOGIN:
            assert look.leads_to_login, str(look)
            assert attempt.leads_to_login, str(attempt)
        elif word == HIDDEN:
            assert look.status in {404, 405}, str(look)
            assert (attempt.status, attempt.written) == (404, frozenset()), str(attempt)
        else:
            assert look.status == 405, str(look)
            assert attempt.status in {200, 302, 409, 422}, str(attempt)
            assert not attempt.leads_to_login, str(attempt)


def test_looking_changes_nothing(visits: Visits) -> None:
    # But that a dossier was looked at: tests/repository/test_consultations.py.
    found = [(visit, visit.written - {"journal_consultation"}) for visit in visits.all()]
    assert [f"{visit}: {', '.join(tables)}" for visit, tables in found if tables] == []


@pytest.mark.parametrize("canary", CANARIES)
def test_nothing_of_others_is_in_a_page(visits: Visits, canary: str) -> None:
    word, keepers = CANARIES[canary], {"staff", *KEEPERS[canary]}
    found = [visit for visit in visits.all() if visit.actor not in keepers]
    assert [str(visit) for visit in found if word.encode() in visit.body or word in str(visit.headers)] == []


def test_the_canaries_sing_to_their_keepers(visits: Visits) -> None:
    """Otherwise their silence elsewhere would prove nothing."""
    world, of = visits.world, visits.world.of
    here = world.here.code
    songs = {
        "name": (world.diane, reverse("candidates:staff_application_list", args=[here])),
        "project": (world.farid, reverse("projects:project_detail", args=[of.other_project.code])),
        "application": (
            world.diane,
            reverse("candidates:staff_application_detail", args=[here, of.other_application.code]),
        ),
        "reading": (world.claire, reverse("projects:review_detail", args=[of.signed_review.sheet.code])),
        "jury": (world.claire, reverse("projects:hearing_edit", args=[of.heard.code])),
        "decision": (world.diane, reverse("projects:staff_wave_detail", args=[here, of.project_wave.code])),
        # Not signed yet: for its author alone.
        "card": (
            of.second_juror.person,
            reverse("interviews:scorecard_edit", args=[of.unsigned_card.sheet.code]),
        ),
        "bulletin": (of.member.person, reverse("cohorts:team_detail", args=[of.team.code])),
    }
    heard = {name for name, (who, url) in songs.items() if CANARIES[name] in _text(world, who, url)}
    assert heard == set(CANARIES)


def _text(world: World, who: User, url: str) -> str:
    with forgotten():
        return world.browser(who).get(url).content.decode()


def test_a_record_is_found_in_its_promotion_only(visits: Visits) -> None:
    """The same record under another promotion's address does not exist, even for the programme team."""
    world, found = visits.world, []
    for door in DOORS.values():
        kwargs = visits.way(door).kwargs
        if "promotion" in kwargs and kwargs.keys() - {"promotion", "kind", "criterion"}:
            for elsewhere in (
                world.past,
                world.there if kwargs["promotion"] != world.there.code else world.here,
            ):
                with forgotten():
                    address = visits.url(door, promotion=elsewhere.code)
                    response = world.browser(world.diane).generic(door.verb, address)
                found.append((address, response.status_code))
    assert len(found) > 60
    leaks = [f"{address} {status}" for address, status in found if status != 404]
    assert leaks == [], "\n".join(["", *leaks])


def test_a_post_without_its_token_is_refused(visits: Visits) -> None:
    browser, found = Client(enforce_csrf_checks=True), []
    browser.cookies = visits.world.browser(visits.world.diane).cookies
    for name, door in DOORS.items():
        if ":" in name and set(door.answers.values()) != {HIDDEN}:
            with forgotten():
                found.append((name, browser.post(visits.url(door)).status_code))
    assert [(name, status) for name, status in found if status != 403] == []


def test_a_token_of_before_of_another_or_sent_from_elsewhere_is_no_token(world: World) -> None:
    """Refused before any view: one door stands for all those that ask for a token."""
    door, mine, other = reverse("account_logout"), Client(enforce_csrf_checks=True), Client()

    def token_of(browser: Client, url: str = door) -> str:
        return browser.get(url).context["csrf_token"]

    def left(token: str, **headers: str) -> bool:
        mine.post(door, {"csrfmiddlewaretoken": token}, **headers)
        return "_auth_user_id" not in mine.session

    login = reverse("account_login")
    before = token_of(mine, login)
    typed = {"login": world.emile.email, "password": PASSWORD, "csrfmiddlewaretoken": before}
    assert mine.post(login, typed).status_code == 302
    other.force_login(world.alice)
    token, cookie = token_of(mine), mine.cookies[settings.CSRF_COOKIE_NAME].value
    assert not left(before), "the one of before signing in"
    assert not left(token_of(other)), "somebody else's"
    mine.cookies[settings.CSRF_COOKIE_NAME] = other.cookies[settings.CSRF_COOKIE_NAME].value
    assert not left(token), "somebody else's cookie"
    mine.cookies[settings.CSRF_COOKIE_NAME] = cookie
    for origin in (
        "https://ailleurs.example",
        "null",
        "http://testserver.ailleurs.example",
        "http://testserver:81",
    ):
        assert not left(token, HTTP_ORIGIN=origin), origin
    for referer in ("https://ailleurs.example/", "https://testserver.ailleurs.example/", "x", ""):
        assert not left(token, HTTP_REFERER=referer, **{"wsgi.url_scheme": "https"}), referer
    assert left(token, HTTP_ORIGIN="http://testserver")


# What nobody does from a screen that was left open (ASVS 7.5.1).
GRAVE = (
    "journey:staff_phase_extend",
    "journey:staff_person_invite",
    "privacy:account_erase",
    "privacy:staff_retention_edit",
    "diversity:staff_answers_publish",
    "projects:staff_project_publish",
    "ranking:ranking_close",
    "orders:order_confirm",
    "teams:scenario_sign",
    "teams:scenario_unsign",
    "teams:results_publish",
    "cohorts:cohort_open",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_generate_recovery_codes",
    *(
        f"{app}:staff_wave_{deed}"
        for app in ("projects", "candidates")
        for deed in ("move", "validate", "split", "publish", "reopen", "cancel")
    ),
)


@pytest.mark.parametrize("name", GRAVE)
def test_a_grave_deed_asks_again_who_is_there(visits: Visits, settings: object, name: str) -> None:
    """The screen was left open: neither a look nor a post goes further, and nothing is written."""
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    door = DOORS[name]
    actor = next(actor for actor in ("staff", "owner") if door.answers[actor] == OPEN)
    for verb in ("GET", "POST"):
        visit = visits.look(door, actor, verb)
        if (verb, visit.status) != ("GET", 405):
            assert "reauthenticate" in visit.location, str(visit)
            assert not visit.written


@pytest.mark.parametrize("way", ["GET", "POST"])
@pytest.mark.parametrize("name", ["demo_cast", "demo_enter", "demo_mail_list", "demo_mail_detail"])
def test_outside_the_demonstration_nobody_enters_by_its_doors(visits: Visits, name: str, way: str) -> None:
    door = DOORS[f"demo:{name}"]
    for actor in ("anonymous", "stranger", "staff"):
        visit = visits.visit(door, actor, way)
        assert visit.status == 404, str(visit)
        assert not visit.written


def test_the_demonstration_is_entered_in_one_click_and_only_there(world: World, settings: object) -> None:
    settings.DEMO = True
    address = f"/demonstration/entrer/{world.diane.code}/"
    browser = Client()
    assert browser.get(address).status_code == 405
    assert urlsplit(browser.post(address).headers["Location"]).path == "/mon-espace/"
    assert browser.get("/pilotage/").status_code == 200
