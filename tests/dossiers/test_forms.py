"""The forms built from the two dossiers of EIG 6: what is wrong is refused, what is missing is not."""

import pytest
from django.template.loader import render_to_string

from eig.dossiers.forms import SectionForm
from eig.dossiers.pages import Attempt, section_context
from eig.dossiers.queries import form_of
from projects.models import Project

GOOD_SIRET = "130 025 265 00013"


@pytest.fixture
def project_form(promotion):
    return form_of(promotion, "project")


@pytest.fixture
def application_form(promotion):
    return form_of(promotion, "application")


def bound(form, section, data, promotion=None, answers=None):
    return SectionForm(
        form.section(section), answers or {}, data, trades=form.opened_trades, promotion=promotion
    )


def test_the_two_forms_of_eig_6_are_loaded_whole(project_form, application_form):
    assert len(project_form.sections) == 12
    assert sum(len(section.questions) for section in project_form.sections) > 35
    assert application_form.question("cv").is_file


def test_a_form_is_read_in_two_queries(promotion, django_assert_num_queries):
    with django_assert_num_queries(2):
        form_of(promotion, "project")


def test_an_empty_section_is_a_fine_draft(project_form):
    for section in project_form.sections:
        filled = bound(project_form, section.code, {})
        assert filled.is_valid(), filled.errors
        assert set(filled.answers().values()) <= {None}


def test_good_answers_are_kept_beside_bad_ones(project_form):
    data = {
        "sponsor__email": "pas une adresse",
        "sponsor__first_name": "Anne",
        "lead__first_name": "Badis",
        "lead__last_name": "Benali",
        "lead__email": "badis@exemple.example",
    }
    filled = bound(project_form, "contacts", data)
    assert not filled.is_valid()
    assert list(filled.errors) == ["sponsor__email"]
    answers = filled.answers()
    assert "sponsor" not in answers
    assert answers["lead"] == {"first_name": "Badis", "last_name": "Benali", "email": "badis@exemple.example"}


def test_an_administration_needs_a_siret_that_exists(project_form):
    good = bound(project_form, "administration", {"operator__name": "Office", "operator__siret": GOOD_SIRET})
    assert good.answers()["operator"] == {"name": "Office", "siret": "13002526500013"}
    bad = bound(project_form, "administration", {"operator__siret": "13002526500014"})
    assert "SIRET" in bad.errors["operator__siret"][0]


def test_rows_are_read_in_order_and_empty_ones_vanish(project_form):
    data = {
        "positions__rows": "3",
        "positions__0__trade": "design",
        "positions__0__expertise": "Service",
        "positions__0__seats": "2",
        "positions__1__seats": "1",
        "positions__2__trade": "developpement",
        "positions__2__seats": "1",
    }
    filled = bound(project_form, "team", data)
    assert filled.is_valid()
    assert filled.answers()["positions"] == [
        {"trade": "design", "expertise": "Service", "seats": 2},
        {"trade": "developpement", "seats": 1},
    ]


def test_one_more_row_is_given_until_the_limit(project_form):
    more = bound(project_form, "team", {"positions__rows": "2", "add_row": "positions"})
    assert more.counts["positions"] == 3
    limit = bound(project_form, "team", {"positions__rows": "900", "add_row": "positions"})
    assert limit.counts["positions"] == 3
    assert bound(project_form, "team", {"positions__rows": "-1"}).counts["positions"] == 2


@pytest.mark.parametrize(
    ("section", "data", "field"),
    [
        ("project", {"project_name": "x" * 81}, "project_name"),
        ("project", {"project_name": "a\x00b"}, "project_name"),
        ("context", {"mission": "a\x00b"}, "mission"),
        ("financing", {"budget_programme": "12"}, "budget_programme"),
        ("financing", {"cofinancing": "peut-être"}, "cofinancing"),
        ("administration", {"site__postcode": "7500"}, "site__postcode"),
        ("administration", {"operator_kind": "galaxie"}, "operator_kind"),
        ("team", {"positions__0__trade": "astronaute"}, "positions__0__trade"),
        ("team", {"project_team__0__percent": "101"}, "project_team__0__percent"),
        ("team", {"project_team__0__percent": "9" * 400}, "project_team__0__percent"),
    ],
)
def test_wrong_values_are_refused_with_a_french_sentence(project_form, section, data, field):
    filled = bound(project_form, section, data)
    assert not filled.is_valid()
    assert list(filled.errors) == [field]
    assert filled.errors[field][0].endswith(".")


@pytest.mark.parametrize(
    ("section", "data", "field"),
    [
        ("trade", {"experience_years": "46"}, "experience_years"),
        ("trade", {"experience_years": "trois"}, "experience_years"),
        ("motivation", {"themes": ["mer", "sante", "justice", "emploi"]}, "themes"),
        ("mobility", {"availability": "31/02/2022"}, "availability"),
        ("mobility", {"availability": "0001-01-01"}, "availability"),
        ("documents", {"links": "javascript:alert(1)"}, "links"),
        ("needs", {"phone": "appelez-moi"}, "phone"),
    ],
)
def test_wrong_values_of_an_application_are_refused(application_form, section, data, field):
    filled = bound(application_form, section, data)
    assert list(filled.errors) == [field]


def test_trades_keep_the_order_of_preference_and_never_double(application_form):
    answers = bound(application_form, "trade", {"trades__1": "design", "trades__2": "geomatique"}).answers()
    assert answers["trades"] == ["design", "geomatique"]
    answers = bound(application_form, "trade", {"trades__1": "design", "trades__2": "design"}).answers()
    assert answers["trades"] == ["design"]


def test_line_breaks_are_stored_the_unix_way(project_form):
    assert bound(project_form, "context", {"mission": "un\r\ndeux"}).answers()["mission"] == "un\ndeux"


def test_the_pay_is_told_beside_the_years_of_experience(application_form, promotion):
    shown = bound(application_form, "trade", None, promotion, {"experience_years": 6})
    assert "4\u202f000" in shown.fields["experience_years"].help_text


def test_what_was_typed_comes_back_on_screen_even_when_wrong(project_form, promotion, badis):
    dossier = Project(promotion=promotion, title="x", answers={})
    filled = bound(project_form, "financing", {"budget_programme": "<b>12", "cofinancing": "yes"})
    context = section_context(
        project_form,
        project_form.section("financing"),
        dossier=dossier,
        attempt=Attempt(filled, 3, 422),
        attached=(),
        address=lambda code: f"/{code}/",
        review_url="/relire/",
    )
    html = render_to_string("dossiers/section_form.html", context)
    assert "&lt;b&gt;12" in html
    assert 'name="version" value="3"' in html
    assert "Indiquez les trois chiffres" in html


def test_every_section_of_both_forms_renders(project_form, application_form, promotion):
    for form in (project_form, application_form):
        for section in form.sections:
            context = section_context(
                form,
                section,
                dossier=Project(promotion=promotion, title="x", answers={}),
                attempt=None,
                attached=(),
                address=lambda code: f"/{code}/",
                review_url="/relire/",
            )
            html = render_to_string("dossiers/section_form.html", context)
            for question in section.written:
                assert f"id_{question.code}" in html
