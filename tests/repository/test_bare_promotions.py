"""A promotion taken from the archives, or of which nothing is set up yet: no page breaks, no form either."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from eig.accounts.models import User
from eig.promotions.models import Programme, Promotion
from tests.crawling import links_of
from tests.design.pages import parse
from tests.people import signed_in

KINDS = {"archived": {"is_archived": True}, "bare": {}}


def doors_of_a_promotion(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every name whose address needs nothing but the code of a promotion."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from doors_of_a_promotion(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern) and set(pattern.pattern.converters) == {"promotion"}:
            yield f"{prefix}{pattern.name}"


@pytest.fixture(params=KINDS)
def bare(request: pytest.FixtureRequest, promotion: Promotion) -> Promotion:
    programme = Programme.objects.get()
    return Promotion.objects.create(
        programme=programme, code="eig-1", name="EIG 1", number=99, **KINDS[request.param]
    )


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_no_page_of_a_bare_promotion_is_broken(bare: Promotion, diane: User, verb: str) -> None:
    names = sorted(doors_of_a_promotion())
    assert len(names) > 60
    broken = []
    for who in (diane, None):
        browser = signed_in(who) if who else Client()
        browser.raise_request_exception = False
        for name in names:
            address = reverse(name, kwargs={"promotion": bare.code})
            answer = browser.generic(verb, address)
            if answer.status_code >= 500:
                broken.append(f"{name} {answer.status_code} {answer.exc_info[1]!r}"[:300])
    assert broken == []


def test_what_it_lacks_is_said_to_the_team(bare: Promotion, diane: User) -> None:
    address = reverse("projects:staff_project_list", args=[bare.code])
    page = signed_in(diane).get(address).content.decode()
    words = "reprise de nos archives" if bare.is_archived else "la grille de notation de cette étape"
    assert words in page
    assert Client().get(address).status_code == 302


def test_nothing_that_is_shown_of_it_leads_nowhere(bare: Promotion, diane: User) -> None:
    """It is the latest, hence the one that the home page would lead to."""
    for browser in (Client(), signed_in(diane)):
        for name in ("journey:home", "journey:dashboard", "design:sitemap"):
            address = reverse(name)
            page = browser.get(address)
            links = links_of(parse(page.content), url=address) if page.status_code == 200 else ()
            shown = {link for link in links if bare.code in link}
            assert [link for link in shown if browser.get(link).status_code >= 400] == []
