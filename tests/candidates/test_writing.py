"""What a candidate writes: saved as it is typed, refusals explained at once, years counted from periods."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from candidates.models import Application
from eig.accounts.actions import invite
from eig.dossiers.rules import experience
from eig.mail.models import Message
from journey.actions.deadlines import close_drafts
from journey.actions.invitations import accept
from projects.actions import add_editor
from tests.factories import candidates as make
from tests.factories import projects as proposals
from tests.people import phase, signed_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(promotion, alice):
    return make.draft(promotion, alice)


def keep(browser, application, question, **typed):
    path = f"/candidatures/{application.code}/reponses/{question}/"
    return browser.post(path, {f"version__{question}": application.version, **typed}, headers=HTMX)


def test_an_answer_saves_itself_in_six_queries(draft, alice):
    browser = signed_in(alice)
    browser.get("/candidatures/")
    with CaptureQueriesContext(connection) as asked:
        answer = keep(browser, draft, "motivation", motivation="Servir")
    quiet = ("SAVEPOINT", "RELEASE")
    assert len([row for row in asked if not row["sql"].startswith(quiet)]) <= 6
    assert answer.status_code == 200
    assert Application.objects.get(pk=draft.pk).answers["motivation"] == "Servir"


def test_a_no_is_explained_as_soon_as_it_is_given(draft, alice):
    form = draft.promotion.forms.get(kind="application")
    question = next(
        one
        for section in form.sections.order_by("rank")
        for one in section.questions.order_by("rank")
        if one.options.get("eligible")
    )
    wrong = "yes" if question.options["eligible"] == "no" else "no"
    answer = keep(signed_in(alice), draft, question.code, **{question.code: wrong})
    assert question.options["ineligible_reason"][:40] in answer.content.decode().replace("&#x27;", "'")


def test_months_shared_by_two_jobs_count_once():
    first = (date(2018, 1, 1), date(2020, 12, 31))
    second = (date(2020, 7, 1), date(2021, 6, 30))
    found = experience([second, first])
    assert (found.counted, found.overlapping) == (42, 6)
    assert (found.years, found.months) == (3, 6)
    inside = experience([first, (date(2019, 1, 1), date(2019, 12, 1))])
    assert (inside.counted, inside.overlapping) == (36, 12)
    assert experience([]).years == 0


def test_the_calculator_tells_the_years_and_keeps_them_when_asked(draft, alice):
    browser, path = signed_in(alice), f"/candidatures/{draft.code}/experience/"
    periods = {
        "periods-TOTAL_FORMS": "2",
        "periods-INITIAL_FORMS": "0",
        "periods-0-first": "2015-01",
        "periods-0-last": "2019-12",
        "periods-1-first": "2019-07",
        "periods-1-last": "2021-06",
    }
    page = browser.post(path, {**periods, "count": "yes"}).content.decode().replace("\u00a0", " ")
    assert "6 ans et 6 mois" in page
    assert "comptés une seule fois" in page
    assert browser.post(path, {**periods, "keep": "yes"}).status_code == 302
    assert Application.objects.get(pk=draft.pk).answers["experience_years"] == 6
    wrong = {**periods, "periods-0-last": "2014-01", "count": "yes"}
    answer = browser.post(path, wrong)
    assert answer.status_code == 422
    assert "avant le premier" in answer.content.decode()


def test_a_draft_left_when_the_call_closes_is_told_exactly_once(promotion, draft, alice, badis, emile):
    project = proposals.draft(promotion, lead=badis, complete=False)
    add_editor(project, person=emile, at=timezone.now())
    now = timezone.now()
    assert close_drafts(promotion, now=now) == 0
    for kind in ("projects", "applications"):
        phase(promotion, kind, opens=now - timedelta(days=9), closes=now - timedelta(minutes=1))
    assert close_drafts(promotion, now=now) == 3
    assert close_drafts(promotion, now=now + timedelta(minutes=1)) == 0
    told = Message.objects.filter(kind__endswith="_draft_closed").values_list("to_email", flat=True)
    assert sorted(told) == sorted([alice.email, badis.email, emile.email])
    # Long after, an outbox that was purged writes to nobody again.
    Message.objects.all().delete()
    assert close_drafts(promotion, now=now + timedelta(days=30)) == 0


def test_an_invitation_to_write_is_welcomed_by_the_step(promotion, badis, emile):
    project = proposals.draft(promotion, lead=badis, complete=False)
    now = timezone.now()
    invitation, _ = invite(emile.email, purpose="project-editor", subject=str(project.code), by=badis, at=now)
    assert accept(invitation, by=emile, at=now) == f"/projets/{project.code}/"
    assert project.leads.filter(person=emile, role="editor").count() == 1
