"""The invented people and words of a rehearsal: pure data and seeded generators, without a database.

Everything is invented. Same seed, same corpus.
"""

from rehearsal.corpus.administrations import administration, fictitious_siret, load_administrations
from rehearsal.corpus.applications import cv_sections, generate_applications, generate_drafts
from rehearsal.corpus.bulletins import generate_bulletins
from rehearsal.corpus.people import SEED, generate_jurors, generate_staff
from rehearsal.corpus.preferences import generate_preferences
from rehearsal.corpus.projects import kept_projects, load_projects
from rehearsal.corpus.records import (
    Administration,
    Bulletin,
    Candidacy,
    Contact,
    CvSection,
    Juror,
    Person,
    Position,
    Preference,
    Project,
    Remarks,
    Staff,
)
from rehearsal.corpus.remarks import (
    application_marks,
    appreciation,
    audition_marks,
    comment,
    load_remarks,
    project_marks,
    verdict_of,
)

__all__ = [
    "SEED",
    "Administration",
    "Bulletin",
    "Candidacy",
    "Contact",
    "CvSection",
    "Juror",
    "Person",
    "Position",
    "Preference",
    "Project",
    "Remarks",
    "Staff",
    "administration",
    "application_marks",
    "appreciation",
    "audition_marks",
    "comment",
    "cv_sections",
    "fictitious_siret",
    "generate_applications",
    "generate_bulletins",
    "generate_drafts",
    "generate_jurors",
    "generate_preferences",
    "generate_staff",
    "kept_projects",
    "load_administrations",
    "load_projects",
    "load_remarks",
    "project_marks",
    "verdict_of",
]
