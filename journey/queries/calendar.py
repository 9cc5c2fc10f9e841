"""What a change of date touches: people who still have something to do, public holidays nearby."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from candidates.models import Application
from eig.promotions.choices import Audience, PhaseKind
from eig.promotions.models import Phase, Promotion
from matching.ranking.models import Ranking
from matching.teams.models import Offer
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
        drafts = Project.objects.filter(promotion=promotion, status="draft").count()
        return Concerned(drafts, f"{drafts} dossier(s) de projet en brouillon")
    if kind == PhaseKind.APPLICATIONS:
        drafts = Application.objects.filter(promotion=promotion, status="draft").count()
        return Concerned(drafts, f"{drafts} candidature(s) en brouillon")
    if kind == PhaseKind.RANKING:
        lists = Ranking.objects.filter(application__promotion=promotion, status="draft").count()
        return Concerned(lists, f"{lists} liste(s) de vœux non certifiée(s)")
    if kind == PhaseKind.ACCEPTANCE:
        offers = Offer.objects.filter(promotion=promotion, status="sent").count()
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
        told.append(f"La relance du {_spoken(before)} passe au {_spoken(after)}{again}.")
    told += [
        f"« {other} » ouvre le {_spoken(other.opens_at)}, avant la nouvelle clôture : "
        "ses dates ne changent pas d’elles-mêmes."
        for other in phase.promotion.phases.exclude(pk=phase.pk).order_by("opens_at", "pk")
        if phase.closes_at <= other.opens_at < closes_at
    ]
    return told


def mailed_by(promotion: Promotion, kind: str) -> list[str]:
    """The addresses that an extension writes to at once: the writers of the drafts of projects."""
    if kind != PhaseKind.PROJECTS:
        return []
    leads = ProjectLead.objects.filter(project__promotion=promotion, project__status="draft")
    return list(leads.order_by("person__email").values_list("person__email", flat=True).distinct())


def _spoken(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y à H:i")


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computation (Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    moon = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * moon) // 451
    month, day = divmod(h + moon - 7 * m + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> dict[date, str]:
    """The eleven public holidays of France (Code du travail, art. L3133-1)."""
    sunday = easter(year)
    return {
        date(year, 1, 1): "jour de l’An",
        sunday + timedelta(days=1): "lundi de Pâques",
        date(year, 5, 1): "fête du Travail",
        date(year, 5, 8): "8 mai",
        sunday + timedelta(days=39): "Ascension",
        sunday + timedelta(days=50): "lundi de Pentecôte",
        date(year, 7, 14): "14 juillet",
        date(year, 8, 15): "Assomption",
        date(year, 11, 1): "Toussaint",
        date(year, 11, 11): "11 novembre",
        date(year, 12, 25): "Noël",
    }


def holidays_near(moment: datetime) -> list[str]:
    """Public holidays and week-ends on the day of a deadline or the day before."""
    day = localdate(moment)
    found = []
    for one in (day - timedelta(days=1), day):
        name = public_holidays(one.year).get(one)
        if name:
            found.append(f"Le {one:%d/%m/%Y} est férié ({name}).")
        elif one.weekday() >= 5:
            found.append(f"Le {one:%d/%m/%Y} tombe un {'samedi' if one.weekday() == 5 else 'dimanche'}.")
    return found
