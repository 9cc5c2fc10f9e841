"""The published file of past défis: read twice, hostile, wrong."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from eig.design.article import article_of
from eig.promotions.models import Promotion
from projects.models import PublicPage
from tests.factories import projects as make

pytestmark = pytest.mark.django_db
GOOD = {
    "slug": "les-marées",
    "titre": "Les marées",
    "description": "Prévoir l’eau dans les ports.",
    "administration": ["Office du littoral"],
    "etablissement": [],
    "promotions": ["EIG3"],
    "themes": ["mer", "Mer"],
    "ville": "Rochefort (17)",
    "date_publication": "2019-01-01",
    "expertises": ["Design", "Data science"],
    "visible": True,
    "url_startup_etat": None,
    "contenu_markdown": "### Le besoin\n\nDes *cartes* à jour.\n\n#### Détail\n\n- un\n- deux",
}


def run(tmp_path, rows, *options, name="defis.json"):
    file = tmp_path / name
    file.write_text(rows if isinstance(rows, str) else json.dumps(rows), encoding="utf-8")
    out = StringIO()
    call_command("import_history", str(file), "--create-promotions", *options, stdout=out)
    return out.getvalue()


def test_the_same_file_twice_is_the_same_page(tmp_path):
    assert "1 pages added" in run(tmp_path, [GOOD])
    assert "0 pages added, 0 changed, 1 unchanged" in run(tmp_path, [GOOD])
    assert "1 changed" in run(tmp_path, [{**GOOD, "description": "Autrement."}])
    page = PublicPage.objects.get()
    assert page.tagline == "Autrement."
    assert page.town == "Rochefort"
    assert page.themes == ["Mer"]
    assert page.trades == ["Design", "Data science"]
    assert Promotion.objects.get(code="eig-3").is_archived


def test_its_page_is_public_found_and_well_headed(tmp_path):
    run(tmp_path, [GOOD])
    slug = PublicPage.objects.get().slug
    body = Client().get(reverse("projects:page_detail", args=[slug])).content.decode()
    assert "<h2>Le besoin</h2>" in body
    assert "<h3>Détail</h3>" in body
    assert "<em>cartes</em>" in body
    found = Client().get(reverse("projects:page_list"), {"q": "detail CARTES", "lieu": "Rochefort"})
    assert "Les marées" in found.content.decode()


def test_a_dry_run_writes_nothing(tmp_path):
    assert "nothing was written" in run(tmp_path, [GOOD], "--dry-run")
    assert not PublicPage.objects.exists()
    assert not Promotion.objects.exists()


HOSTILE = [
    "<script>alert(1)</script>",
    "[clic](javascript:alert(1))",
    "[clic](java\tscript:alert(1))",
    "![x](x onerror=alert(1))",
    '<img src=x onerror="alert(1)">',
    "<a href='javascript:alert(1)' onclick='alert(1)'>x</a>",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<svg/onload=alert(1)>",
    "<style>body{display:none}</style>",
    "[dedans](/pilotage/)",
    "`<script>`",
    "{% load static %}{{ settings.SECRET_KEY }}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_becomes_words(tmp_path, text):
    html = article_of(text)
    for trap in ("<script", "<img", "<svg", "<style", 'href="javascript', 'href="data', 'href="/'):
        assert trap not in html.lower()
    # What has the air of an attribute is only text between brackets that are escaped.
    assert "<a onclick" not in html.lower()
    run(tmp_path, [{**GOOD, "contenu_markdown": text, "titre": text[:60] or "x"}])
    response = Client().get(reverse("projects:page_detail", args=[PublicPage.objects.get().slug]))
    assert response.status_code == 200


WRONG = [
    ({"titre": ""}, "no titre"),
    ({"slug": None}, "no slug"),
    ({"promotions": []}, "no promotion"),
    ({"promotions": ["EIG6 bis; DROP"]}, "not a name and a number"),
    ({"administration": []}, "no administration"),
    ({"titre": "x" * 161}, "longer than 160"),
    ({"contenu_markdown": "x" * 40_001}, "longer than 40000"),
    ({"visible": False}, "not visible"),
    ({"url_startup_etat": "javascript:alert(1)"}, "not a web address"),
    ({"type_administration": "empire"}, "unknown type_administration"),
    ({"titre": {"a": 1}}, "not a text"),
    ({"themes": ["x"] * 3 + [str(n) for n in range(20)]}, "more than 12"),
    ({"description": "nul \x00"}, "control characters"),
]


@pytest.mark.parametrize(("change", "why"), WRONG)
def test_what_is_wrong_is_left_out_and_said(tmp_path, change, why):
    told = run(tmp_path, [{**GOOD, **change}, {**GOOD, "slug": "autre"}, "not an object"])
    assert why in told
    assert "entry 3: not an object" in told
    assert "1 pages added" in told


@pytest.mark.parametrize("content", ["{", "[" * 100_000, '{"a": 1}', "null", '"texte"'])
def test_a_file_that_is_none_is_refused(tmp_path, content):
    with pytest.raises(CommandError):
        run(tmp_path, content)


def test_a_promotion_under_way_receives_nothing(tmp_path, promotion):
    told = run(tmp_path, [{**GOOD, "promotions": ["EIG6"]}])
    assert "under way" in told
    assert not PublicPage.objects.exists()


def test_a_page_written_here_is_not_replaced(tmp_path):
    run(tmp_path, [GOOD])
    promotion = Promotion.objects.get()
    make.past_page(promotion, "Autre défi")
    assert "not imported" in run(tmp_path, [{**GOOD, "slug": "b", "titre": "Autre défi"}])


def test_a_csv_says_the_same(tmp_path):
    rows = (
        "slug;titre;administration;promotions;themes;expertises\nmarees;Marées;Office|Parc;DIG;Mer|Eau;Design"
    )
    assert "1 pages added" in run(tmp_path, rows, name="defis.csv")
    page = PublicPage.objects.get()
    assert page.administration_name == "Office, Parc"
    assert page.themes == ["Mer", "Eau"]
    assert page.promotion.code == "dig"


def test_an_empty_search_says_what_to_take_away(tmp_path):
    run(tmp_path, [GOOD])
    url = reverse("projects:page_list")
    response = Client().get(url, {"theme": "Mer", "q": "introuvable"})
    body = response.content.decode()
    assert "Aucun défi trouvé" in body
    assert "?theme=Mer" in body
    assert "sans les mots recherchés, 1" in body


def test_a_fragment_holds_the_results_only(tmp_path):
    run(tmp_path, [GOOD])
    url = reverse("projects:page_list")
    fragment = Client().get(url, {"q": "marees"}, headers={"HX-Request": "true"})
    assert "<h1" not in fragment.content.decode()
    assert "1\xa0défi" in fragment.content.decode()
    assert fragment["Vary"] == "HX-Request" or "HX-Request" in fragment["Vary"]
