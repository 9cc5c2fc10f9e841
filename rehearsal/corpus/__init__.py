"""The invented people and words of a rehearsal: pure data and seeded generators, without a database.

Everything is invented. Same seed, same corpus.
"""

from rehearsal.corpus.administrations import load_administrations
from rehearsal.corpus.applications import cv_sections, generate_applications, generate_drafts
from rehearsal.corpus.bulletins import generate_bulletins
from rehearsal.corpus.people import SEED, generate_jurors, generate_staff
from rehearsal.corpus.preferences import generate_preferences
from rehearsal.corpus.projects import kept_projects, load_projects
from rehearsal.corpus.records import Bulletin, Candidacy, Juror, Person, Preference, Project
from rehearsal.corpus.remarks import (
    application_marks,
    appreciation,
    audition_marks,
    comment,
    load_remarks,
    project_marks,
    verdict_of,
)
