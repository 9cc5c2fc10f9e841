"""What a person unfolds fits the page as what is always open."""

from django.urls import reverse

from eig.promotions.models import Promotion
from tests.browser.conftest import Open
from tests.people import person


def test_a_form_unfolded_fits_its_page(promotion: Promotion, window: Open) -> None:
    page = window(person("Diane", "Delmas", staff=True, second_factor=True)).go(
        reverse("projects:staff_half_day_list", args=[promotion.code])
    )
    assert page.get_by_label("Dernier jour").is_visible()
    boxes = page.locator("details input:visible, details button:visible")
    assert boxes.count() >= 7
    assert set(boxes.evaluate_all("all => all.map(box => getComputedStyle(box).boxSizing)")) == {"border-box"}
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
