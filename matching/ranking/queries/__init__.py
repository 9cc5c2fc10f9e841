"""Read wishes: the candidate's own, and what they add up to for the programme team. No juror reads ranks."""

from matching.ranking.queries.candidate import (
    OfferedProject,
    Profile,
    offered_ids,
    projects_offered,
    projects_once_published,
    ranking_application,
    ranking_of,
    ranking_visible_to,
    wishes_of,
)
from matching.ranking.queries.staff import (
    Demand,
    TradeDemand,
    applications_without_certified_wishes,
    certified_rankings,
    counts,
    demand_by_project,
    demand_by_trade,
    latest_snapshot,
    rankings_listed,
    shortlisted_applications,
    wishes_by_application,
)

__all__ = [
    "Demand",
    "OfferedProject",
    "Profile",
    "TradeDemand",
    "applications_without_certified_wishes",
    "certified_rankings",
    "counts",
    "demand_by_project",
    "demand_by_trade",
    "latest_snapshot",
    "offered_ids",
    "projects_offered",
    "projects_once_published",
    "ranking_application",
    "ranking_of",
    "ranking_visible_to",
    "rankings_listed",
    "shortlisted_applications",
    "wishes_by_application",
    "wishes_of",
]
