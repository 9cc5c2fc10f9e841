"""The doors of the wishes: who enters, what htmx and plain forms get, bad input, number of queries."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from candidates.models import Application
from eig.accounts.models import User
from eig.documents.choices import PrintStatus
from eig.documents.models import Print
from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.ranking.models import Choice, Ranking
from matching.ranking.queries import wishes_of
from projects.models import Project
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import ASKS_ITSELF, phase, signed_in
from tests.signing import done_by_two

HTMX = {"HX-Request": "true"}


@pytest.fixture
def projects(promotion: Promotion) -> list[Project]:
    return [published_project(promotion, f"Projet {letter}") for letter in "ABCDEF"]


@pytest.fixture
def application(promotion: Promotion, alice: User, projects: list[Project]) -> Application:
    return shortlisted(promotion, alice)


@pytest.fixture
def browser(alice: User) -> Client:
    return signed_in(alice)


def door(name: str, application: Application, *more: object) -> str:
    return reverse(f"ranking:{name}", args=[application.code, *more])


def add(browser: Client, application: Application, project: Project, **headers: object):
    row = Ranking.objects.filter(application=application).first()
    data = {"project": str(project.code), "version": row.version if row else 1}
    return browser.post(door("choice_add", application), data, **headers)


def test_a_first_look_writes_nothing(browser: Client, application: Application) -> None:
    page = browser.get(door("ranking_edit", application)).content.decode()
    assert "Votre liste est vide" in page
    assert not Ranking.objects.exists()


def test_without_javascript_each_deed_leads_back_to_the_page(
    browser: Client, application: Application, projects: list[Project]
) -> None:
    response = add(browser, application, projects[0], follow=True)
    assert response.redirect_chain[0][0].startswith(door("ranking_edit", application))
    page = response.content.decode()
    assert "« Projet A », 1er sur 1." in page
    add(browser, application, projects[1])
    row = Ranking.objects.get()
    browser.post(
        door("choice_move", application),
        {"project": projects[1].code, "version": row.version, "direction": "up"},
    )
    assert [wish.project for wish in wishes_of(row)] == [projects[1], projects[0]]


def test_htmx_gets_the_fragment_the_sentence_and_the_button_to_focus(
    browser: Client, application: Application, projects: list[Project]
) -> None:
    add(browser, application, projects[0])
    add(browser, application, projects[1])
    version = Ranking.objects.get().version
    response = browser.post(
        door("choice_move", application),
        {"project": projects[1].code, "version": version, "direction": "up"},
        headers=HTMX,
    )
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="espace-voeux"' in page
    told = json.loads(response.headers["HX-Trigger-After-Settle"])["ranking:said"]
    assert told["text"] == "« Projet B », 1er sur 2."
    assert told["focus"] == f"monter-{projects[1].code}"
    assert f'id="{told["focus"]}"' in page
    again = browser.post(
        door("choice_move", application),
        {"project": projects[1].code, "version": version + 1, "direction": "up"},
        headers=HTMX,
    )
    assert json.loads(again.headers["HX-Trigger-After-Settle"])["ranking:said"] == told


def test_a_stale_page_is_told_and_shown_the_list_as_it_is(
    browser: Client, application: Application, projects: list[Project]
) -> None:
    add(browser, application, projects[0])
    stale = {"project": str(projects[1].code), "version": 1}
    response = browser.post(door("choice_add", application), stale, headers=HTMX)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Rien n’a été modifié" in page
    assert "Projet A" in page
    assert (
        "Rien n’a été modifié"
        in browser.post(door("choice_add", application), stale, follow=True).content.decode()
    )
    assert Choice.objects.count() == 1


def test_a_reason_that_could_not_be_saved_is_not_lost(
    browser: Client, application: Application, projects: list[Project]
) -> None:
    add(browser, application, projects[0])
    row = Ranking.objects.get()
    where = door("choice_explain", application, projects[0].code)
    browser.post(where, {"reason": "Première raison", "version": row.version})
    response = browser.post(where, {"reason": "Seconde raison", "version": row.version})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Seconde raison" in page
    assert "Première raison" in page
    assert Choice.objects.get().reason == "Première raison"


def save_by_itself(browser: Client, application: Application, project: Project, **data: object):
    where = door("choice_explain", application, project.code)
    return browser.post(where, {"itself": "yes", **data}, headers=HTMX)


def test_a_reason_saves_itself_and_gives_the_version_of_the_next_deed(
    browser: Client, application: Application, projects: list[Project]
) -> None:
    add(browser, application, projects[0])
    row = Ranking.objects.get()
    answer = save_by_itself(
        browser, application, projects[0], version=row.version, reason="La mer, depuis l’enfance."
    )
    assert answer.status_code == 200
    assert "Enregistré à" in answer.content.decode()
    row.refresh_from_db()
    assert json.loads(answer.headers["HX-Trigger"]) == {"ranking:version": {"version": row.version}}
    assert Choice.objects.get().reason == "La mer, depuis l’enfance."


def test_a_reason_written_elsewhere_meanwhile_waits_for_a_choice(
    browser: Client, application: Application, projects: list[Project]
) -> None:
    add(browser, application, projects[0])
    seen = Ranking.objects.get().version
    save_by_itself(browser, application, projects[0], version=seen, reason="Écrit ailleurs")
    stale = save_by_itself(browser, application, projects[0], version=seen, reason="Écrit ici")
    assert stale.status_code == 409
    page = stale.content.decode()
    assert "data-conflict" in page
    assert "Écrit ailleurs" in page
    assert Choice.objects.get().reason == "Écrit ailleurs"
    version = json.loads(stale.headers["HX-Trigger"])["ranking:version"]["version"]
    save_by_itself(browser, application, projects[0], version=version, reason="Écrit ici")
    assert Choice.objects.get().reason == "Écrit ici"


def test_a_reason_stops_saving_itself_once_the_list_is_certified(
    browser: Client, application: Application, projects: list[Project]
) -> None:
    for project in projects[:3]:
        add(browser, application, project)
    row = Ranking.objects.get()
    browser.post(door("ranking_certify", application), {"version": row.version})
    row.refresh_from_db()
    late = save_by_itself(browser, application, projects[0], version=row.version, reason="Trop tard")
    assert late.status_code == 423
    assert not Choice.objects.filter(reason="Trop tard").exists()


def test_a_reason_too_long_is_refused_with_the_text_kept(
    browser: Client, application: Application, projects: list[Project]
) -> None:
    add(browser, application, projects[0])
    long = "é" * 501
    response = browser.post(
        door("choice_explain", application, projects[0].code),
        {"reason": long, "version": Ranking.objects.get().version},
    )
    assert response.status_code == 409
    assert long in response.content.decode()
    assert Choice.objects.get().reason == ""


def test_certifying_explains_then_gives_a_receipt(
    browser: Client, application: Application, projects: list[Project]
) -> None:
    where = door("ranking_certify", application)
    assert browser.get(where).status_code == 302
    for project in projects[:3]:
        add(browser, application, project)
    assert "Ce que certifier veut dire" in browser.get(where).content.decode()
    version = Ranking.objects.get().version
    response = browser.post(where, {"version": version}, follow=True)
    assert response.redirect_chain[-1][0] == door("ranking_receipt", application)
    page = response.content.decode()
    assert Ranking.objects.get().content_sha256 in page
    browser.post(where, {"version": version})
    assert Message.objects.filter(kind="ranking/ranking_certified").count() == 1
    page = browser.get(door("ranking_edit", application)).content.decode()
    assert "Liste certifiée" in page
    assert "Monter" not in page
    browser.post(door("ranking_reopen", application))
    assert "Monter" in browser.get(door("ranking_edit", application)).content.decode()


def test_the_receipt_that_is_being_made_comes_by_itself_and_a_failed_one_is_asked_again(
    browser: Client, application: Application, projects: list[Project]
) -> None:
    for project in projects[:3]:
        add(browser, application, project)
    browser.post(door("ranking_certify", application), {"version": Ranking.objects.get().version})
    here, ask = door("ranking_receipt", application), door("receipt_print", application)
    browser.post(ask)
    page = browser.get(here).text
    assert 'hx-trigger="every 3s"' in page
    assert ask not in page
    Print.objects.update(status=PrintStatus.FAILED, error="Erreur imprévue.")
    part = browser.get(here, headers=ASKS_ITSELF).text
    assert "<h1" not in part
    assert "La mise en page a échoué" in part
    assert "hx-get" not in part
    browser.post(ask)
    browser.post(ask)
    assert Print.objects.filter(status=PrintStatus.QUEUED).count() == 1


def test_when_closed_the_page_says_so_with_the_official_time(
    browser: Client, application: Application, promotion: Promotion, projects: list[Project]
) -> None:
    add(browser, application, projects[0])
    phase(promotion, "ranking", closes=timezone.now() - timedelta(minutes=1))
    page = browser.get(door("ranking_edit", application)).content.decode()
    assert "est clos depuis le" in page
    assert "absence de vœux" in page
    assert "Ajouter" not in page
    late = add(browser, application, projects[1], headers=HTMX)
    assert "est clos depuis le" in late.content.decode()
    assert Choice.objects.count() == 1


def test_filters_keep_what_matches_and_survive_a_deed(
    browser: Client, application: Application, promotion: Promotion, projects: list[Project]
) -> None:
    published_project(promotion, "Projet juridique", trades=["droit-du-numerique"])
    where = door("ranking_edit", application)
    assert "Projet juridique" in browser.get(where).content.decode()
    assert "Projet juridique" not in browser.get(where, {"mine": "on"}).content.decode()
    page = browser.get(where, {"trade": "Droit du numérique"}).content.decode()
    assert "Projet juridique" in page
    assert "Projet A" not in page
    page = browser.post(
        door("choice_add", application),
        {"project": projects[0].code, "version": 1, "filters": "mine=on"},
        headers=HTMX,
    ).content.decode()
    assert "Projet juridique" not in page


@pytest.mark.parametrize(
    "data", [{}, {"project": "rien"}, {"project": str(uuid.UUID(int=1))}, {"project": "a" * 9000}]
)
def test_an_unknown_project_is_a_404(browser: Client, application: Application, data: dict[str, str]) -> None:
    assert browser.post(door("choice_add", application), {"version": 1, **data}).status_code == 404


def test_a_project_that_was_never_published_does_not_exist(
    browser: Client, application: Application, promotion: Promotion
) -> None:
    secret = published_project(promotion, "Secret", status="laureate")
    Project.objects.filter(pk=secret.pk).update(published_at=None)
    assert add(browser, application, secret).status_code == 404


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 40, "²", "1.5"])
def test_a_version_that_is_none_is_stale(
    browser: Client, application: Application, projects: list[Project], version: str
) -> None:
    data = {"project": projects[0].code, "version": version}
    page = browser.post(door("choice_add", application), data, follow=True).content.decode()
    assert "Rien n’a été modifié" in page
    assert not Choice.objects.exists()


def test_nul_bytes_and_absurd_filters_never_break(
    browser: Client, application: Application, projects: list[Project]
) -> None:
    add(browser, application, projects[0])
    version = Ranking.objects.get().version
    where = door("choice_explain", application, projects[0].code)
    assert browser.post(where, {"reason": "a\x00b", "version": version}).status_code in {400, 409}
    assert (
        browser.get(door("ranking_edit", application), {"theme": "☠" * 50, "trade": "x"}).status_code == 200
    )
    data = {"project": projects[1].code, "version": version, "filters": "theme=%00&x=" + "y" * 900}
    assert browser.post(door("choice_add", application), data, headers=HTMX).status_code == 200


DOORS = ["ranking_edit", "ranking_certify", "ranking_receipt"]


@pytest.mark.parametrize("name", DOORS)
def test_nobody_sees_the_wishes_of_another(
    application: Application, emile: User, claire: User, diane: User, name: str
) -> None:
    ranking(application)
    assert Client().get(door(name, application)).status_code == 302
    for who in (emile, claire, diane):
        assert signed_in(who).get(door(name, application)).status_code == 404


def test_another_candidate_cannot_change_my_wishes(
    application: Application, promotion: Promotion, projects: list[Project], emile: User
) -> None:
    shortlisted(promotion, emile)
    other = signed_in(emile)
    for name in ("choice_add", "choice_remove", "choice_move", "other_project_accept", "ranking_reopen"):
        data = {"project": projects[0].code, "version": 1}
        assert other.post(door(name, application), data).status_code == 404
    assert not Choice.objects.exists()


STAFF = ["ranking_list", "ranking_demand", "ranking_close"]


@pytest.mark.parametrize("name", STAFF)
def test_only_the_programme_team_reads_what_wishes_add_up_to(
    promotion: Promotion, application: Application, alice: User, claire: User, diane: User, name: str
) -> None:
    where = reverse(f"ranking:{name}", args=[promotion.code])
    assert signed_in(diane).get(where).status_code == 200
    for who in (alice, claire):
        assert signed_in(who).get(where).status_code == 404


def test_staff_follow_invite_and_close(
    promotion: Promotion, application: Application, projects: list[Project], diane: User, denis: User
) -> None:
    ranking(application, projects[:3], certified=True)
    shortlisted(promotion)
    staff = signed_in(diane)
    page = staff.get(reverse("ranking:ranking_list", args=[promotion.code])).content.decode()
    assert "2 personnes" in page.replace("\u202f", " ").replace("\u00a0", " ")
    page = staff.get(
        reverse("ranking:ranking_list", args=[promotion.code]), {"state": "certified", "q": "aubert"}
    ).content.decode()
    assert "Alice Aubert" in page
    assert "Camille" not in page
    page = staff.get(
        reverse("ranking:ranking_detail", args=[promotion.code, application.code])
    ).content.decode()
    assert "Projet B" in page
    staff.post(reverse("ranking:ranking_invite", args=[promotion.code]))
    assert Message.objects.filter(kind="ranking/ranking_opened").count() == 2
    done_by_two(staff, signed_in(denis), reverse("ranking:ranking_close", args=[promotion.code]))
    assert promotion.ranking_snapshots.count() == 1


@pytest.mark.parametrize("query", ["?page=zut", "?page=-3", "?state=zut", "?trade=%27", "?q=" + "a" * 300])
def test_absurd_addresses_still_answer(promotion: Promotion, diane: User, query: str) -> None:
    where = reverse("ranking:ranking_list", args=[promotion.code]) + query
    assert signed_in(diane).get(where).status_code == 200


def queries(browser: Client, where: str) -> int:
    browser.get(where)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(where).status_code == 200
    return len(captured)


def test_thirty_rows_cost_the_queries_of_three(
    promotion: Promotion, application: Application, browser: Client, diane: User, projects: list[Project]
) -> None:
    staff = signed_in(diane)
    pages = [
        (browser, door("ranking_edit", application)),
        (staff, reverse("ranking:ranking_list", args=[promotion.code])),
        (staff, reverse("ranking:ranking_demand", args=[promotion.code])),
    ]
    ranking(application, projects[:3])
    for _ in range(2):
        ranking(shortlisted(promotion), projects[:3], certified=True)
    few = [queries(*page) for page in pages]
    more = [published_project(promotion) for _ in range(9)]
    for _ in range(27):
        ranking(shortlisted(promotion), more[:3], certified=True)
    row = Ranking.objects.get(application=application)
    assert [queries(*page) for page in pages] == few
    assert max(few) <= 15
    assert row.choices.count() == 3
