"""Describe a laureate for the public, publish it at the reveal, print the brochure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.documents.models import Print
from eig.documents.printing import ask_print
from eig.journal.actions import record as journal
from eig.lifecycle import IllegalMove, lock, move
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import opened_gate
from eig.promotions.models import Promotion
from projects import emails
from projects.choices import Status
from projects.documents import brochure_title
from projects.models import PageDraft, Project, PublicPage
from projects.queries import projects_to_publish, public_pages_listed
from projects.queries.page import BROCHURE, SHEET
from projects.rules import free_slug, slug_of, squeezed, tidy_themes

Body = Sequence[Mapping[str, str]]


class NotDescribed(Exception):
    """Public words are missing; the sentence says for which projects."""


class NothingToPrint(Exception):
    """A brochure needs at least one published défi."""


def _tidy_body(body: Body) -> list[dict[str, str]]:
    return [
        {"title": squeezed(part.get("title", "")), "text": part.get("text", "").strip()}
        for part in body
        if part.get("text", "").strip()
    ]


@transaction.atomic
def describe_project(
    project: Project,
    *,
    title: str,
    tagline: str,
    body: Body,
    by: User,
    at: datetime,
    administration_name: str = "",
    town: str = "",
    themes: Iterable[str] = (),
) -> PageDraft:
    """Write the public words of a laureate; those of a published défi change its page at once.

    `body` is a list of {"title", "text"}. Raises IllegalMove.
    """
    locked = lock(project, "administration")
    if locked.status not in {Status.LAUREATE, Status.PUBLISHED}:
        raise IllegalMove("Seul un projet lauréat a une page publique à préparer.")
    words = {
        "title": squeezed(title),
        "tagline": squeezed(tagline),
        "administration_name": squeezed(administration_name) or str(locked.administration or ""),
        "town": squeezed(town),
        "themes": tidy_themes(themes),
        "body": _tidy_body(body),
    }
    draft, _ = PageDraft.objects.update_or_create(
        project=locked, defaults={**words, "updated_at": at, "updated_by": by}
    )
    if locked.status == Status.PUBLISHED:
        PublicPage.objects.filter(project=locked).update(**words)
        Project.objects.filter(pk=locked.pk).update(title=words["title"])
    journal("describe_project", locked, by=by, at=at)
    return draft


@transaction.atomic
def publish_project(project: Project, *, by: User | None, at: datetime) -> PublicPage:
    """Make a laureate a public défi, from the reveal on. Raises PhaseNotOpen, NotDescribed, IllegalMove."""
    opened_gate(project.promotion_id, PhaseKind.REVEAL)
    locked = lock(project, "promotion", "administration")
    draft = PageDraft.objects.filter(project=locked).first()
    if draft is None:
        raise NotDescribed(f"La page publique n’est pas encore écrite : {locked.title}.")
    move(locked, Status.PUBLISHED, by=by, at=at, published_at=at, title=draft.title)
    trades = dict.fromkeys(locked.positions.order_by("rank", "pk").values_list("trade__label", flat=True))
    page = add_page(
        locked.promotion,
        project=locked,
        title=draft.title,
        tagline=draft.tagline,
        administration_name=draft.administration_name,
        administration_kind=locked.administration.kind if locked.administration else "",
        town=draft.town,
        themes=draft.themes,
        trades=list(trades),
        body=draft.body,
        published_at=at,
    )
    ask_print(SHEET, subject_id=page.pk, title=page.title, by=by, at=at)
    emails.project_published(locked, page=page, at=at)
    project.refresh_from_db()
    return page


@transaction.atomic
def publish_projects(promotion: Promotion, *, by: User | None, at: datetime) -> int:
    """Publish every laureate at once; none if one is not described. Raises PhaseNotOpen, NotDescribed."""
    opened_gate(promotion, PhaseKind.REVEAL)
    laureates = list(projects_to_publish(promotion))
    silent = [project.title for project in laureates if not hasattr(project, "page_draft")]
    if silent:
        raise NotDescribed(f"Il reste à écrire la page publique de : {', '.join(silent)}.")
    for project in laureates:
        publish_project(project, by=by, at=at)
    return len(laureates)


def add_page(promotion: Promotion, *, title: str, **fields: object) -> PublicPage:
    """A page under a slug of its own, in the transaction of whoever publishes it."""
    # Titles meet rarely; the promotion's row keeps two publications from choosing one slug.
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    taken = set(PublicPage.objects.filter(slug__startswith=slug_of(title)).values_list("slug", flat=True))
    return PublicPage.objects.create(promotion=promotion, title=title, slug=free_slug(title, taken), **fields)


@transaction.atomic
def add_past_page(
    promotion: Promotion,
    *,
    title: str,
    tagline: str,
    administration_name: str,
    by: User | None,
    at: datetime,
    administration_kind: str = "",
    town: str = "",
    themes: Iterable[str] = (),
    trades: Iterable[str] = (),
    body: Body = (),
    outcome: str = "",
) -> PublicPage:
    """Add the page of a défi of a past promotion, of which no dossier is kept."""
    page = add_page(
        promotion,
        title=squeezed(title),
        tagline=squeezed(tagline),
        administration_name=squeezed(administration_name),
        administration_kind=administration_kind,
        town=squeezed(town),
        themes=tidy_themes(themes),
        trades=list(trades),
        body=_tidy_body(body),
        outcome=squeezed(outcome),
        published_at=at,
    )
    journal("add_past_page", page, by=by, at=at)
    return page


@transaction.atomic
def ask_brochure(promotion: Promotion, *, by: User | None, at: datetime) -> Print:
    """Queue the brochure of the promotion's published défis. Raises NothingToPrint before the reveal."""
    if not public_pages_listed().filter(promotion=promotion).exists():
        raise NothingToPrint("Aucun défi n’est encore publié : la brochure se fait après la publication.")
    return ask_print(BROCHURE, subject_id=promotion.pk, title=brochure_title(promotion), by=by, at=at)
