"""Print: the receipt of a project, its public sheet, the brochure of a promotion's défis."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.conf import settings

from eig.documents.printing import Order, Progress, register
from eig.dossiers.choices import FormKind
from eig.dossiers.documents import build_receipt
from eig.dossiers.kinds import ReceiptKind
from eig.listing.documents import export_list
from eig.promotions.models import Promotion
from projects.documents.styles import styles
from projects.models import Position, Project, PublicPage
from projects.queries import PROJECTS, lead_of, pages_of_brochure, positions_of
from projects.queries.listing import PROJECT_JURORS
from projects.queries.page import BROCHURE, SHEET
from projects.rules import paragraphs

RECEIPT = "projects.receipt"
RECEIPTS = ReceiptKind(
    code=RECEIPT,
    model=Project,
    form=FormKind.PROJECT,
    related=("administration",),
    call="appel à projets",
    title=lambda project: project.title,
    person=lambda project: project.administration or lead_of(project) or "",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of a page, cut in paragraphs."""

    title: str
    paragraphs: Sequence[str]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One project in print: its page, its parts, whom it seeks."""

    page: PublicPage
    parts: Sequence[Part]
    positions: Sequence[Position]
    address: str

    @property
    def seats(self) -> int:
        return sum(position.seats for position in self.positions)


def brochure_title(promotion: Promotion) -> str:
    return f"Les défis de la promotion {promotion.name}"


def parts_of(page: PublicPage) -> list[Part]:
    return [Part(part.get("title", ""), paragraphs(part.get("text", ""))) for part in page.body]


def _leaf(page: PublicPage, positions: Sequence[Position]) -> Leaf:
    return Leaf(page, parts_of(page), positions, f"{settings.SITE_URL}/defis/{page.slug}/")


def build_sheet(page_id: int, progress: Progress) -> Order:
    page = PublicPage.objects.select_related("promotion", "project").get(pk=page_id)
    positions = list(positions_of(page.project)) if page.project else []
    progress(20)
    context = {"leaf": _leaf(page, positions), "promotion": page.promotion}
    return Order("pdf/project_sheet.html", context, f"defi-{page.slug}.pdf", styles("brochure.css"))


def build_brochure(promotion_id: int, progress: Progress) -> Order:
    promotion = Promotion.objects.select_related("programme").get(pk=promotion_id)
    leaves = []
    pages = list(pages_of_brochure(promotion))
    for index, page in enumerate(pages, start=1):
        positions = (
            sorted(page.project.positions.all(), key=lambda item: (item.rank, item.pk))
            if page.project
            else []
        )
        leaves.append(_leaf(page, positions))
        progress(10 + 25 * index // len(pages))
    context = {
        "promotion": promotion,
        "title": brochure_title(promotion),
        "leaves": leaves,
        "seats": sum(leaf.seats for leaf in leaves),
        "administrations": len({leaf.page.administration_name for leaf in leaves}),
        "site": settings.SITE_URL,
    }
    return Order(
        "pdf/brochure.html", context, f"defis-{promotion.code}.pdf", styles("brochure.css"), long=True
    )


export_list(PROJECTS)
export_list(PROJECT_JURORS)
register(RECEIPT, partial(build_receipt, RECEIPTS))
register(SHEET, build_sheet)
register(BROCHURE, build_brochure)
