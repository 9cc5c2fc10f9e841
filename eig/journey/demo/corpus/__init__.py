"""The demonstration's people and words: pure data and seeded generators, without a database.

Everything is invented but the published figures of past promotions. Same seed, same corpus.
"""

from eig.journey.demo.corpus.administrations import administration, fictitious_siret, load_administrations
from eig.journey.demo.corpus.applications import cv_sections, generate_applications, generate_drafts
from eig.journey.demo.corpus.bulletins import generate_bulletins
from eig.journey.demo.corpus.history import (
    generate_alumni,
    load_figures,
    load_past_projects,
    load_past_promotions,
)
from eig.journey.demo.corpus.people import SEED, generate_jurors, generate_staff
from eig.journey.demo.corpus.preferences import generate_preferences
from eig.journey.demo.corpus.projects import kept_projects, load_projects
from eig.journey.demo.corpus.records import (
    Administration,
    Alumnus,
    Bulletin,
    Candidacy,
    Contact,
    CvSection,
    Juror,
    PastProject,
    PastPromotion,
    Person,
    Position,
    Preference,
    Project,
    PublishedFigure,
    Refusal,
    Remarks,
    Staff,
)
from eig.journey.demo.corpus.remarks import (
    application_marks,
    appreciation,
    audition_marks,
    comment,
    load_refusals,
    load_remarks,
    project_marks,
    refusal_for,
    verdict_of,
)

__all__ = [
    "SEED",
    "Administration",
    "Alumnus",
    "Bulletin",
    "Candidacy",
    "Contact",
    "CvSection",
    "Juror",
    "PastProject",
    "PastPromotion",
    "Person",
    "Position",
    "Preference",
    "Project",
    "PublishedFigure",
    "Refusal",
    "Remarks",
    "Staff",
    "administration",
    "application_marks",
    "appreciation",
    "audition_marks",
    "comment",
    "cv_sections",
    "fictitious_siret",
    "generate_alumni",
    "generate_applications",
    "generate_bulletins",
    "generate_drafts",
    "generate_jurors",
    "generate_preferences",
    "generate_staff",
    "kept_projects",
    "load_administrations",
    "load_figures",
    "load_past_projects",
    "load_past_promotions",
    "load_projects",
    "load_refusals",
    "load_remarks",
    "project_marks",
    "refusal_for",
    "verdict_of",
]
