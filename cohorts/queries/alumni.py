"""What is public of promotions and of those who were in them: figures as published, people who agreed."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, Now

from cohorts.models import DirectoryEntry, Member
from eig.french import folded, french
from eig.promotions.models import Figure, Promotion
from eig.promotions.queries import promotions_listed
from projects.models import PublicPage
from projects.queries import public_pages_listed


def directory_listed() -> QuerySet[DirectoryEntry]:
    """People whose consent still holds, by their promotion's clock; latest promotion first, then by name."""
    return (
        DirectoryEntry.objects.filter(expires_at__gt=Coalesce(F("promotion__rehearsal_clock"), Now()))
        .select_related("promotion")
        .order_by("-promotion__number", french("name"), "pk")
    )


def directory_filtered(*, words: str = "", promotion: str = "", trade: str = "") -> QuerySet[DirectoryEntry]:
    found = directory_listed()
    if promotion:
        found = found.filter(promotion__code=promotion)
    if trade:
        found = found.filter(trade=trade)
    space = Value(" ")
    found = found.alias(heap=french(Concat("name", space, "project_title", space, "headline")))
    for word in folded(words).split():
        found = found.filter(heap__contains=word)
    return found


def directory_choices() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Promotions and trades that have somebody in the directory."""
    promotions = (
        directory_listed().order_by("-promotion__number").values_list("promotion__code", "promotion__name")
    )
    trades = directory_listed().order_by("trade").values_list("trade", flat=True).distinct()
    return list(dict.fromkeys(promotions)), [(trade, trade) for trade in trades]


def entry_of(member: Member) -> DirectoryEntry | None:
    return DirectoryEntry.objects.filter(promotion=member.promotion, person=member.person).first()


def past_promotions() -> QuerySet[Promotion]:
    """Promotions with something public: published figures or défis. Latest first."""
    shown = PublicPage.objects.filter(withdrawn_at__isnull=True).values("promotion_id")
    return (
        promotions_listed()
        .filter(Q(pk__in=shown) | Q(pk__in=Figure.objects.values("promotion_id")))
        .annotate(
            page_count=Count("public_pages", filter=Q(public_pages__withdrawn_at__isnull=True), distinct=True)
        )
    )


@dataclass(frozen=True, slots=True)
class PromotionPage:
    promotion: Promotion
    figures: list[Figure]
    pages: list[PublicPage]
    alumni: list[DirectoryEntry]


def promotion_page(promotion: Promotion) -> PromotionPage:
    return PromotionPage(
        promotion=promotion,
        figures=list(promotion.figures.order_by("rank", "pk")),
        pages=list(public_pages_listed().filter(promotion=promotion)),
        alumni=list(directory_listed().filter(promotion=promotion)),
    )
