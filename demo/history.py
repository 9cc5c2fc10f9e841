"""Before the story: past promotions, their published figures, their défis, their alumni."""

from datetime import datetime, timedelta

from cohorts.models import DirectoryEntry
from demo.past import PastPromotion, generate_alumni, load_figures, load_past_projects, load_past_promotions
from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.promotions.catalogue import load_promotion
from eig.promotions.models import Figure, Programme, Promotion
from projects.actions import add_past_page
from rehearsal.world import theme_label

OUTCOMES = {
    "production": "Service en production",
    "planned": "Mise en production prévue",
    "stopped": "Arrêté",
}
TRADES = {trade.code: trade.label for trade in load_promotion("eig6").trades}
LABELS = (
    ("projects", "défis"),
    ("members", "EIG"),
    ("projects_received", "projets reçus"),
    ("applications_received", "candidatures reçues"),
    ("candidates_heard", "candidats entendus"),
)


def add_history(*, by: User, at: datetime) -> None:
    promotions = {record.code: _add_promotion(record, by=by, at=at) for record in load_past_promotions()}
    for figure in load_figures():
        if figure.promotion in promotions:
            promotion = promotions[figure.promotion]
            Figure.objects.get_or_create(
                promotion=promotion,
                code=figure.code[:50],
                defaults={
                    "label": figure.label,
                    "value": figure.value,
                    "source": figure.source,
                    "rank": promotion.figures.count(),
                },
            )
    for page in load_past_projects():
        add_past_page(
            promotions[page.promotion],
            title=page.title,
            tagline=page.summary,
            administration_name=page.administration,
            by=by,
            at=at,
            town=page.town,
            themes=[theme_label(code) for code in page.themes],
            trades=[TRADES[code] for code in page.trades],
            outcome=OUTCOMES.get(page.outcome, ""),
        )
    DirectoryEntry.objects.bulk_create(
        DirectoryEntry(
            promotion=promotions[alumnus.promotion],
            name=alumnus.person.full_name,
            trade=TRADES.get(alumnus.trade, alumnus.trade),
            project_title=alumnus.project,
            headline=alumnus.now[:200],
            consented_at=at,
            expires_at=at + timedelta(days=3650),
        )
        for alumnus in generate_alumni()
    )


def _add_promotion(record: PastPromotion, *, by: User, at: datetime) -> Promotion:
    programme, _ = Programme.objects.get_or_create(
        code=record.programme,
        defaults={
            "name": "Designers d’intérêt général"
            if record.programme == "dig"
            else "Entrepreneurs d’intérêt général"
        },
    )
    promotion = Promotion.objects.create(
        programme=programme, code=record.code, name=record.name, number=record.number, is_archived=True
    )
    Figure.objects.bulk_create(
        Figure(promotion=promotion, code=name.replace("_", "-"), label=label, value=str(value), rank=rank)
        for rank, (name, label) in enumerate(LABELS)
        if (value := getattr(record, name))
    )
    journal("create_promotion", promotion, by=by, at=at, promotion_id=promotion.pk, catalogue="history")
    return promotion
