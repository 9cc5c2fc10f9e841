"""Administrations, their projects, who leads them, who they seek, how they were judged, their public page."""

from projects.models.administration import Administration
from projects.models.correction import Correction
from projects.models.decision import Decision
from projects.models.eligibility import EligibilityCheck
from projects.models.hearing import (
    Hearing,
    HearingAbsence,
    HearingClearance,
    HearingGroup,
    HearingHalfDay,
    HearingJuror,
    HearingSeat,
)
from projects.models.page import PageDraft, PublicPage
from projects.models.project import Position, Project, ProjectLead, ProjectLink
from projects.models.proposal import PositionProposal
from projects.models.reading import Review
from projects.models.visa import Visa
