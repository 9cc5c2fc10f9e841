"""Administrations, their projects, who leads them, who they seek, how they were judged, their public page."""

from projects.models.administration import Administration
from projects.models.decision import Decision
from projects.models.page import PageDraft, PublicPage
from projects.models.project import Position, Project, ProjectLead, ProjectLink
from projects.models.reading import Review

__all__ = [
    "Administration",
    "Decision",
    "PageDraft",
    "Position",
    "Project",
    "ProjectLead",
    "ProjectLink",
    "PublicPage",
    "Review",
]
