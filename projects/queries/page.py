"""Public pages: the catalogue, its filters, what the brochure prints. Rows exist only once revealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from eig.documents.choices import PrintStatus
from eig.documents.models import Document, Print
from eig.documents.printing import ready_document
from eig.french import folded, french
from eig.promotions.models import Promotion
from projects.choices import AdministrationKind
from projects.models import PageDraft, Project, PublicPage

BROCHURE = "projects.brochure"
SHEET = "projects.sheet"


def public_pages_visible() -> QuerySet[PublicPage]:
    """Pages that anybody may open: a withdrawn défi keeps its page, which says so."""
    return PublicPage.objects.select_related("promotion").order_by(
        "-promotion__number", french("title"), "pk"
    )


def public_pages_listed() -> QuerySet[PublicPage]:
    """The catalogue: latest promotion first, then French alphabetical order."""
    return public_pages_visible().filter(withdrawn_at__isnull=True)


def _words_of(column: str) -> Func:
    return Func(F(column), Value(" "), function="array_to_string", output_field=TextField())


def pages_filtered(
    pages: QuerySet[PublicPage],
    *,
    text: str = "",
    promotion: str = "",
    theme: str = "",
    trade: str = "",
    administration: str = "",
    town: str = "",
) -> QuerySet[PublicPage]:
    """Narrow the catalogue; every word of `text` must be found, accents and case do not count."""
    if promotion:
        pages = pages.filter(promotion__code=promotion)
    if theme:
        pages = pages.filter(themes__contains=[theme])
    if trade:
        pages = pages.filter(trades__contains=[trade])
    if administration:
        pages = pages.filter(administration_kind=administration)
    if town:
        pages = pages.filter(town=town)
    words = folded(text).split()
    if not words:
        return pages
    space = Value(" ")
    pages = pages.alias(
        heap=french(
            Concat(
                "title", space, "tagline", space, "administration_name", space, "town", space,
                _words_of("themes"), space, _words_of("trades"), space, Cast("body", TextField()),
                space, "article",
                output_field=TextField(),
            )
        )
    )  # fmt: skip
    for word in words:
        pages = pages.filter(heap__contains=word)
    return pages


@dataclass(frozen=True, slots=True)
class CatalogueChoices:
    """What the filters of the catalogue offer: only what some page has."""

    promotions: Sequence[tuple[str, str]]
    themes: Sequence[str]
    trades: Sequence[str]
    administrations: Sequence[tuple[str, str]]
    towns: Sequence[str]


def catalogue_choices() -> CatalogueChoices:
    """One light pass over the listed pages."""
    promotions: dict[str, str] = {}
    themes: set[str] = set()
    trades: set[str] = set()
    kinds: set[str] = set()
    towns: set[str] = set()
    rows = public_pages_listed().values_list(
        "promotion__code", "promotion__name", "themes", "trades", "administration_kind", "town"
    )
    for code, name, page_themes, page_trades, kind, town in rows:
        promotions.setdefault(code, name)
        themes.update(page_themes)
        trades.update(page_trades)
        kinds.add(kind)
        towns.add(town)
    return CatalogueChoices(
        promotions=list(promotions.items()),
        themes=sorted(themes, key=folded),
        trades=sorted(trades, key=folded),
        administrations=[(value, label) for value, label in AdministrationKind.choices if value in kinds],
        towns=sorted(towns - {""}, key=folded),
    )


def pages_of_brochure(promotion: Promotion | int) -> QuerySet[PublicPage]:
    """What the brochure of a promotion prints, with the profiles sought."""
    promotion_id = promotion if isinstance(promotion, int) else promotion.pk
    return (
        public_pages_listed()
        .filter(promotion_id=promotion_id)
        .select_related("project")
        .prefetch_related("project__positions__trade")
        .order_by(french("title"), "pk")
    )


@dataclass(frozen=True, slots=True)
class Brochure:
    """A brochure that anybody may download."""

    promotion: Promotion
    document: Document


def brochures_offered() -> list[Brochure]:
    """The latest brochure of each promotion that has one, latest promotion first."""
    prints = (
        Print.objects.filter(kind=BROCHURE, status=PrintStatus.READY)
        .select_related("document")
        .order_by("subject_id", "-ready_at", "-pk")
        .distinct("subject_id")
    )
    documents = {row.subject_id: row.document for row in prints if row.document}
    promotions = Promotion.objects.filter(pk__in=documents).order_by("-number", "-pk")
    return [Brochure(promotion, documents[promotion.pk]) for promotion in promotions]


def brochure_of(promotion: Promotion) -> Document | None:
    """The brochure offered to all, or None before the reveal."""
    return ready_document(BROCHURE, promotion.pk)


@dataclass(frozen=True, slots=True)
class PageWords:
    """What the form of a public page starts from: what was written, else what the dossier says."""

    initial: dict[str, str]
    body: Sequence[Mapping[str, str]]


SUGGESTED = (
    ("Le problème", ("problem", "beneficiaries")),
    ("Ce que l’équipe fera", ("hypothesis",)),
    ("Pourquoi nous rejoindre", ("pitch", "integration")),
)


def page_words(project: Project) -> PageWords:
    draft = PageDraft.objects.filter(project=project).first()
    if draft is not None:
        fields = ("title", "tagline", "administration_name", "town")
        initial = {name: str(getattr(draft, name)) for name in fields}
        return PageWords({**initial, "themes": ", ".join(draft.themes)}, draft.body)
    answers = project.answers
    body = [
        {"title": title, "text": "\n\n".join(str(answers[code]) for code in codes if answers.get(code))}
        for title, codes in SUGGESTED
    ]
    return PageWords(
        {
            "title": project.title,
            "administration_name": str(project.administration or ""),
            "town": str((answers.get("site") or {}).get("town") or ""),
        },
        [part for part in body if part["text"]],
    )
