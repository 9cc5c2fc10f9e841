"""Pages that belong to no step, errors, and what surrounds every page."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.utils import timezone
from django.utils.dateparse import parse_datetime

import eig.urls
from eig.design.middleware import RejectBadInput
from tests.design.pages import parse, text_of

PUBLIC = [
    "/accessibilite/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/cookies/",
    "/cgu/",
    "/plan-du-site/",
    "/contact/",
]
FOOTER = [
    "Plan du site",
    "Accessibilité : non conforme",
    "Mentions légales",
    "Données personnelles",
    "Gestion des cookies",
    "Modalités d’utilisation",
    "Contact",
    "Code source",
]


def broken(request):
    raise RuntimeError("secret de la maison")


def forbidden(request):
    raise PermissionDenied


def stored(request):
    raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")


urlpatterns = [
    path("casse/", broken),
    path("interdit/", forbidden),
    path("nul/", stored),
    path("", include("eig.urls")),
]
handler400, handler500 = eig.urls.handler400, eig.urls.handler500


@pytest.mark.parametrize("address", PUBLIC)
def test_legal_pages_are_open_to_all(client, db, address):
    response = client.get(address)
    page = parse(response.content)
    assert response.status_code == 200
    assert len(page.xpath("//h1")) == 1
    assert page.get("lang") == "fr"
    assert page.findtext(".//title").endswith(" – EIG")
    assert not response.cookies


@pytest.mark.parametrize("address", PUBLIC)
def test_pages_bring_no_inline_code_and_call_no_third_party(client, db, address):
    page = parse(client.get(address).content)
    assert not page.xpath("//@style | //style | //script[not(@src)]")
    assert not [name for name in page.xpath("//@*") if str(name).startswith("javascript:")]
    for source in page.xpath("//link/@href | //script/@src | //img/@src | //use/@href"):
        assert source.startswith("/static/"), source


def test_titles_are_all_different(client, db):
    titles = [parse(client.get(address).content).findtext(".//title") for address in PUBLIC]
    assert len(set(titles)) == len(PUBLIC)


def test_the_footer_has_every_mandatory_link(client, db):
    page = parse(client.get("/contact/").content)
    links = [text_of(a) for a in page.xpath("//footer//a")]
    assert [word for word in FOOTER if word not in links] == []


def test_skip_links_lead_somewhere(client, db):
    page = parse(client.get("/contact/").content)
    links = page.xpath("//div[@class='fr-skiplinks']//a/@href")
    assert len(links) == 3
    for href in links:
        assert page.get_element_by_id(href.removeprefix("#")) is not None


def test_the_declaration_has_the_imposed_headings(client, db):
    page = parse(client.get("/accessibilite/").content)
    assert [text_of(title) for title in page.xpath("//main//h2")] == [
        "État de conformité",
        "Résultats des tests",
        "Contenus non accessibles",
        "Établissement de cette déclaration d’accessibilité",
        "Retour d’information et contact",
        "Voies de recours",
    ]


def test_only_a_demonstration_says_so_and_refuses_robots(client, db, settings):
    assert b"noindex" not in client.get("/contact/").content
    assert "Disallow: /\n" not in client.get("/robots.txt").content.decode()
    settings.DEMO = True
    page = client.get("/contact/").content.decode()
    assert "Démonstration, site non officiel" in page
    assert 'content="noindex, nofollow"' in page
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_the_gallery_exists_in_a_demonstration_only(client, db, settings):
    assert client.get("/galerie/").status_code == 404
    settings.DEMO = True
    for address in ("/galerie/", "/galerie/?erreurs=1"):
        page = parse(client.get(address).content)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))


def test_the_security_contact_has_not_expired(client, db, settings):
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert fields["Contact"] == f"mailto:{settings.SECURITY_EMAIL}"
    assert timezone.now() < parse_datetime(fields["Expires"]) < timezone.now() + timedelta(days=366)


def test_the_cookie_page_names_the_real_cookies(client, db, settings):
    page = client.get("/cookies/").content.decode()
    assert settings.SESSION_COOKIE_NAME in page
    assert settings.CSRF_COOKIE_NAME in page


def test_an_unknown_address_is_a_404_in_french(client, db):
    response = client.get("/nulle-part/")
    assert response.status_code == 404
    assert text_of(parse(response.content).find(".//h1")) == "Page non trouvée"


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/casse/", 500, "Erreur inattendue"),
        ("/interdit/", 403, "Accès refusé"),
        ("/nul/", 400, "Demande incorrecte"),
        ("/contact/?q=%00", 400, "Demande incorrecte"),
    ],
)
@override_settings(ROOT_URLCONF="tests.design.test_pages")
def test_an_error_explains_itself_and_tells_nothing_else(alice, address, status, title):
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    response = client.get(address)
    assert response.status_code == status
    assert text_of(parse(response.content).find(".//h1")) == title
    assert "secret de la maison" not in response.content.decode()


@pytest.mark.parametrize("host", ["autre.example", "eig.example:x", "a b"])
def test_a_request_for_another_host_reads_why(client, db, host):
    response = client.get("/contact/", headers={"host": host})
    assert response.status_code == 400
    assert text_of(parse(response.content).find(".//h1")) == "Demande incorrecte"


@pytest.mark.parametrize("charset", ["utf-16", "iso-8859-15"])
def test_a_form_in_another_encoding_reads_why(alice, charset, settings):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    form = f"application/x-www-form-urlencoded; charset={charset}"
    response = client.generic("POST", "/compte/logout/", b"a=b", content_type=form)
    assert response.status_code == 400
    assert text_of(parse(response.content).find(".//h1")) == "Demande incorrecte"


@pytest.mark.parametrize("name", ["400.html", "429.html", "500.html", "503.html", "503_full.html"])
def test_the_pages_of_errors_need_nothing_and_are_dressed(name):
    """No request, hence no session, no account, no menu; their styles are those that collectstatic names."""
    page = parse(render_to_string(name))
    sheets = page.xpath("//link[@rel='stylesheet']/@href")
    assert sheets == [
        static(sheet) for sheet in ("dsfr/dist/dsfr.main.min.css", "design/icons.css", "design/eig.css")
    ]
    assert len(page.xpath("//h1")) == 1


def test_a_form_from_an_old_page_is_refused_with_a_way_out(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    response = client.post("/compte/logout/")
    assert response.status_code == 403
    assert text_of(parse(response.content).find(".//h1")) == "Ce formulaire n’est plus valable"


def test_other_failures_are_not_dressed_as_bad_requests():
    guard = RejectBadInput(lambda request: HttpResponse())
    assert guard.process_exception(RequestFactory().get("/"), ValueError("autre chose")) is None
