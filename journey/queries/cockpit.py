"""What the programme team sees first: the funnel, what waits, the next dates. Grouped counts only."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from cohorts.models import Member
from eig.evaluation.choices import SheetStatus
from eig.failures.queries import failures_of, key_of
from eig.french import instant
from eig.journal.models import Head
from eig.journal.queries import last_head
from eig.mail.choices import Status as MailStatus
from eig.mail.models import Message
from eig.promotions.models import Phase, Promotion
from eig.waves.choices import WaveStatus
from eig.waves.kinds import page_of
from eig.waves.queries import PUBLISH, waves_open
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Scorecard
from matching.ranking.models import Ranking
from matching.teams.models import Offer, Scenario
from projects.choices import Status as ProjectStatus
from projects.models import Project

WAVE_WORDS = {
    WaveStatus.PREPARED: "à valider par une seconde personne",
    WaveStatus.VALIDATED: "validée, publication prévue",
}
# A letter leaves within a minute; tried again, it is due later.
LATE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the funnel."""

    label: str
    value: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the team, with the page where it is done, if there is one."""

    sentence: str
    url: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Cockpit:
    projects: list[Stage]
    people: list[Stage]
    waiting: list[Waiting]
    phases_open: list[Phase]
    phases_next: list[Phase]
    # Where the journal ended when it was last verified.
    journal: Head | None


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Projects, or applications, by status; `unread` are those whose readings are not all signed."""

    by_status: Counter[str]
    unread: int


def _dossiers(rows: QuerySet[Any], *, status: str, readers: int) -> Dossiers:
    """`readers` signed readings are wanted of those in `status`."""
    found = (
        rows.values_list("status")
        .annotate(n=Count("pk"), unread=Count("pk", filter=Q(reviews_signed__lt=readers)))
        .order_by()
    )
    counts = [(code, n, unread) for code, n, unread in found]
    return Dossiers(
        Counter({code: n for code, n, _ in counts}),
        sum(unread for code, _, unread in counts if code == status),
    )


def _counts(rows: QuerySet[Any], counted: str = "pk") -> Counter[str]:
    return Counter(dict(rows.values_list("status").annotate(n=Count(counted, distinct=True)).order_by()))


def cockpit(promotion: Promotion, *, now: datetime) -> Cockpit:
    projects = _dossiers(
        Project.objects.filter(promotion=promotion),
        status=ProjectStatus.ELIGIBLE,
        readers=promotion.readers_per_project,
    )
    people = _dossiers(
        Application.objects.filter(promotion=promotion),
        status=ApplicationStatus.SUBMITTED,
        readers=promotion.readers_per_application,
    )
    rankings = _counts(Ranking.objects.filter(application__promotion=promotion))
    auditions = {
        status: (count, persons)
        for status, count, persons in Audition.objects.filter(promotion=promotion)
        .values_list("status")
        .annotate(n=Count("pk"), persons=Count("application", distinct=True))
        .order_by()
    }
    offers = _counts(Offer.objects.filter(promotion=promotion))
    members = Member.objects.filter(promotion=promotion).count()
    phases = list(promotion.phases.order_by("opens_at", "pk"))
    return Cockpit(
        projects=_project_stages(projects.by_status),
        people=_people_stages(people.by_status, rankings, auditions.get("heard", (0, 0))[1], offers, members),
        waiting=_waiting(
            promotion, projects, people, rankings, auditions.get("planned", (0, 0))[0], offers, phases, now
        ),
        phases_open=[phase for phase in phases if phase.is_open(now)],
        phases_next=[phase for phase in phases if phase.opens_at > now][:3],
        journal=last_head(),
    )


def _project_stages(projects: Counter[str]) -> list[Stage]:
    submitted = sum(n for status, n in projects.items() if status != ProjectStatus.DRAFT)
    kept = projects[ProjectStatus.LAUREATE] + projects[ProjectStatus.PUBLISHED]
    return [
        Stage("en brouillon", projects[ProjectStatus.DRAFT]),
        Stage("déposés", submitted),
        Stage(
            "recevables", submitted - projects[ProjectStatus.SUBMITTED] - projects[ProjectStatus.INELIGIBLE]
        ),
        Stage("lauréats", kept, f"dont {projects[ProjectStatus.PUBLISHED]} publiés"),
    ]


