"""One answer saved by itself as it is typed: what it costs, what it answers, what it never does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from eig.dossiers.actions import DossierClosed
from eig.dossiers.models import Revision
from projects.actions import add_editor
from projects.models import Project
from tests.factories import projects as make
from tests.people import phase, signed_in
from tests.projects.test_writing import save

HTMX = {"HX-Request": "true"}


def keep(browser, project, question, *, version, **typed):
    path = f"/projets/{project.code}/reponses/{question}/"
    return browser.post(path, {f"version__{question}": version, **typed}, headers=HTMX)


@pytest.fixture
def draft(promotion, badis):
    return make.draft(promotion, lead=badis, complete=False)


def queries_of(captured):
    """What was asked of the database, transactions apart."""
    quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return [row["sql"] for row in captured if not row["sql"].startswith(quiet)]


def test_an_answer_saves_itself_in_one_request_of_six_queries(draft, badis):
    browser = signed_in(badis)
    keep(browser, draft, "mission", version=draft.version, mission="Une fois")
    with CaptureQueriesContext(connection) as asked:
        saved = keep(browser, draft, "mission", version=draft.version + 1, mission="Servir")
    assert len(queries_of(asked)) <= 6, "\n".join(queries_of(asked))
    assert saved.status_code == 200
    page = saved.content.decode()
    assert "Enregistré à" in page
    draft.refresh_from_db()
    assert draft.answers["mission"] == "Servir"
    assert f'name="version__mission" value="{draft.version}"' in page


def test_a_save_among_others_costs_no_more(draft, badis):
    """Somebody wrote other answers since: merging asks nothing more of the database."""
    browser, seen = signed_in(badis), draft.version
    browser.get("/projets/")
    for text in ("un", "deux", "trois"):
        save(draft, "context", by=badis, vision=text)
    with CaptureQueriesContext(connection) as asked:
        keep(browser, draft, "mission", version=seen, mission="Servir")
    assert len(queries_of(asked)) <= 6, "\n".join(queries_of(asked))
    draft.refresh_from_db()
    assert (draft.answers["mission"], draft.answers["vision"]) == ("Servir", "trois")


def test_two_editors_of_two_answers_both_succeed(draft, badis, emile):
    add_editor(draft, person=emile, at=timezone.now())
    seen = draft.version
    first = keep(signed_in(badis), draft, "mission", version=seen, mission="De Badis")
    second = keep(signed_in(emile), draft, "vision", version=seen, vision="D’Émile")
    assert (first.status_code, second.status_code) == (200, 200)
    draft.refresh_from_db()
    assert (draft.answers["mission"], draft.answers["vision"]) == ("De Badis", "D’Émile")


def test_the_same_answer_shows_both_texts_who_and_when_and_replaces_nothing(draft, badis, emile):
    add_editor(draft, person=emile, at=timezone.now())
    seen = draft.version
    keep(signed_in(badis), draft, "mission", version=seen, mission="Le texte de Badis")
    stale = keep(signed_in(emile), draft, "mission", version=seen, mission="Le texte d’Émile")
    assert stale.status_code == 409
    page = stale.content.decode()
    for said in (
        "Le texte de Badis",
        "Le texte d’Émile",
        "Badis Benali",
        "Garder le mien",
        "Prendre l’autre",
    ):
        assert said in page
    # The page still says the old version: only a choice sends the new one.
    assert 'hx-swap-oob="true"' not in page
    draft.refresh_from_db()
    assert draft.answers["mission"] == "Le texte de Badis"
    kept = keep(signed_in(emile), draft, "mission", version=draft.version, mission="Le texte d’Émile")
    assert kept.status_code == 200
    assert Revision.objects.get(version=draft.version + 1).before == "Le texte de Badis"


def test_the_other_text_can_be_taken(draft, badis):
    save(draft, "context", by=badis, mission="Le texte gardé")
    shown = signed_in(badis).get(f"/projets/{draft.code}/reponses/mission/", headers=HTMX)
    assert "Le texte gardé" in shown.content.decode()
    assert f'value="{draft.version}"' in shown.content.decode()


def test_a_text_left_alone_gives_way_and_says_so(draft, badis, emile):
    add_editor(draft, person=emile, at=timezone.now())
    save(draft, "context", by=badis, mission="Ancien")
    seen = draft.version
    save(draft, "context", by=emile, mission="Nouveau")
    answer = keep(signed_in(badis), draft, "mission", version=seen, mission="Ancien")
    assert answer.status_code == 200
    assert "Voir son texte" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.answers["mission"] == "Nouveau"


def test_without_a_script_a_whole_section_is_merged_too(draft, badis, emile):
    """Émile posts the whole page: what he left alone stays as Badis wrote it meanwhile."""
    add_editor(draft, person=emile, at=timezone.now())
    seen = draft.version
    save(draft, "context", by=badis, mission="De Badis")
    typed = {"version": seen, "mission": "", "vision": "D’Émile", "then": "stay"}
    answer = signed_in(emile).post(f"/projets/{draft.code}/rubriques/context/", typed)
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.answers["mission"], draft.answers["vision"]) == ("De Badis", "D’Émile")


def test_without_a_script_a_conflict_keeps_the_rest_and_offers_the_choice(draft, badis, emile):
    add_editor(draft, person=emile, at=timezone.now())
    seen = draft.version
    save(draft, "context", by=badis, mission="De Badis")
    path = f"/projets/{draft.code}/rubriques/context/"
    typed = {"version": seen, "mission": "D’Émile", "vision": "Au loin", "then": "stay"}
    answer = signed_in(emile).post(path, typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    for said in ("De Badis", "D’Émile", 'name="take"'):
        assert said in page
    draft.refresh_from_db()
    assert (draft.answers["mission"], draft.answers["vision"]) == ("De Badis", "Au loin")
    taken = {**typed, "version__mission": draft.version, "take": "mission"}
    assert "De Badis" in signed_in(emile).post(path, taken, follow=True).content.decode()
    mine = {**typed, "version__mission": draft.version}
    assert signed_in(emile).post(path, mine).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["mission"] == "D’Émile"


def test_a_wrong_answer_is_told_and_not_saved(draft, badis):
    typed = {"site__town": "Brest", "site__postcode": "x"}
    answer = keep(signed_in(badis), draft, "site", version=draft.version, **typed)
    assert answer.status_code == 422
    assert "Code postal" in answer.content.decode()
    draft.refresh_from_db()
    assert "site" not in draft.answers


def test_an_error_names_the_row_it_is_in(draft, badis):
    rows = {
        "project_team__rows": "2",
        "project_team__0__function": "Géologue",
        "project_team__1__percent": "300",
    }
    answer = keep(signed_in(badis), draft, "project_team", version=draft.version, **rows)
    assert answer.status_code == 422
    assert "Agent 2" in answer.content.decode()


def test_a_row_comes_and_goes_with_what_was_typed(draft, badis):
    browser = signed_in(badis)
    rows = {
        "positions__rows": "2",
        "positions__0__trade": "design",
        "positions__0__expertise": "Design de service",
        "positions__1__trade": "developpement",
        "positions__1__expertise": "Cartes",
        "add_row": "positions",
    }
    grown = keep(browser, draft, "positions", version=draft.version, **rows)
    assert "Profil 3" in grown.content.decode()
    draft.refresh_from_db()
    assert [row["expertise"] for row in draft.answers["positions"]] == ["Design de service", "Cartes"]
    rows |= {"positions__rows": "3", "positions__2__expertise": "Cyber", "remove_row": "positions:0"}
    rows.pop("add_row")
    shrunk = keep(browser, draft, "positions", version=draft.version, **rows)
    assert "Profil 3" not in shrunk.content.decode()
    draft.refresh_from_db()
    assert [row["expertise"] for row in draft.answers["positions"]] == ["Cartes", "Cyber"]


def test_a_foreign_or_unknown_answer_is_a_404(draft, badis, emile):
    assert keep(signed_in(emile), draft, "mission", version=1, mission="Intrus").status_code == 404
    assert keep(signed_in(badis), draft, "nothing", version=1, nothing="x").status_code == 404


def test_a_draft_is_read_only_once_the_call_is_over(promotion, draft, badis):
    now = timezone.now()
    phase(promotion, "projects", opens=now - timedelta(days=9), closes=now - timedelta(minutes=1))
    late = keep(signed_in(badis), draft, "mission", version=draft.version, mission="Trop tard")
    assert late.status_code == 423
    assert "L’appel est clos" in late.content.decode()
    with pytest.raises(DossierClosed):
        save(Project.objects.get(pk=draft.pk), "context", by=badis, mission="Trop tard")
    assert signed_in(badis).get(f"/projets/{draft.code}/rubriques/context/").status_code == 302
    draft.refresh_from_db()
    assert "mission" not in draft.answers


def test_the_history_says_who_wrote_what_and_gives_a_text_back(draft, badis, emile):
    add_editor(draft, person=emile, at=timezone.now())
    save(draft, "context", by=badis, mission="Servir le littoral")
    save(draft, "context", by=emile, mission="Servir le rivage")
    page = signed_in(badis).get(f"/projets/{draft.code}/historique/").content.decode()
    assert "Émile Étienne" in page
    assert "littoral</del>" in page
    assert "rivage</ins>" in page
    back = {"question": "mission", "of": draft.version, "version": draft.version}
    assert signed_in(badis).post(f"/projets/{draft.code}/historique/revenir/", back).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["mission"] == "Servir le littoral"
    assert Revision.objects.get(version=draft.version).before == "Servir le rivage"
    nothing = {"question": "mission", "of": "x"}
    page = signed_in(badis).post(f"/projets/{draft.code}/historique/revenir/", nothing, follow=True)
    assert "n’est plus gardé" in page.content.decode()


def test_each_section_says_who_wrote_it_last(draft, badis, emile):
    add_editor(draft, person=emile, at=timezone.now())
    save(draft, "context", by=emile, mission="Servir")
    page = signed_in(badis).get(f"/projets/{draft.code}/rubriques/context/").content.decode()
    assert "Dernière modification de cette rubrique : Émile Étienne" in page


def test_the_preview_shows_what_a_reader_reads(promotion, badis, emile):
    project = make.draft(promotion, lead=badis)
    page = signed_in(badis).get(f"/projets/{project.code}/apercu/").content.decode()
    assert make.ENOUGH in page
    assert signed_in(emile).get(f"/projets/{project.code}/apercu/").status_code == 404
