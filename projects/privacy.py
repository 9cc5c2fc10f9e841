"""Step 1: the people of a project: leads, contacts, visa givers, jurors of the hearings."""

from typing import Any

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from eig.accounts.privacy import NOBODY
from eig.evaluation.models import Mark, Sheet
from eig.personal import EMPTY, ERASED, PERSON, PROJECT, PUBLIC_INTEREST, Clock, Purpose, Record, Register
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase
from projects.choices import VisaStatus
from projects.models import (
    Administration,
    Correction,
    Decision,
    EligibilityCheck,
    Hearing,
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
    missions = Phase.objects.filter(promotion=OuterRef("promotion"), kind=PhaseKind.MISSION)
    ending = Subquery(
        missions.values_list(Coalesce("closed_at", "closes_at"))[:1], output_field=DateTimeField()
    )
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


REGISTER = Register(
    purposes=(
        Purpose(
            code="projects",
            title="Les projets que vous portez ou suivez",
            why="Instruire le projet de votre administration et rester en lien avec vous.",
            basis=PUBLIC_INTEREST,
            seen_by=(
                "les personnes qui écrivent le projet, l’équipe du programme, les personnes qui l’évaluent"
            ),
            kept="trois ans après la fin des missions, puis les personnes citées sont retirées du dossier",
            erasure=(
                "Votre nom et vos coordonnées sont retirés du dossier. Le projet reste : "
                "il est celui de votre administration."
            ),
        ),
        Purpose(
            code="project_juries",
            title="Les jurys de projets où vous siégez",
            why="Composer les jurys et vous dire où et quand venir.",
            basis=PUBLIC_INTEREST,
            seen_by="vous, l’équipe du programme, les autres membres du jury",
            kept="aussi longtemps que les projets entendus",
            erasure="Votre siège reste dans les comptes, sans votre nom ni votre organisme.",
        ),
    ),
    records=(
        Record(model=Administration, plain=("name", "siret"), searched=False),
        Record(
            model=ProjectLead,
            purpose="projects",
            subject=PERSON,
            path="person",
            kept=("person",),
            shown=("project", "role", "since"),
        ),
        Record(model=ProjectLead, subject=PROJECT, path="project", gone=True),
        Record(
            model=Visa,
            purpose="projects",
            subject=PERSON,
            path="",
            address="email",
            erased={"name": ERASED, "email": NOBODY, "comment": EMPTY},
            kept=("asked_by",),
            plain=("kind", "section", "token_hash", "section_sha256"),
            shown=("kind", "name", "email", "status", "asked_at", "answered_at", "comment"),
            # A change is asked in words: what was said leaves, that something was said stays.
            only=~Q(status=VisaStatus.CHANGE_ASKED),
        ),
        Record(
            model=Visa,
            purpose="projects",
            subject=PERSON,
            path="",
            address="email",
            erased={"name": ERASED, "email": NOBODY, "comment": ERASED},
            shown=("kind", "name", "email", "status", "asked_at", "answered_at", "comment"),
            only=Q(status=VisaStatus.CHANGE_ASKED),
        ),
        Record(
            model=Visa,
            subject=PROJECT,
            path="project",
            erased={"name": ERASED, "email": NOBODY, "comment": ERASED},
        ),
        Record(
            model=Project,
            subject=PROJECT,
            path="pk",
            erased={"answers": without_people},
            kept=("updated_by", "started_by", "answers"),
            plain=("number", "content_sha256", "title", "ineligibility"),
        ),
        Record(
            model=Correction,
            subject=PROJECT,
            path="project",
            erased={"answers": EMPTY, "before": EMPTY, "message": EMPTY},
            kept=("updated_by", "asked_by", "ended_by"),
            plain=("questions", "reason", "number", "content_sha256"),
        ),
        Record(model=Position, plain=("expertise", "must_have", "nice_to_have")),
        Record(
            model=PositionProposal,
            kept=("proposed_by", "answered_by"),
            plain=("expertise", "must_have", "nice_to_have", "answer"),
        ),
        Record(model=Decision, kept=("proposed_by",), plain=("reason",)),
        Record(model=EligibilityCheck, kept=("checked_by",), plain=("condition", "note")),
        Record(
            model=HearingJuror,
            purpose="project_juries",
            subject=PERSON,
            path="person",
            erased={"organisation": EMPTY, "absences": EMPTY},
            kept=("person",),
            shown=("promotion", "kind", "organisation", "absences", "appointed_at"),
        ),
        Record(
            model=HearingSeat,
            purpose="project_juries",
            subject=PERSON,
            path="juror__person",
            plain=("told",),
            shown=("group", "is_referent", "told"),
        ),
        Record(model=HearingGroup, plain=("name", "room", "link", "explanation")),
        Record(model=Hearing, plain=("told",)),
        Record(
            model=Sheet,
            subject=PROJECT,
            path="projects_review__project",
            erased={"comment": EMPTY},
        ),
        Record(
            model=Mark,
            subject=PROJECT,
            path="sheet__projects_review__project",
            erased={"appreciation": EMPTY},
        ),
        Record(
            model=PageDraft,
            kept=("updated_by",),
            plain=("title", "tagline", "administration_name", "town", "themes", "body"),
        ),
        Record(
            model=PublicPage,
            plain=(
                "slug",
                "title",
                "tagline",
                "administration_name",
                "town",
                "themes",
                "trades",
                "body",
                "imported_as",
                "article",
                "website",
                "outcome",
            ),
        ),
        Record(model=Review, subject=PERSON, path="reader", kept=("reader",)),
    ),
    clocks=(
        Clock(
            "projects",
            "Personnes citées dans un projet",
            "la fin des missions",
            36,
            finished_projects,
            subject=PROJECT,
            promotion="promotion",
        ),
    ),
    prints={
        "projects.receipt": PROJECT,
        "projects.sheet": PROJECT,
        "projects.brochure": "nobody",
        "projects.hearing_plan": "everybody",
        "projects.ineligibility_letter": PROJECT,
        "projects.call_brochure": "nobody",
    },
)
