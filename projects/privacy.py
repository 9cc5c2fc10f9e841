"""Step 1: the people of a project: leads, contacts, visa givers, jurors of the hearings."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from eig.accounts.privacy import NOBODY
from eig.evaluation.models import Mark, Sheet
from eig.personal import EMPTY, ERASED, PERSON, PROJECT, Clock, Purpose, Record, Register
from eig.promotions.choices import PhaseKind
from eig.promotions.queries import closing_of
from projects.choices import VisaStatus
from projects.models import (
    Administration,
    Correction,
    Decision,
    EligibilityCheck,
    Hearing,
    HearingAbsence,
    HearingGroup,
    HearingJuror,
    HearingSeat,
    PageDraft,
    Position,
    PositionProposal,
    Project,
    ProjectLead,
    PublicPage,
    Review,
    Visa,
)


def finished_projects() -> QuerySet[Project]:
    """From the end of the missions; a project that was not kept, from its decision."""
    ending = closing_of(PhaseKind.MISSION)
    return (
        Project.objects.filter(leads__isnull=False)
        .annotate(clock_started_at=Coalesce(ending, F("decided_at"), F("updated_at")))
        .distinct()
    )


def without_people(project: Any) -> dict[str, Any]:
    """The answers that name nobody: contacts and the table of the project team leave."""
    return {code: value for code, value in project.answers.items() if not _names_people(value)}


def _names_people(value: Any) -> bool:
    if isinstance(value, dict):
        return "email" in value or ("name" in value and "role" in value)
    return isinstance(value, list) and any(_names_people(item) for item in value)


PURPOSES = (
    Purpose(
        code="projects",
        title="Les projets que vous portez ou suivez",
        why="Instruire le projet de votre administration et rester en lien avec vous.",
        seen_by="les personnes qui écrivent le projet, l’équipe du programme, les personnes qui l’évaluent",
        kept="trois ans après la fin des missions, puis les personnes citées sont retirées du dossier",
        erasure=(
            "Votre nom et vos coordonnées sont retirés du dossier. Le projet reste : il est celui de votre "
            "administration."
        ),
    ),
    Purpose(
        code="project_juries",
        title="Les jurys de projets où vous siégez",
        why="Composer les jurys et vous dire où et quand venir.",
        seen_by="vous, l’équipe du programme, les autres membres du jury",
        kept="aussi longtemps que les projets entendus",
        erasure="Votre siège reste dans les comptes, sans votre nom ni votre organisme.",
    ),
)

RECORDS = (
    Record(Administration, plain="name siret", searched=False),
    Record(ProjectLead, PERSON, "person", "projects", kept="person", shown="project role since"),
    Record(ProjectLead, PROJECT, "project", gone=True),
    # A change is asked in words: what was said leaves, that something was said stays.
    Record(Visa, PERSON, purpose="projects", address="email", only=~Q(status=VisaStatus.CHANGE_ASKED),
           erased={"name": ERASED, "email": NOBODY, "comment": EMPTY}, kept="asked_by",
           plain="kind section token_hash section_sha256",
           shown="kind name email status asked_at answered_at comment"),
    Record(Visa, PERSON, purpose="projects", address="email", only=Q(status=VisaStatus.CHANGE_ASKED),
           erased={"name": ERASED, "email": NOBODY, "comment": ERASED},
           shown="kind name email status asked_at answered_at comment"),
    Record(Visa, PROJECT, "project", erased={"name": ERASED, "email": NOBODY, "comment": ERASED}),
    Record(Project, PROJECT, "pk", erased={"answers": without_people}, kept="updated_by started_by answers",
           plain="number content_sha256 title ineligibility"),
    Record(Correction, PROJECT, "project", erased={"answers": EMPTY, "before": EMPTY, "message": EMPTY},
           kept="updated_by asked_by ended_by", plain="questions reason number content_sha256"),
    Record(Position, plain="expertise must_have nice_to_have"),
    Record(PositionProposal, kept="proposed_by answered_by", plain="expertise must_have nice_to_have answer"),
    Record(Decision, kept="proposed_by", plain="reason"),
    Record(EligibilityCheck, kept="checked_by", plain="condition note"),
    Record(HearingJuror, PERSON, "person", "project_juries", erased={"organisation": EMPTY}, kept="person",
           shown="promotion kind organisation appointed_at"),
    Record(HearingAbsence, PERSON, "juror__person", "project_juries", gone=True, shown="half_day"),
    Record(HearingSeat, PERSON, "juror__person", "project_juries", plain="announced_place",
           shown="group is_referent announced_during announced_place"),
    Record(HearingGroup, plain="name room link explanation"),
    Record(Hearing, plain="announced_place"),
    Record(Sheet, PROJECT, "projects_review__project", erased={"comment": EMPTY}),
    Record(Mark, PROJECT, "sheet__projects_review__project", erased={"appreciation": EMPTY}),
    Record(PageDraft, kept="updated_by", plain="title tagline administration_name town themes body"),
    Record(PublicPage,
           plain="slug title tagline administration_name town themes trades body imported_as article "
                 "website outcome"),
    Record(Review, PERSON, "reader", kept="reader"),
)  # fmt: skip

CLOCKS = (
    Clock("projects", "Personnes citées dans un projet", "la fin des missions", 36, finished_projects,
          subject=PROJECT, promotion="promotion"),
)  # fmt: skip

REGISTER = Register(
    PURPOSES,
    RECORDS,
    CLOCKS,
    prints={
        "projects.receipt": PROJECT,
        "projects.sheet": PROJECT,
        "projects.brochure": "nobody",
        "projects.hearing_plan": "everybody",
        "projects.ineligibility_letter": PROJECT,
        "projects.call_brochure": "nobody",
    },
)
