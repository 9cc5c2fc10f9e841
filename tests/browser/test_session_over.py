"""Once the session has ended, a part that refreshes itself never becomes the sign-in page."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from eig.accounts.models import User
from eig.promotions.models import Promotion
from journey.middleware import DATES
from tests.browser.conftest import Open
from tests.factories.interviews import juror, panel
from tests.people import person

# htmx asks again, as its clock does.
REFRESH = "htmx.ajax('GET', location.pathname, {source: '#capacite', target: '#capacite', swap: 'outerHTML'})"


@pytest.fixture
def diane(promotion: Promotion) -> User:
    return person("Diane", "Delmas", staff=True, second_factor=True)


def asked(page: Page) -> int:
    """How many times the page asked, when it is told to ask now."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.evaluate(REFRESH)
    page.wait_for_timeout(200)
    return len(seen)


def test_a_page_that_refreshes_itself_stays_when_the_session_ends(
    promotion: Promotion, diane: User, window: Open
) -> None:
    panel(promotion, diane, [juror(promotion, diane)])
    here = reverse("interviews:availability_list", args=[promotion.code])
    page = window(diane).go(here)
    title, heading = page.title(), page.locator("h1").inner_text()
    over = page.locator("[data-session-over]")
    page.evaluate(REFRESH)
    expect(over).to_be_empty()
    Session.objects.all().delete()
    page.evaluate(REFRESH)
    expect(over).to_contain_text("Votre session est terminée")
    link = over.get_by_role("link", name="Se reconnecter")
    assert link.get_attribute("href") == f"{reverse('account_login')}?next={here}"
    assert page.locator("h1").all_inner_texts() == [heading]
    assert page.title() == title
    assert page.locator("#capacite").count() == 1
    # Nothing asks again until somebody comes back to the page.
    assert asked(page) == 0
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    with page.expect_request(lambda request: request.url.endswith(here)):
        page.evaluate(REFRESH)


def test_the_end_is_said_ten_minutes_before_and_put_off_by_an_answer(
    promotion: Promotion, diane: User, window: Open
) -> None:
    panel(promotion, diane, [juror(promotion, diane)])
    page = window(diane).go(reverse("interviews:availability_list", args=[promotion.code]))
    over = page.locator("[data-session-over]")
    expect(over).to_be_empty()
    row = Session.objects.get()
    store = SessionStore(row.session_key)
    # 9 minutes left to a session of ten hours: the next answer brings it, and the page says it at once.
    store[DATES] = {**store[DATES], "begun": store[DATES]["begun"] - 10 * 3600 + 540}
    store.save()
    page.evaluate(REFRESH)
    expect(over).to_contain_text("Votre session se termine dans moins de dix minutes")
    store[DATES] = {**store[DATES], "begun": store[DATES]["begun"] + 3600}
    store.save()
    page.evaluate(REFRESH)
    expect(over).to_be_empty()
