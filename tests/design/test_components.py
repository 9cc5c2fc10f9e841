"""Component tags: a wrong attribute fails loudly, user text is escaped, states are words."""

from datetime import UTC, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory

from eig.french import of
from tests.design.pages import parse, text_of

NASTY = "<script>alert(1)</script>"


def draw(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


def test_a_misspelt_argument_fails_when_the_template_compiles():
    with pytest.raises(TemplateSyntaxError):
        Template('{% button labell="Déposer" %}')


def test_an_unknown_kind_fails_when_it_renders():
    with pytest.raises(TemplateSyntaxError, match="danger"):
        draw('{% button label="Déposer" kind="danger" %}')
    with pytest.raises(TemplateSyntaxError, match="h1"):
        draw('{% callout title="Titre" level="h1" %}x{% endcallout %}')


@pytest.mark.parametrize(
    "source",
    [
        "{% button label=nasty detail=nasty %}",
        "{% button label=nasty href=nasty %}",
        "{% link label=nasty href=nasty detail=nasty external=True %}",
        "{% badge label=nasty %}",
        "{% tag label=nasty href=nasty %}",
        "{% deed action=nasty label=nasty name=nasty value=nasty %}",
        "{% download label=nasty href=nasty detail=nasty %}",
        "{% progress label=nasty value=1 unit=nasty %}",
        "{% person name=nasty role=nasty detail=nasty email=nasty %}",
        "{% search_bar label=nasty value=nasty %}",
        "{% alert title=nasty %}{{ nasty }}{% endalert %}",
        "{% callout title=nasty %}{{ nasty }}{% endcallout %}",
        "{% quote author=nasty detail=nasty %}{{ nasty }}{% endquote %}",
        "{% card title=nasty href=nasty detail=nasty start=nasty end=nasty %}{{ nasty }}{% endcard %}",
        "{% tile title=nasty href=nasty detail=nasty start=nasty %}{{ nasty }}{% endtile %}",
        "{% accordion title=nasty %}{{ nasty }}{% endaccordion %}",
        "{% table caption=nasty %}<tbody><tr><td>{{ nasty }}</td></tr></tbody>{% endtable %}",
        "{% receipt title=nasty number=nasty at=at digest=nasty %}{{ nasty }}{% endreceipt %}",
        "{% breadcrumb current=nasty %}{% crumb label=nasty href=nasty %}{% endbreadcrumb %}",
        "{% stepper steps=steps current=1 %}",
        "{% sidemenu title=nasty %}{% sidemenu_link label=nasty href=nasty %}{% endsidemenu %}",
        "{% moment title=nasty when=nasty words=nasty %}{{ nasty }}{% endmoment %}",
        "{% definition term=nasty %}{{ nasty }}{% enddefinition %}",
        "{% figure value=nasty label=nasty detail=nasty %}",
        "{% empty_state title=nasty %}{{ nasty }}{% endempty_state %}",
        "{% confirm label=nasty cancel=nasty action=nasty %}{{ nasty }}{% endconfirm %}",
        "{% page_title section=nasty %}{{ nasty }}{% endpage_title %}",
        "{% error_page title=nasty status=nasty %}{{ nasty }}{% enderror_page %}",
    ],
)
def test_user_text_is_escaped(source):
    markup = draw(source, nasty=NASTY, steps=[NASTY, NASTY], at=datetime(2021, 5, 3, tzinfo=UTC))
    assert "<script" not in markup
    assert "alert(1)" in markup


def test_an_external_link_says_that_it_opens_a_window():
    link = parse(draw('{% link label="beta.gouv.fr" href="https://beta.gouv.fr" external=True %}'))
    assert link.get("target") == "_blank"
    assert "noopener" in link.get("rel")
    assert link.get("title") == "beta.gouv.fr – nouvelle fenêtre"


def test_a_deed_posts_with_its_token():
    form = parse(draw('{% deed action="/x/" label="Certifier" %}', csrf_token="jeton"))
    assert (form.get("method"), form.get("action")) == ("post", "/x/")
    assert form.fields["csrfmiddlewaretoken"] == "jeton"


def test_a_table_is_named_and_its_region_takes_the_keyboard():
    page = parse(draw('{% table caption="Dossiers déposés" %}<tbody></tbody>{% endtable %}'))
    region = page.xpath('//*[@role="region"]')[0]
    assert region.get("tabindex") == "0"
    assert text_of(page.get_element_by_id(region.get("aria-labelledby"))) == "Dossiers déposés"


def test_the_stepper_says_where_we_are_and_what_follows():
    words = text_of(parse(draw("{% stepper steps=steps current=2 %}", steps=["Vous", "Parcours", "Pièces"])))
    assert words == "Parcours Étape 2 sur 3 Étape suivante : Pièces"
    last = text_of(parse(draw("{% stepper steps=steps current=3 %}", steps=["Vous", "Parcours", "Pièces"])))
    assert "suivante" not in last


def test_a_phase_says_its_state_in_words():
    assert "En cours" in draw('{% moment title="Vœux" when="En mai" state="current" %}{% endmoment %}')


def page_links(number, query=""):
    page = Paginator(range(200), 20).page(number)
    request = RequestFactory().get(f"/liste/?{query}")
    return Template("{% pagination page %}").render(RequestContext(request, {"page": page}))


def test_pagination_keeps_the_filters():
    nav = parse(page_links(2, "metier=dev&page=2&q=été"))
    following = nav.xpath('//a[contains(@class, "--next")]')[0]
    assert following.get("href") == "?metier=dev&page=3&q=%C3%A9t%C3%A9"
    assert [text_of(a) for a in nav.xpath('//a[@aria-current="page"]')] == ["2"]


def test_pagination_goes_no_further_than_its_ends():
    first, last = parse(page_links(1)), parse(page_links(10))
    assert not first.xpath('//a[contains(@class, "--prev")]/@href')
    assert not last.xpath('//a[contains(@class, "--next")]/@href')


def test_one_page_needs_no_pagination():
    page = Paginator(range(3), 20).page(1)
    request = RequestFactory().get("/")
    assert Template("{% pagination page %}").render(RequestContext(request, {"page": page})) == ""


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('{{ n|counted:"projet publié" }}', "0\u00a0projet publié"),
        ('{{ one|counted:"projet publié" }}', "1\u00a0projet publié"),
        ('{{ many|counted:"projet publié" }}', "1\u202f200\u00a0projets publiés"),
        ('{{ many|counted:"journal,journaux" }}', "1\u202f200\u00a0journaux"),
        ('{{ many|counted:"vœu,vœux" }}', "1\u202f200\u00a0vœux"),
        ("{{ many|thousands }}", "1\u202f200"),
        ("{{ many|euros }}", "1\u202f200\u00a0€"),
    ],
)
def test_numbers_agree_in_french(source, words):
    assert draw(source, n=0, one=1, many=1200) == words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox, Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36", "Chrome, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8", "Appareil inconnu"),
    ],
)
def test_a_device_is_named_in_plain_words(line, words):
    assert draw("{{ line|device }}", line=line) == words


def test_a_name_is_elided_after_de() -> None:
    assert of("EIG 6") == "d’EIG 6"
    assert of("été 2027") == "d’été 2027"
    assert of("Promotion 7") == "de Promotion 7"


def test_a_link_to_where_one_is_says_so_and_the_section_one_is_in_too():
    request = RequestFactory().get("/pilotage/eig6/jurys/")
    source = '{% link label="Jurys" href=href %}{% sidemenu_link label="Jurys" href=href current=True %}'
    here = Template(source).render(RequestContext(request, {"href": "/pilotage/eig6/jurys/"}))
    above = Template(source).render(RequestContext(request, {"href": "/pilotage/eig6/"}))
    assert here.count('aria-current="page"') == 2
    assert (above.count('aria-current="page"'), above.count('aria-current="true"')) == (0, 1)


def test_a_part_refreshes_itself_only_while_it_waits():
    source = '{% refreshed id="exports" href="/x/" every=3 waiting=waiting %}Prêt{% endrefreshed %}'
    part = parse(draw(source, waiting=True))
    assert (part.get("hx-get"), part.get("hx-trigger"), part.get("tabindex")) == ("/x/", "every 3s", "-1")
    assert parse(draw(source, waiting=False)).get("hx-get") is None
