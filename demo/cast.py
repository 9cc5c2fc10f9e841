"""The cast of the demonstration: telling people, found in the world as it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from cohorts.choices import MemberStatus
from cohorts.models import Member
from eig.accounts.models import User
from eig.evaluation.choices import Stage
from eig.evaluation.models import Reader
from matching.interviews.models import Juror
from matching.ranking.choices import Status as RankingStatus
from matching.ranking.models import Ranking
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer
from projects.choices import LeadRole
from projects.choices import Status as ProjectStatus
from projects.models import Project, ProjectLead


@dataclass(frozen=True, slots=True)
class Role:
    """Someone to sign in as, and what there is to see."""

    person: User
    title: str
    story: str


def _people(**conditions: object) -> QuerySet[User]:
    return User.objects.filter(is_active=True, **conditions).order_by("pk")


def _with(rows: QuerySet) -> QuerySet[User]:  # type: ignore[type-arg]  # a subquery on any model with a user column
    return _people().filter(pk__in=rows)


def _applicants(status: str) -> QuerySet[User]:
    rows = Application.objects.filter(status=status, promotion__is_rehearsal=True)
    return _with(_latest(rows).values("candidate"))


def _latest(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the latest promotion that has some: there the call may still be open."""
    latest = rows.order_by("-promotion__number").values("promotion")[:1]
    return rows.filter(promotion__in=latest)


def _rankings(status: str) -> QuerySet[User]:
    waiting = Offer.objects.filter(application=OuterRef("application"))
    return _with(
        Ranking.objects.filter(status=status, application__promotion__is_rehearsal=True)
        .filter(~Exists(waiting))
        .values("application__candidate")
    )


def _offers(*statuses: str) -> QuerySet[User]:
    return _with(Offer.objects.filter(status__in=statuses).values("application__candidate"))


def _leads(*statuses: str) -> QuerySet[User]:
    projects = _latest(Project.objects.filter(status__in=statuses))
    return _with(ProjectLead.objects.filter(role=LeadRole.LEAD, project__in=projects).values("person"))


PARTS: tuple[tuple[str, str, Callable[[], QuerySet[User]]], ...] = (
    (
        "Équipe programme",
        "Tient le pilotage : projets, candidatures, auditions, équipes, courriels.",
        lambda: _people(is_staff=True),
    ),
    (
        "Équipe programme, seconde personne",
        "Valide ce que sa collègue a préparé : aucune décision ne part d’une seule main.",
        lambda: _people(is_staff=True)[1:],
    ),
    (
        "Porte un projet en brouillon",
        "Remplit le dossier de son administration et le dépose.",
        lambda: _leads(ProjectStatus.DRAFT),
    ),
    (
        "Porte un projet lauréat",
        "Voit son défi publié et son équipe.",
        lambda: _leads(ProjectStatus.PUBLISHED, ProjectStatus.LAUREATE),
    ),
    (
        "Lit les projets",
        "Note les dossiers des administrations sur les critères publiés.",
        lambda: _with(Reader.objects.filter(stage=Stage.PROJECT_READING).values("person")).exclude(
            is_staff=True
        ),
    ),
    (
        "Lit les candidatures",
        "Note des dossiers sans nom sur les critères publiés.",
        lambda: _with(Reader.objects.filter(stage=Stage.APPLICATION_READING).values("person")).exclude(
            is_staff=True
        ),
    ),
    (
        "Siège dans un jury d’audition",
        "Voit ses passages et remplit ses fiches.",
        lambda: _with(Juror.objects.values("person")).exclude(is_staff=True),
    ),
    (
        "A commencé sa candidature",
        "Reprend son dossier là où il en était.",
        lambda: _applicants(ApplicationStatus.DRAFT),
    ),
    (
        "A déposé sa candidature",
        "Attend le résultat de la présélection.",
        lambda: _applicants(ApplicationStatus.SUBMITTED),
    ),
    (
        "Présélection : vœux à certifier",
        "Range jusqu’à cinq projets et certifie sa liste.",
        lambda: _rankings(RankingStatus.DRAFT),
    ),
    (
        "Présélection : vœux certifiés",
        "Peut encore rouvrir sa liste avant l’échéance, ou attend ses auditions.",
        lambda: _rankings(RankingStatus.CERTIFIED),
    ),
    (
        "A une proposition à accepter",
        "Répond dans le délai, et lit pourquoi ce projet.",
        lambda: _offers(OfferStatus.SENT),
    ),
    ("A accepté sa place", "Attend l’ouverture de la promotion.", lambda: _offers(OfferStatus.ACCEPTED)),
    (
        "EIG en mission",
        "Voit son équipe et remplit le bulletin de la semaine.",
        lambda: _with(Member.objects.filter(status=MemberStatus.ACTIVE).values("person")),
    ),
    (
        "Candidature non retenue",
        "Lit la décision et ses motifs.",
        lambda: _applicants(ApplicationStatus.DECLINED),
    ),
)


def cast() -> list[Role]:
    """One person per part that exists today, nobody twice."""
    taken: set[int] = set()
    roles = []
    for title, story, people in PARTS:
        person = next((one for one in people()[:5] if one.pk not in taken), None)
        if person is not None:
            taken.add(person.pk)
            roles.append(Role(person, title, story))
    return roles


def in_cast(person: User) -> bool:
    """Whether the one-click door opens: the addresses of the demonstration cannot exist elsewhere."""
    return person.is_active and person.email.endswith(".example")
