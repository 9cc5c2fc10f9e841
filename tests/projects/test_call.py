"""The pages of both calls: the essential, the brochure that follows its dates, what one would earn."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.documents.models import Print
from eig.documents.printing import print_next
from eig.promotions.models import Phase, Promotion
from projects.actions import refresh_call_brochure
from projects.documents.call import CALL_BROCHURE, call_brochure_of, call_fingerprint, is_up_to_date
from projects.tasks import refresh_call_brochures
from tests.factories import meetings as make

BROCHURE = "/eig-6/appel-a-projets/brochure/"


@pytest.fixture(autouse=True)
def _forget_rates(db: None) -> None:
    cache.clear()


def refresh(promotion: Promotion) -> bool:
    return refresh_call_brochure(Promotion.objects.get(pk=promotion.pk), by=None, at=timezone.now())


def test_the_page_says_the_essential_and_where_to_meet(promotion: Promotion, diane: User) -> None:
    make.webinar(promotion, diane, title="L’appel en une heure")
    slots = make.slots(promotion, diane)
    page = Client().get(reverse("projects:project_call", args=["eig-6"])).content.decode()
    for words in ("En deux minutes", "20\u202f000\u00a0€", "2 ou 3", "10 mois", "L’appel en une heure"):
        assert words in page
    assert reverse("meetings:advice_list", args=["eig-6"]) in page
    assert "Télécharger la brochure" not in page
    assert slots


def test_the_brochure_is_printed_and_offered_under_a_plain_name(promotion: Promotion) -> None:
    assert Client().get(BROCHURE).status_code == 404
    assert refresh(promotion)
    assert print_next()
    answer = Client().get(BROCHURE)
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"%PDF-")
    # Tagged, for screen readers.
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) >= 5
    assert 'filename="appel-a-projets-eig-6.pdf"' in answer.headers["Content-Disposition"]
    assert "Télécharger la brochure" in Client().get("/eig-6/appel-a-projets/").content.decode()


def test_the_brochure_follows_dates_rules_and_texts(promotion: Promotion) -> None:
    refresh(promotion)
    print_next()
    assert not refresh(promotion)
    former = call_brochure_of(promotion)
    assert is_up_to_date(former, promotion)
    phase = Phase.objects.get(promotion=promotion, kind="projects")
    Phase.objects.filter(pk=phase.pk).update(closes_at=phase.closes_at + timedelta(days=1))
    # The page goes on offering the former one, and says that another is coming.
    assert "en préparation" in Client().get("/eig-6/appel-a-projets/").content.decode()
    refresh_call_brochures()
    refresh_call_brochures()
    assert Print.objects.filter(kind=CALL_BROCHURE).count() == 2
    assert call_brochure_of(promotion) == former


@pytest.mark.parametrize(
    "change",
    [
        {"cofinancing_per_member": 25000},
        {"pay_above": 4200},
        {"project_visas": []},
        {"texts": {"projects_call": {"title": "A", "lead": "B", "sections": [], "faq": []}}},
    ],
)
def test_each_rule_told_changes_the_fingerprint(promotion: Promotion, change: dict[str, object]) -> None:
    before = call_fingerprint(promotion)
    Promotion.objects.filter(pk=promotion.pk).update(**change)
    assert call_fingerprint(Promotion.objects.get(pk=promotion.pk)) != before


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ("0", "3\u202f500\u00a0€"),
        ("5", "3\u202f500\u00a0€"),
        ("6", "4\u202f000\u00a0€"),
        ("50", "4\u202f000\u00a0€"),
    ],
)
def test_what_one_would_earn_is_worked_out_without_a_script(
    promotion: Promotion, years: str, said: str
) -> None:
    page = Client().get("/eig-6/appel-a-candidatures/", {"years": years}).content.decode()
    assert f"{said} net par mois</strong>" in page


@pytest.mark.parametrize("years", ["", "-1", "51", "cinq", "5,5", "9" * 30])
def test_years_that_make_no_sense_are_told_so(promotion: Promotion, years: str) -> None:
    answer = Client().get("/eig-6/appel-a-candidatures/", {"years": years})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "net par mois</strong>" not in page
    assert "Indiquez un n" in page
