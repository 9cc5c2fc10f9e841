"""Waves and decisions: for staff only until they are published."""

from django.db.models import Exists, F, OuterRef, QuerySet

from eig.french import french
from eig.promotions.models import Promotion
from eig.waves.models import Wave
from projects.choices import Outcome, Status
from projects.models import Decision, Project
from projects.queries.project import projects_listed


def decisions_of_wave(wave: Wave) -> QuerySet[Decision]:
    """Laureates, then the reserve in its order, then the rest."""
    return (
        Decision.objects.filter(wave=wave)
        .select_related("project__administration", "project__promotion", "proposed_by")
        .order_by("outcome", "reserve_rank", "pk")
    )


def reserve_rivals(wave: Wave, project: Project) -> QuerySet[Decision]:
    """The reserve of a wave without this project: one list, each rank given once."""
    return Decision.objects.filter(wave=wave, outcome=Outcome.RESERVE).exclude(project=project)


def projects_to_decide(promotion: Promotion) -> QuerySet[Project]:
    """Eligible or in reserve, and in no wave under way; the best read first."""
    awaited = Decision.objects.filter(project=OuterRef("pk"), published_at__isnull=True)
    return (
        projects_listed(promotion)
        .filter(~Exists(awaited), status__in=[Status.ELIGIBLE, Status.RESERVE])
        .order_by(F("score").desc(nulls_last=True), french("title"), "pk")
    )


def decision_told(project: Project) -> Decision | None:
    """The latest published decision: what its people may read."""
    return project.decisions.filter(published_at__isnull=False).order_by("-published_at", "-pk").first()
