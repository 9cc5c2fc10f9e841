"""Read wishes: the candidate's own, and what they add up to for the programme team. No juror reads ranks."""

from matching.ranking.queries.candidate import (
    OfferedProject,
    adjustments_open,
    mentions,
    offered_ids,
    projects_offered,
    projects_once_published,
    ranking_application,
    ranking_of,
    wishes_of,
)
from matching.ranking.queries.staff import (
    adjustments_listed,
    certified_rankings,
    counts,
    demand_by_position,
    demand_by_project,
    demand_by_trade,
    latest_snapshot,
    shortlisted_applications,
    wishes_by_application,
)
