"""Print: the brochure of the call for projects. Its name carries the fingerprint of what it tells."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings

from eig.documents.models import Document
from eig.documents.printing import Order, Progress, ready_document, register
from eig.dossiers.rules import sha256
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.french import dates
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase, Promotion
from eig.promotions.queries import calendar
from eig.promotions.rules import cofinancing
from projects.documents.styles import styles

CALL_BROCHURE = "projects.call_brochure"
# What concerns an administration, among the phases of a promotion.
PHASES = (
    PhaseKind.PROJECTS,
    PhaseKind.PROJECT_REVIEW,
    PhaseKind.REVEAL,
    PhaseKind.AUDITIONS,
    PhaseKind.ANNOUNCEMENT,
    PhaseKind.MISSION,
)
RULES = (
    "name", "employer", "contract_months", "pay_threshold_years", "pay_threshold_inclusive", "pay_below",
    "pay_above", "cofinancing_per_member", "team_min", "team_max",
)  # fmt: skip


def call_brochure_title(promotion: Promotion) -> str:
    return f"Appel à projets {promotion.name}"


def call_phases(promotion: Promotion) -> list[Phase]:
    return [phase for phase in calendar(promotion) if phase.kind in PHASES]


def cofinancings(promotion: Promotion) -> list[tuple[int, int]]:
    """For each size of a team, what its administration pays."""
    sizes = range(promotion.team_min, promotion.team_max + 1)
    return [(size, cofinancing(size, promotion.cofinancing_per_member)) for size in sizes]


def call_fingerprint(promotion: Promotion) -> str:
    """Changes when a date, a rule or a text of the call does."""
    criteria = grid_of(promotion, Stage.PROJECT_READING).criteria
    told: dict[str, Any] = {
        "rules": {name: getattr(promotion, name) for name in RULES},
        "texts": {code: promotion.texts.get(code) for code in ("projects_call", "support")},
        "visas": promotion.project_visas,
        "phases": [
            [phase.kind, phase.opens_at.isoformat(), phase.closes_at.isoformat()]
            for phase in call_phases(promotion)
        ],
        "criteria": [[item.label, item.definition] for item in criteria],
    }
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode())[:12]


def call_brochure_of(promotion: Promotion) -> Document | None:
    """The last one made; a newer one may be on its way."""
    return ready_document(CALL_BROCHURE, promotion.pk)


def is_up_to_date(document: Document | None, promotion: Promotion) -> bool:
    return document is not None and call_fingerprint(promotion) in document.name


def _said(moment: datetime, *, hour: bool = False) -> str:
    return dates.instant(moment) if hour else dates.day(moment)


def build_call_brochure(promotion_id: int, progress: Progress) -> Order:
    promotion = Promotion.objects.select_related("programme").get(pk=promotion_id)
    text = promotion.texts["projects_call"]
    sections = {section["code"]: section for section in text["sections"]}
    progress(15)
    context = {
        "promotion": promotion,
        "title": call_brochure_title(promotion),
        "text": text,
        "sections": [section for code, section in sections.items() if code != "criteria"],
        "criteria_words": sections.get("criteria", {}).get("paragraphs", []),
        "criteria": grid_of(promotion, Stage.PROJECT_READING).criteria,
        "support": promotion.texts.get("support"),
        "visas": promotion.project_visas,
        "phases": [
            (phase.get_kind_display(), _said(phase.opens_at), _said(phase.closes_at, hour=True))
            for phase in call_phases(promotion)
        ],
        "cofinancing": cofinancings(promotion),
        "site": settings.SITE_URL,
        "address": f"{settings.SITE_URL}/{promotion.code}/appel-a-projets/",
        "contact": settings.CONTACT_EMAIL,
    }
    name = f"appel-a-projets-{promotion.code}-{call_fingerprint(promotion)}.pdf"
    return Order("pdf/call.html", context, name, styles("brochure.css", "call.css"), long=True)


register(CALL_BROCHURE, build_call_brochure)
