"""What a person has in progress: what an erasure ends, and what must be settled before."""

from datetime import datetime

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from cohorts.choices import MemberStatus
from cohorts.models import Member
from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Sheet
from eig.lifecycle import may_move
from matching.interviews.models import PanelSeat
from projects.choices import Status as ProjectStatus
from projects.models import HearingSeat, Project, ProjectLead

# A project that is no longer running has nothing left to hand over.
OVER = (ProjectStatus.DECLINED, ProjectStatus.WITHDRAWN, ProjectStatus.INELIGIBLE)


def obstacles(person: User, *, at: datetime) -> list[str]:
    """Sentences for the person: what comes before an erasure, and who to ask."""
    said = []
    if person.is_staff or person.is_superuser:
        said.append(
            "Votre compte est celui de l’équipe du programme : une autre personne de l’équipe doit d’abord "
            "vous retirer ce rôle."
        )
    if Member.objects.filter(person=person, status=MemberStatus.ACTIVE).exists():
        said.append(
            "Votre mission est en cours : votre compte sert à votre contrat. "
            "Vous pourrez l’effacer quand elle sera terminée."
        )
    said += [
        f"Vous portez seul·e le projet « {project.title} » : invitez un·e collègue à vous rejoindre, "
        "ou demandez à l’équipe de retirer le projet."
        for project in _carried_alone(person)
    ]
    begun = {"juror__person": person, "during__startswith__lte": at, "during__endswith__gt": at}
    if PanelSeat.objects.filter(**begun).exists() or HearingSeat.objects.filter(**begun).exists():
        said.append("Le jury où vous siégez est en cours : revenez quand il sera terminé.")
    return said


def _carried_alone(person: User) -> list[Project]:
    mine = Project.objects.filter(leads__person=person, promotion__is_archived=False)
    shared = ProjectLead.objects.exclude(person=person).values("project")
    return list(
        mine.exclude(status__in=[*OVER, ProjectStatus.DRAFT]).exclude(pk__in=shared).order_by("pk").distinct()
    )


def in_progress(person: User, *, at: datetime) -> list[str]:
    """Sentences for the person: what an erasure ends at once."""
    candidacies = Application.objects.filter(candidate=person).exclude(offers__member__isnull=False)
    said = [
        f"Votre candidature à {application.promotion.name} est retirée, avec vos vœux et vos auditions."
        for application in candidacies.select_related("promotion").order_by("pk")
        if may_move(application, ApplicationStatus.WITHDRAWN)
    ]
    coming = {"juror__person": person, "during__startswith__gt": at}
    seats = PanelSeat.objects.filter(**coming).count() + HearingSeat.objects.filter(**coming).count()
    if seats:
        said.append(f"Vous ne siégez plus dans les jurys à venir ({seats}).")
    sheets = Sheet.objects.filter(evaluator=person, status=SheetStatus.DRAFT).count()
    if sheets:
        said.append(f"Les grilles que vous n’avez pas signées sont confiées à quelqu’un d’autre ({sheets}).")
    roles = ProjectLead.objects.filter(person=person).select_related("project").order_by("pk")
    said.extend(
        f"Vous quittez le projet « {role.project.title or 'sans titre'} »."
        for role in roles
        if role.project.status not in OVER
    )
    return said