def _people_stages(
    people: Counter[str], rankings: Counter[str], heard: int, offers: Counter[str], members: int
) -> list[Stage]:
    submitted = sum(n for status, n in people.items() if status != ApplicationStatus.DRAFT)
    return [
        Stage("candidatures déposées", submitted, f"et {people[ApplicationStatus.DRAFT]} en brouillon"),
        Stage("présélectionnées", people[ApplicationStatus.SHORTLISTED]),
        Stage("listes de vœux certifiées", rankings["certified"]),
        Stage("personnes entendues", heard),
        Stage("places acceptées", offers["accepted"]),
        Stage("EIG en mission", members),
    ]


def _waiting(
    promotion: Promotion,
    projects: Dossiers,
    people: Dossiers,
    rankings: Counter[str],
    to_place: int,
    offers: Counter[str],
    phases: list[Phase],
    now: datetime,
) -> list[Waiting]:
    root = f"/pilotage/{promotion.code}/"
    found = [
        (projects.by_status[ProjectStatus.SUBMITTED], "projet déposé attend l’examen de sa recevabilité",
         "projets déposés attendent l’examen de leur recevabilité", f"{root}projets/?status=submitted"),
        (projects.unread, "projet recevable n’a pas toutes ses lectures",
         "projets recevables n’ont pas toutes leurs lectures", f"{root}projets/?status=eligible"),
        (people.unread, "candidature n’a pas toutes ses lectures",
         "candidatures n’ont pas toutes leurs lectures", f"{root}candidatures/?status=submitted"),
        (rankings["draft"] if _open(phases, "ranking", now) else 0, "liste de vœux n’est pas certifiée",
         "listes de vœux ne sont pas certifiées", f"{root}voeux/"),
        (to_place, "audition reste à placer", "auditions restent à placer", f"{root}auditions/"),
        (_unsigned_cards(promotion), "fiche d’audition n’est pas signée",
         "fiches d’audition ne sont pas signées", f"{root}auditions/"),
        (_unsigned_scenarios(promotion), "scénario calculé attend une signature",
         "scénarios calculés attendent une signature", f"{root}equipes/"),
        (offers["sent"], "proposition attend sa réponse", "propositions attendent leur réponse",
         f"{root}equipes/"),
    ]  # fmt: skip
    waiting = [Waiting(f"{n} {one if n == 1 else many}", url) for n, one, many, url in found if n]
    waves = [(wave, page_of(wave)) for wave in waves_open(promotion)]
    waiting += [
        Waiting(
            f"« {wave.title} » : {WAVE_WORDS[WaveStatus(wave.status)]}", page, urgent=wave.publishes_at < now
        )
        for wave, page in waves
    ]
    pages = {key_of(PUBLISH, wave): page for wave, page in waves}
    waiting[:0] = [
        Waiting(
            f"Une tâche échoue depuis le {instant(row.first_at)} : {row.deed}. {row.error}",
            pages.get(row.key, ""),
            urgent=True,
        )
        for row in failures_of(promotion.pk)
    ]
    return _unsent(promotion, now) + waiting


def _unsent(promotion: Promotion, now: datetime) -> list[Waiting]:
    """What was due and what left differ: by those that failed, and by those that nobody takes."""
    ours = Q(promotion_id=promotion.pk) | Q(promotion_id=None)
    failed = Q(status=MailStatus.FAILED)
    late = Q(status__in=[MailStatus.NEW, MailStatus.SENDING], not_before__lt=now - LATE)
    counts = (
        Message.objects.filter(ours, failed | late)
        .exclude(until__lt=now)
        .aggregate(failed=Count("pk", filter=failed), late=Count("pk", filter=late))
    )
    said = {"failed": "{} courriel(s) en échec", "late": "{} courriel(s) à envoyer ne partent pas"}
    page = reverse("journey:staff_mail_list", args=[promotion.code]) + "?about=all&status="
    status = {"failed": MailStatus.FAILED, "late": MailStatus.NEW}
    return [
        Waiting(said[kind].format(count), f"{page}{status[kind]}", urgent=True)
        for kind, count in counts.items()
        if count
    ]


def _open(phases: list[Phase], kind: str, now: datetime) -> bool:
    return any(phase.kind == kind and phase.is_open(now) for phase in phases)


def _unsigned_cards(promotion: Promotion) -> int:
    return Scorecard.objects.filter(
        audition__promotion=promotion, audition__status=AuditionStatus.HEARD, sheet__status=SheetStatus.DRAFT
    ).count()


def _unsigned_scenarios(promotion: Promotion) -> int:
    """Those computed, as long as none is signed."""
    scenarios = _counts(Scenario.objects.filter(promotion=promotion))
    return 0 if scenarios["signed"] or scenarios["published"] else scenarios["computed"]
