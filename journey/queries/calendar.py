"""What a change of date touches: people who still have something to do, public holidays nearby."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.french import dates
from eig.promotions.choices import Audience, PhaseKind
from eig.promotions.models import Phase, Promotion
from matching.ranking.choices import Status as RankingStatus
from matching.ranking.models import Ranking
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer
from projects.choices import Status as ProjectStatus
from projects.models import Project, ProjectLead

PHASE_OF = {
    Audience.DRAFT_PROJECT: PhaseKind.PROJECTS,
    Audience.DRAFT_APPLICATION: PhaseKind.APPLICATIONS,
    Audience.UNCERTIFIED_RANKING: PhaseKind.RANKING,
}


@dataclass(frozen=True, slots=True)
class Concerned:
    people: int
    sentence: str


def concerned_by(promotion: Promotion, kind: str) -> Concerned:
    """How many people still have something to do in a phase, told in a sentence."""
    if kind == PhaseKind.PROJECTS:
        drafts = Project.objects.filter(promotion=promotion, status=ProjectStatus.DRAFT).count()
        return Concerned(drafts, f"{drafts} dossier(s) de projet en brouillon")
    if kind == PhaseKind.APPLICATIONS:
        drafts = Application.objects.filter(promotion=promotion, status=ApplicationStatus.DRAFT).count()
        return Concerned(drafts, f"{drafts} candidature(s) en brouillon")
    if kind == PhaseKind.RANKING:
        lists = Ranking.objects.filter(application__promotion=promotion, status=RankingStatus.DRAFT).count()
        return Concerned(lists, f"{lists} liste(s) de vœux non certifiée(s)")
    if kind == PhaseKind.ACCEPTANCE:
        offers = Offer.objects.filter(promotion=promotion, status=OfferStatus.SENT).count()
        return Concerned(offers, f"{offers} proposition(s) sans réponse")
    return Concerned(0, "aucune démarche en cours")


def moved_by(phase: Phase, *, closes_at: datetime, now: datetime) -> list[str]:
    """What a later closing moves, in sentences: reminders, and the phases that it runs into."""
    audience = next((who for who, kind in PHASE_OF.items() if kind == phase.kind), None)
    told = []
    for rule in phase.promotion.reminder_rules.filter(audience=audience or "").order_by("-hours_before"):
        before = phase.closes_at - timedelta(hours=rule.hours_before)
        after = closes_at - timedelta(hours=rule.hours_before)
        again = " (déjà envoyée, elle repart)" if before <= now < after else ""
        told.append(f"La relance du {dates.deadline(before)} passe au {dates.deadline(after)}{again}.")
    told += [
        f"« {other} » ouvre le {dates.deadline(other.opens_at)}, avant la nouvelle clôture : "
        "ses dates ne changent pas d’elles-mêmes."
        for other in phase.promotion.phases.exclude(pk=phase.pk).order_by("opens_at", "pk")
        if phase.closes_at <= other.opens_at < closes_at
    ]
    return told


def mailed_by(promotion: Promotion, kind: str) -> list[str]:
    """The addresses that an extension writes to at once: the writers of the drafts of projects."""
    if kind != PhaseKind.PROJECTS:
        return []
    leads = ProjectLead.objects.filter(project__promotion=promotion, project__status=ProjectStatus.DRAFT)
    return list(leads.order_by("person__email").values_list("person__email", flat=True).distinct())
