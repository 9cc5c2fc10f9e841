"""Waves and decisions: for staff only until they are published."""

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from eig.french import french
from eig.promotions.models import Promotion, Wave
from projects.choices import Status
from projects.models import Decision, Project
from projects.queries.project import projects_listed


def waves_listed(promotion: str) -> QuerySet[Wave]:
    """The waves of decisions on the projects of a promotion (by its code), latest first, with counts."""
    return (
        Wave.objects.filter(promotion__code=promotion, subject=Wave.Subject.PROJECTS)
        .select_related("promotion", "prepared_by", "validated_by")
        .annotate(decisions=Count("project_decisions"))
        .order_by("-prepared_at", "-pk")
    )


def decisions_of_wave(wave: Wave) -> QuerySet[Decision]:
    """Laureates, then the reserve in its order, then the rest."""
    return (
        Decision.objects.filter(wave=wave)
        .select_related("project__administration", "project__promotion", "proposed_by")
        .order_by("outcome", "reserve_rank", "pk")
    )


def awaited_decisions(promotion: Promotion) -> QuerySet[Decision]:
    """Proposed, not yet published."""
    return Decision.objects.filter(project__promotion=promotion, published_at__isnull=True).order_by("pk")


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
