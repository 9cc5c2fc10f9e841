"""Bring the défis of past promotions in from the published file, as often as one likes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from eig.accounts.models import User
from eig.design.article import article_of
from eig.journal.actions import record as journal
from eig.promotions.models import Programme, Promotion
from projects.actions.page import add_page
from projects.models import PublicPage
from projects.rules import tidy_themes
from projects.rules.history import PastEntry, Unreadable, promotion_named, read_entry


@dataclass(slots=True)
class ImportReport:
    """What an import did; `skipped` holds (which entry, why)."""

    counts: Counter[str] = field(default_factory=Counter)
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def skip(self, label: str, why: str) -> None:
        self.skipped.append((label, why))


@transaction.atomic
def import_history(
    rows: Sequence[object], *, by: User | None, at: datetime, create_promotions: bool = False
) -> ImportReport:
    """Add or refresh the pages of past défis: same file, same pages, however often it is read.

    An entry that cannot be read is left out with its reason; the others come in.
    """
    report = ImportReport()
    seen: set[str] = set()
    for rank, raw in enumerate(rows, start=1):
        label = f"entry {rank}"
        try:
            entry = read_entry(raw)
            label = f"entry {rank} ({entry.key})"
            if entry.key in seen:
                raise Unreadable("the same slug comes earlier in the file")
            seen.add(entry.key)
            promotions = [_promotion(name, create_promotions, by=by, at=at) for name in entry.promotions]
            for promotion in promotions:
                report.counts[_import_page(entry, promotion, by=by, at=at)] += 1
        except Unreadable as reason:
            report.skip(label, str(reason))
    return report


def _promotion(name: str, may_create: bool, *, by: User | None, at: datetime) -> Promotion:
    programme, label, number = promotion_named(name)
    found = Promotion.objects.filter(programme__code=programme, number=number).first()
    if found is None and not may_create:
        raise Unreadable(f"promotion {label} is unknown (see --create-promotions)")
    if found is None:
        owner, _ = Programme.objects.get_or_create(code=programme, defaults={"name": programme.upper()})
        found = Promotion.objects.create(
            programme=owner, code=label.lower().replace(" ", "-"), name=label, number=number, is_archived=True
        )
        journal("create_promotion", found, by=by, at=at, promotion_id=found.pk, catalogue="history")
    if not found.is_archived:
        # Its défis are published at the reveal, and not before.
        raise Unreadable(f"promotion {label} is under way: its défis are not history")
    return found


def _words(entry: PastEntry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "tagline": entry.tagline,
        "administration_name": entry.administration,
        "administration_kind": entry.kind,
        "town": entry.town,
        "themes": tidy_themes(entry.themes),
        "trades": list(entry.trades),
        "outcome": entry.outcome,
        "website": entry.website,
        "article": article_of(entry.markdown),
    }


def _import_page(entry: PastEntry, promotion: Promotion, *, by: User | None, at: datetime) -> str:
    words = _words(entry)
    page = PublicPage.objects.select_for_update().filter(promotion=promotion, imported_as=entry.key).first()
    if page is None:
        if PublicPage.objects.filter(promotion=promotion, title=entry.title).exists():
            raise Unreadable(f"{promotion.name} has a page of this title that was not imported")
        page = add_page(promotion, **words, imported_as=entry.key, published_at=at)
        journal("import_page", page, by=by, at=at)
        return "added"
    changed = [name for name, value in words.items() if getattr(page, name) != value]
    if not changed:
        return "unchanged"
    for name in changed:
        setattr(page, name, words[name])
    page.save(update_fields=changed)
    journal("import_page", page, by=by, at=at, changed=changed)
    return "changed"


def as_rows(value: object) -> Iterable[object]:
    """The entries of a JSON file: a list, or an object that holds one under « defis »."""
    if isinstance(value, dict):
        value = value.get("defis")
    if not isinstance(value, list):
        raise Unreadable("a list of défis is expected")
    return value
