"""What each page shows and to whom; bad input; as many queries for 3 rows as for 30."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from eig.evaluation.choices import SheetStatus
from eig.waves.actions import propose_decision
from projects.actions import add_editor
from projects.choices import Outcome, Status
from projects.models import Project
from projects.queries import projects_visible_to
from tests.factories import projects as make
from tests.people import signed_in
from tests.signing import agree_on_screen

CANARY = "Canaridraft"


def url(name, *args):
    return reverse(f"projects:{name}", args=args)


def test_a_foreign_draft_is_seen_through_no_door(promotion, badis, emile, diane, claire):
    project = make.draft(promotion, lead=badis, title=CANARY)
    make.reader(promotion, who=claire)
    own = [
        url("project_detail", project.code),
        url("project_edit", project.code, "context"),
        url("project_review", project.code),
        url("project_withdraw", project.code),
        url("editor_list", project.code),
        url("receipt_detail", project.code),
        url("receipt_download", project.code),
        url("page_edit", project.code),
        url("page_preview", project.code),
        url("staff_project_detail", "eig-6", project.code),
        url("staff_eligibility_refuse", "eig-6", project.code),
    ]
    deeds = [
        url("project_submit", project.code),
        url("editor_invite", project.code),
        url("invitation_revoke", project.code),
        url("project_withdraw", project.code),
        url("project_edit", project.code, "context"),
        url("staff_eligibility_accept", "eig-6", project.code),
        url("staff_project_withdraw", "eig-6", project.code),
    ]
    lists = [
        url("page_list"), url("project_list"), url("project_call", "eig-6"), url("project_start", "eig-6"),
        url("review_list"), url("staff_project_list", "eig-6"), url("staff_reading_list", "eig-6"),
        url("staff_wave_list", "eig-6"), url("staff_publication", "eig-6"),
        url("page_list") + f"?q={CANARY[:6]}",
    ]  # fmt: skip
    for person in (emile, diane, claire):
        browser = signed_in(person)
        for path in own:
            assert browser.get(path).status_code == 404, (person, path)
        for path in deeds:
            assert browser.post(path, {"email": "x@y.example"}).status_code == 404, (person, path)
        for path in lists:
            assert CANARY not in browser.get(path).content.decode(), (person, path)
        assert project not in projects_visible_to(person)
    project.refresh_from_db()
    assert project.status == Status.DRAFT


def test_a_co_writer_sees_and_writes(promotion, badis, emile):
    project = make.draft(promotion, lead=badis, complete=False)
    add_editor(project, person=emile, at=timezone.now())
    browser = signed_in(emile)
    path = url("project_edit", project.code, "context")
    saved = browser.post(path, {"version": project.version, "mission": "Écrit par Émile", "vision": ""})
    assert saved.status_code == 302
    project.refresh_from_db()
    assert project.answers["mission"] == "Écrit par Émile"


def test_a_stale_page_shows_both_texts(promotion, badis):
    project = make.draft(promotion, lead=badis, complete=False)
    browser, path = signed_in(badis), url("project_edit", project.code, "context")
    browser.post(path, {"version": "1", "mission": "Le premier texte", "vision": ""})
    page = browser.post(path, {"version": "1", "mission": "Le second texte", "vision": ""})
    assert page.status_code == 409
    for text in ("Le premier texte", "Le second texte"):
        assert text in page.content.decode()
    project.refresh_from_db()
    assert project.answers["mission"] == "Le premier texte"


def test_a_reader_reads_only_what_is_theirs(promotion, claire, emile):
    review = make.reading(make.eligible(promotion), who=claire)
    make.reader(promotion, who=emile)
    for name in ("review_edit", "review_sign", "review_recuse", "conflict_declare"):
        assert signed_in(emile).get(url(name, review.sheet.code)).status_code in {302, 404}
        assert Client().get(url(name, review.sheet.code)).status_code == 302  # to the sign-in page


def test_the_dossier_opens_after_the_conflict_question(promotion, claire):
    review = make.reading(make.eligible(promotion), who=claire, cleared=False)
    browser, sheet = signed_in(claire), review.sheet.code
    opened = browser.get(url("review_edit", sheet))
    assert opened.url == url("conflict_declare", sheet)
    asked = browser.get(opened.url).content.decode()
    assert "Office du littoral" in asked
    assert make.ENOUGH not in asked
    assert browser.post(url("conflict_declare", sheet), {}).status_code == 422
    browser.post(url("conflict_declare", sheet), {"answer": "none"})
    assert make.ENOUGH in browser.get(url("review_edit", sheet)).content.decode()


def test_a_reader_steps_aside_without_opening(promotion, claire):
    review = make.reading(make.eligible(promotion), who=claire, cleared=False)
    browser, path = signed_in(claire), url("conflict_declare", review.sheet.code)
    assert browser.post(path, {"answer": "conflict", "reason": ""}).status_code == 422
    assert browser.post(path, {"answer": "conflict", "reason": "Ancienne collègue"}).status_code == 302
    review.sheet.refresh_from_db()
    assert review.sheet.status == SheetStatus.RECUSED
    assert browser.get(path).status_code == 404


def test_a_grave_deed_asks_again_who_is_there(promotion, diane):
    wave = make.wave(promotion, by=diane)
    browser = Client()
    browser.force_login(diane)
    answer = browser.post(url("staff_wave_validate", "eig-6", wave.code))
    assert answer.status_code == 302
    assert "reauthenticate" in answer.url


def test_staff_decide_through_the_screens(promotion, diane, denis):
    project = make.eligible(promotion)
    make.signed_reading(project)
    browser = signed_in(diane)
    when = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    made = browser.post(url("staff_wave_list", "eig-6"), {"title": "Mars", "publishes_at": when})
    assert made.status_code == 302
    code = made.url.rstrip("/").rpartition("/")[2]
    edit = url("staff_decision_edit", "eig-6", code, project.code)
    page = browser.get(edit).content.decode()
    assert "Le besoin est situé, chiffré au moins en partie" in page
    assert browser.post(edit, {"outcome": "laureate", "reason": ""}).status_code == 422
    browser.post(edit, {"outcome": "laureate", "reason": "Solide."})
    refused = browser.post(url("staff_wave_validate", "eig-6", code), follow=True)
    assert "une autre personne" in refused.content.decode()
    second = signed_in(denis)
    agree_on_screen(second, url("staff_wave_validate", "eig-6", code))
    second.post(url("staff_wave_publish", "eig-6", code))
    project.refresh_from_db()
    assert project.status == Status.LAUREATE


HOSTILE = [
    "",
    "   ",
    "x" * 100_000,
    "<script>alert(1)</script>",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "%s%n",
    "' OR 1=1 --",
]


@pytest.mark.parametrize("text", [*HOSTILE, "nul\x00byte"])
def test_no_input_breaks_a_form(promotion, badis, diane, text):
    draft = make.draft(promotion, lead=badis, complete=False)
    laureate = make.laureate(promotion, lead=badis)
    eligible = make.eligible(promotion)
    position = laureate.positions.first()
    wave = make.wave(promotion, by=diane)
    member, staff = signed_in(badis), signed_in(diane)
    member.raise_request_exception = staff.raise_request_exception = False
    words = ("title", "tagline", "administration_name", "town", "themes", "body-0-title", "body-0-text")
    forms = [
        (member, url("project_start", "eig-6"), {"title": text}),
        (
            member,
            url("project_edit", draft.code, "context"),
            {"mission": text, "vision": text, "version": text},
        ),
        (
            member,
            url("project_edit", draft.code, "team"),
            {"positions__rows": text, "positions__0__seats": text},
        ),
        (member, url("editor_invite", draft.code), {"email": text}),
        (member, url("position_edit", laureate.code, position.code), {"expertise": text, "seats": text}),
        (member, url("page_edit", laureate.code), dict.fromkeys(words, text)),
        (member, url("page_edit", laureate.code), {"add_row": "body", "body-TOTAL_FORMS": text}),
        (staff, url("staff_eligibility_refuse", "eig-6", eligible.code), {"reason": text}),
        (staff, url("staff_reader_assign", "eig-6", eligible.code), {"reader": text}),
        (staff, url("staff_wave_list", "eig-6"), {"title": text, "publishes_at": text}),
        (
            staff,
            url("staff_decision_edit", "eig-6", wave.code, eligible.code),
            {"outcome": text, "reason": text, "reserve_rank": text},
        ),
    ]
    for browser, path, data in forms:
        assert browser.post(path, data).status_code < 500, path
    for browser, path in ((staff, url("staff_project_list", "eig-6")), (member, url("page_list"))):
        for name in ("q", "status", "theme", "page", "trade", "order"):
            assert browser.get(path, {name: text[:2000]}).status_code < 500, (path, name)


def test_a_wrong_answer_keeps_what_was_typed(promotion, badis):
    project = make.draft(promotion, lead=badis, complete=False)
    page = signed_in(badis).post(
        url("project_edit", project.code, "administration"),
        {"version": project.version, "operator__name": "Office", "operator__siret": "123"},
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert "Ce SIRET n’existe pas" in text
    assert 'value="123"' in text


def test_an_added_part_keeps_what_was_typed(promotion, badis):
    project = make.laureate(promotion, lead=badis)
    data = {
        "title": "Mon titre tapé", "tagline": "", "administration_name": "", "town": "", "themes": "",
        "body-TOTAL_FORMS": "1", "body-INITIAL_FORMS": "1", "body-0-title": "Avant",
        "body-0-text": "Du texte",
        "add_row": "body",
    }  # fmt: skip
    page = signed_in(badis).post(url("page_edit", project.code), data)
    text = page.content.decode()
    assert page.status_code == 200
    for typed in ("Mon titre tapé", "Avant", "Du texte", 'name="body-1-text"'):
        assert typed in text


def test_an_unknown_code_is_not_found(promotion, badis, diane):
    unknown = "00000000-0000-4000-8000-000000000000"
    assert signed_in(badis).get(url("project_detail", unknown)).status_code == 404
    assert signed_in(badis).get(url("project_start", "eig-99")).status_code == 404
    assert signed_in(diane).get(url("staff_project_list", "eig-99")).status_code == 404
    assert Client().get("/defis/nulle-part/").status_code == 404
    assert Client().get("/eig-99/appel-a-projets/").status_code == 404


def queries_of(browser, path):
    browser.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200
    return len(seen)


MOST = 15


def copy(record, **changes):
    """One more row like this one, straight into its table."""
    twin = type(record).objects.get(pk=record.pk)
    twin.pk, twin._state.adding = None, True
    for name, value in {**changes, **({"code": uuid4()} if hasattr(twin, "code") else {})}.items():
        setattr(twin, name, value)
    twin.save(force_insert=True)
    return twin


@pytest.fixture
def rows(promotion, badis, claire, diane):
    """Adds so many of everything that the lists show."""
    make.reader(promotion, who=claire)
    wave = make.wave(promotion, by=diane)
    read = make.eligible(promotion, lead=badis, by=diane)
    review = make.signed_reading(read, who=claire)
    chosen = make.described(promotion)
    decision = propose_decision(
        read, wave=wave, outcome=Outcome.DECLINED, reason="Non.", by=diane, at=timezone.now()
    )

    def add(count):
        for _ in range(count):
            make.draft(promotion, lead=badis, complete=False)
            make.past_page(promotion, themes=["mer"], trades=["Design"])
            for proposed in (True, False):
                project = copy(read, number=uuid4().hex[:30])
                copy(read.leads.get(), project=project)
                copy(review, project=project, sheet=copy(review.sheet))
                for position in read.positions.all():
                    copy(position, project=project)
                if proposed:
                    copy(decision, project=project)
            copy(chosen.page_draft, project=copy(chosen, number=uuid4().hex[:30]))

    return add, wave


def test_lists_ask_as_much_for_3_rows_as_for_30(promotion, rows, badis, claire, diane):
    add, wave = rows
    member, reader, staff = signed_in(badis), signed_in(claire), signed_in(diane)
    pages = [
        (Client(), url("page_list")),
        (Client(), url("page_list") + "?q=defi&theme=Mer"),
        (Client(), url("project_call", "eig-6")),
        (member, url("project_list")),
        (member, url("project_start", "eig-6")),
        (reader, url("review_list")),
        (staff, url("staff_project_list", "eig-6")),
        (staff, url("staff_project_list", "eig-6") + "?q=projet&trade=design&order=score"),
        (staff, url("staff_reading_list", "eig-6")),
        (staff, url("staff_wave_list", "eig-6")),
        (staff, url("staff_wave_detail", "eig-6", wave.code)),
        (staff, url("staff_publication", "eig-6")),
    ]
    add(3)
    few = [queries_of(browser, path) for browser, path in pages]
    add(27)
    many = [queries_of(browser, path) for browser, path in pages]
    assert dict(zip((path for _, path in pages), many, strict=True)) == dict(
        zip((path for _, path in pages), few, strict=True)
    )
    assert max(many) <= MOST


def test_a_page_of_a_project_asks_little(promotion, badis, diane):
    project = make.published(promotion, lead=badis)
    make.signed_reading(make.eligible(promotion))
    for browser, path in (
        (signed_in(badis), url("project_detail", project.code)),
        (signed_in(badis), url("receipt_detail", project.code)),
        (signed_in(diane), url("staff_project_detail", "eig-6", project.code)),
        (Client(), url("page_detail", project.public_page.slug)),
    ):
        assert queries_of(browser, path) <= MOST, path


def test_a_dossier_saved_section_by_section_is_the_same_dossier(promotion, badis):
    """The form of each section, filled through its own page, gives back a complete dossier."""
    project = make.draft(promotion, lead=badis, complete=False, title="Rivage")
    browser = signed_in(badis)
    given = make.answers("Rivage")
    sections = browser.get(url("project_detail", project.code)).context["links"]
    for link in sections:
        page = browser.get(link.url)
        data = {"version": page.context["version"], "then": "next"}
        for name in page.context["form"].fields:
            code, *rest = name.split("__")
            value = given.get(code)
            for part in rest:
                if isinstance(value, list):
                    value = value[int(part)] if int(part) < len(value) else ""
                elif isinstance(value, dict):
                    value = value.get(part, "")
            if value not in (None, "", False):
                data[name] = "on" if value is True else value
        for group in page.context["form"].groups:
            if group.kind == "rows":
                data[f"{group.question.code}__rows"] = len(group.rows)
        onward = browser.post(link.url, data, follow=True)
        assert onward.redirect_chain, link.code
        # Gone on to the next section, one is told that the former one was kept.
        assert f"La rubrique « {link.title} » est enregistrée." in onward.content.decode()
    project.refresh_from_db()
    make.give_visas(project, by=badis, at=timezone.now())
    answer = browser.post(url("project_submit", project.code), follow=True)
    assert "Récépissé de dépôt" in answer.content.decode()
    assert Project.objects.get().status == Status.SUBMITTED
