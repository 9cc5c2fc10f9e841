"""« Mon espace »: what is mine, where it stands, what is expected of me. An ordered list of small functions.

Nothing here is a stored state: each card reads the furthest record that exists, and only what is public.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q, Value
from django.urls import reverse
from django.utils.text import Truncator

from candidates.choices import STATUS_FOR_PERSON
from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from candidates.models import Correction as ApplicationCorrection
from cohorts.choices import MemberStatus
from cohorts.models import Companion, Member
from eig.accounts.models import User
from eig.dossiers.choices import CorrectionStatus
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Reader, Sheet
from eig.french import deadline
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase
from eig.promotions.queries import moment
from matching.interviews.choices import AuditionStatus, ProposalStatus
from matching.interviews.models import Juror, Proposal
from matching.interviews.queries import auditions_of_candidate
from matching.ranking.choices import Status as RankingStatus
from matching.ranking.models import Ranking
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer
from matching.teams.queries.outcome import outcomes_visible_to
from projects.choices import HearingStatus, VisaStatus
from projects.choices import Status as ProjectStatus
from projects.models import Correction as ProjectCorrection
from projects.models import ProjectLead, Visa
from projects.queries.hearing import groups_of_juror, hearings_of_lead, minutes_of
from projects.queries.visa import rules_of
from projects.rules.hearing import called_at

PHASE_OF = {
    Stage.PROJECT_READING: PhaseKind.PROJECT_REVIEW,
    Stage.APPLICATION_READING: PhaseKind.SHORTLIST,
    Stage.AUDITION: PhaseKind.AUDITIONS,
}
APPLICATION_OVER = {ApplicationStatus.INELIGIBLE, ApplicationStatus.DECLINED, ApplicationStatus.WITHDRAWN}
PROJECT_OVER = {ProjectStatus.INELIGIBLE, ProjectStatus.DECLINED, ProjectStatus.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Card:
    """One thing of mine: where I am, what comes next (or why to act), the page where it is done."""

    title: str
    state: str
    kind: str
    next: str
    url: str
    action: str
    detail: str = ""
    # Something waits for me, until this instant when there is one.
    urgent: bool = False
    until: datetime | None = None
    # Nothing more will come of it.
    over: bool = False


def _open_phase(promotion_phases: dict[str, Phase], kind: str, now: datetime) -> Phase | None:
    phase = promotion_phases.get(kind)
    return phase if phase and phase.is_open(now) else None


class Person:
    """Whose space this is, with what several sections read, read once."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def applications(self) -> list[Application]:
        rows = Application.objects.filter(candidate=self.user).select_related("promotion", "ranking")
        return list(rows.prefetch_related("promotion__phases").order_by("-promotion__number", "pk"))

    @cached_property
    def stages(self) -> set[str]:
        """What this person evaluates: as a reader, as a juror."""
        read = Reader.objects.filter(person=self.user).order_by().values_list("stage")
        heard = Juror.objects.filter(person=self.user).order_by().values_list(Value(str(Stage.AUDITION)))
        return {stage for (stage,) in read.union(heard)}

    @cached_property
    def stages_open(self) -> set[str]:
        """Those of them that are not over, in a promotion where this person evaluates: more may come."""
        mine = Q(promotion__in=Reader.objects.filter(person=self.user).values("promotion"))
        mine |= Q(promotion__in=Juror.objects.filter(person=self.user).values("promotion"))
        phases = Phase.objects.filter(mine, kind__in=PHASE_OF.values(), closed_at__isnull=True)
        alive = {
            phase.kind
            for phase in phases.select_related("promotion").order_by("pk")
            if phase.closes_at > moment(phase.promotion)
        }
        return {stage for stage, kind in PHASE_OF.items() if kind in alive}

    @cached_property
    def unsigned(self) -> Mapping[str, int]:
        """Sheets to sign, by stage; of an audition, once the person was heard: never of who did not come."""
        rows = (
            Sheet.objects.filter(evaluator=self.user, status=SheetStatus.DRAFT)
            # The grid of a project jury is the group's: it has its own card.
            .filter(project_hearing__isnull=True)
            .exclude(~Q(scorecard__audition__status=AuditionStatus.HEARD), grid__stage=Stage.AUDITION)
            .values_list("grid__stage")
            .annotate(left=Count("pk"))
            .order_by("grid__stage")
        )
        return dict(rows)


def offers(person: Person) -> Iterator[Card]:
    for offer in (
        Offer.objects.filter(
            application__candidate=person.user, status__in=[OfferStatus.SENT, OfferStatus.ACCEPTED]
        )
        .select_related("team__project", "promotion")
        .order_by("-sent_at", "pk")
    ):
        waiting = offer.status == OfferStatus.SENT
        yield Card(
            title=f"Une place dans l’équipe « {offer.team.project.title} »",
            state="Réponse attendue" if waiting else "Acceptée",
            kind="warning" if waiting else "success",
            next="Acceptez, ou refusez sans donner de raison. Sans réponse, la place est perdue."
            if waiting
            else "L’administration d’accueil vous contacte pour le contrat.",
            url=reverse("teams:offer_detail", args=[offer.code]),
            action="Lire et répondre" if waiting else "Revoir la proposition",
            detail=offer.promotion.name,
            urgent=waiting,
            until=offer.expires_at if waiting else None,
        )


def outcomes(person: Person) -> Iterator[Card]:
    """Once the results are published: why, for whoever has no offer to look at."""
    for application in (
        outcomes_visible_to(person.user, own=True)
        .exclude(offers__status__in=[OfferStatus.SENT, OfferStatus.ACCEPTED])
        .order_by("-decided_at", "pk")
    ):
        yield Card(
            title="Le résultat de mes vœux",
            state="Publié",
            kind="info",
            next="Pour chaque vœu : la raison, votre note et votre rang.",
            url=reverse("teams:outcome_detail", args=[application.code]),
            action="Comprendre ce résultat",
            detail=application.promotion.name,
        )


def missions(person: Person) -> Iterator[Card]:
    for member in (
        Member.objects.filter(person=person.user)
        .select_related("team__project", "promotion")
        .order_by("-starts_on", "pk")
    ):
        yield Card(
            title=f"Mon équipe : {member.team.project.title}",
            state=member.get_status_display(),
            kind="success" if member.status == MemberStatus.ACTIVE else "",
            next="Le bulletin de la semaine prend une minute, avant vendredi 14 h 30 (heure de Paris)."
            if member.status == MemberStatus.ACTIVE
            else "Votre page d’équipe reste consultable.",
            url=reverse("cohorts:team_detail", args=[member.team.code]),
            action="Ouvrir la page de l’équipe",
            detail=member.promotion.name,
            over=member.status != MemberStatus.ACTIVE,
        )


def companionships(person: Person) -> Iterator[Card]:
    for companion in (
        Companion.objects.filter(person=person.user).select_related("team__project").order_by("pk")
    ):
        yield Card(
            title=f"Équipe accompagnée : {companion.team.project.title}",
            state=companion.get_role_display(),
            kind="info",
            next="Les bulletins de l’équipe et ses coordonnées sont sur sa page.",
            url=reverse("cohorts:team_detail", args=[companion.team.code]),
            action="Ouvrir la page de l’équipe",
        )


def rankings(person: Person) -> Iterator[Card]:
    for application in person.applications:
        if application.status != ApplicationStatus.SHORTLISTED:
            continue
        phases = {phase.kind: phase for phase in application.promotion.phases.all()}
        now = moment(application.promotion)
        ranking: Ranking | None = getattr(application, "ranking", None)
        open_phase = _open_phase(phases, PhaseKind.RANKING, now)
        if open_phase is None and ranking is None:
            continue
        certified = ranking is not None and ranking.status == RankingStatus.CERTIFIED
        if open_phase:
            told = (
                f"Votre liste est certifiée, et se rouvre jusqu’au {deadline(open_phase.closes_at)}."
                if certified
                else "Ordonnez vos projets, puis certifiez : une liste non certifiée ne compte pas."
            )
        else:
            told = (
                "Les vœux sont clos."
                if certified
                else "Les vœux sont clos : votre liste n’était pas certifiée."
            )
        yield Card(
            title="Mes vœux",
            state="Certifiés" if certified else "À certifier" if open_phase else "Non certifiés",
            kind="success" if certified else "warning",
            next=told,
            url=reverse("ranking:ranking_edit", args=[application.code]),
            action="Ordonner mes projets" if open_phase and not certified else "Voir mes vœux",
            detail=application.promotion.name,
            urgent=bool(open_phase) and not certified,
            until=open_phase.closes_at if open_phase else None,
            over=open_phase is None,
        )


def auditions(person: Person) -> Iterator[Card]:
    mine = list(
        auditions_of_candidate(person.user).filter(status__in=[AuditionStatus.PLACED, AuditionStatus.HEARD])
    )
    coming = [one for one in mine if one.status == AuditionStatus.PLACED and one.during]
    if mine:
        first = min((one.during.lower for one in coming), default=None)
        yield Card(
            title="Mes auditions",
            state=f"{len(mine)} au total" if not coming else f"{len(coming)} à venir",
            kind="info" if coming else "",
            next=f"Prochaine audition le {deadline(first)}." if first else "Vos auditions ont eu lieu.",
            url=reverse("interviews:audition_mine"),
            action="Voir mes auditions",
            detail=mine[0].promotion.name,
            over=not coming,
        )


def proposals(person: Person) -> Iterator[Card]:
    """An audition outside my wishes, which waits for a yes or a no."""
    for proposal in (
        Proposal.objects.filter(application__candidate=person.user, status=ProposalStatus.SENT)
        .select_related("project", "promotion")
        .order_by("expires_at", "pk")
    ):
        yield Card(
            title=f"Une audition proposée : {proposal.project.title}",
            state="Réponse attendue",
            kind="warning",
            next="Ce projet voudrait vous entendre. Refuser ne change rien à vos autres auditions.",
            url=reverse("interviews:audition_mine"),
            action="Lire et répondre",
            detail=proposal.promotion.name,
            urgent=True,
            until=proposal.expires_at,
        )


def corrections(person: Person) -> Iterator[Card]:
    """Answers that the team opened again."""
    asked = {"status": CorrectionStatus.ASKED}
    for correction in (
        ApplicationCorrection.objects.filter(application__candidate=person.user, **asked)
        .select_related("application__promotion")
        .order_by("due_at", "pk")
    ):
        application = correction.application
        url = reverse("candidates:correction_edit", args=[application.code, correction.code])
        yield _correction(correction, f"Candidature {application.number}", url, application.promotion.name)
    for wanted in (
        ProjectCorrection.objects.filter(project__leads__person=person.user, **asked)
        .select_related("project__promotion")
        .order_by("due_at", "pk")
    ):
        project = wanted.project
        url = reverse("projects:correction_edit", args=[project.code, wanted.code])
        yield _correction(wanted, f"Projet : {project.title}", url, project.promotion.name)


def _correction(
    correction: ApplicationCorrection | ProjectCorrection, title: str, url: str, promotion: str
) -> Card:
    return Card(
        title=title,
        state="Complément demandé",
        kind="warning",
        next=f"L’équipe vous écrit : « {Truncator(correction.reason).chars(120)} »",
        url=url,
        action="Corriger et renvoyer",
        detail=promotion,
        urgent=True,
        until=correction.due_at,
    )


def visas(person: Person) -> Iterator[Card]:
    """Somebody wants a change before giving their visa: the draft cannot be handed in until then."""
    for visa in (
        Visa.objects.filter(
            project__leads__person=person.user,
            project__status=ProjectStatus.DRAFT,
            status=VisaStatus.CHANGE_ASKED,
        )
        .select_related("project__promotion")
        .prefetch_related("project__promotion__phases")
        .order_by("answered_at", "pk")
    ):
        phases = {phase.kind: phase for phase in visa.project.promotion.phases.all()}
        call = _open_phase(phases, PhaseKind.PROJECTS, moment(visa.project.promotion))
        if call:
            rule = next((rule.label for rule in rules_of(visa.project) if rule.code == visa.kind), visa.kind)
            yield Card(
                title=f"Visa « {rule} » : {visa.project.title}",
                state="Modification demandée",
                kind="warning",
                next=f"{visa.name} vous écrit : « {Truncator(visa.comment).chars(120)} »",
                url=reverse("projects:visa_list", args=[visa.project.code]),
                action="Modifier, puis redemander le visa",
                detail=visa.project.promotion.name,
                urgent=True,
                until=call.closes_at,
            )


def applications(person: Person) -> Iterator[Card]:
    for application in person.applications:
        phases = {phase.kind: phase for phase in application.promotion.phases.all()}
        phase = phases.get(PhaseKind.APPLICATIONS)
        draft = application.status == ApplicationStatus.DRAFT
        is_open = phase is not None and phase.is_open(moment(application.promotion))
        told = "Suivez où en est votre candidature."
        if draft and phase:
            told = (
                "Un brouillon ne vaut pas dépôt."
                if is_open
                else "L’appel est clos : ce brouillon n’a pas été déposé."
            )
        yield Card(
            title="Ma candidature",
            state=STATUS_FOR_PERSON[ApplicationStatus(application.status)],
            kind="warning" if draft and is_open else "info",
            next=told,
            url=reverse("candidates:application_detail", args=[application.code]),
            action="Reprendre mon dossier" if draft and is_open else "Où en est ma candidature ?",
            detail=application.promotion.name,
            urgent=draft and is_open,
            until=phase.closes_at if draft and is_open and phase else None,
            over=application.status in APPLICATION_OVER or (draft and not is_open),
        )


def projects(person: Person) -> Iterator[Card]:
    for link in (
        ProjectLead.objects.filter(person=person.user)
        .select_related("project__promotion")
        .prefetch_related("project__promotion__phases")
        .order_by("-project__updated_at", "pk")
    ):
        project = link.project
        phases = {phase.kind: phase for phase in project.promotion.phases.all()}
        phase = phases.get(PhaseKind.PROJECTS)
        draft = project.status == ProjectStatus.DRAFT
        is_open = phase is not None and phase.is_open(moment(project.promotion))
        yield Card(
            title=f"Projet : {project.title}",
            state=project.get_status_display(),
            kind="warning" if draft and is_open else "info",
            next="Un brouillon ne vaut pas dépôt."
            if draft and is_open
            else "Où en est ce projet, et ce qui vient ensuite.",
            url=reverse("projects:project_detail", args=[project.code]),
            action="Reprendre le dossier" if draft and is_open else "Voir le projet",
            detail=project.promotion.name,
            urgent=draft and is_open,
            until=phase.closes_at if draft and is_open and phase else None,
            over=project.status in PROJECT_OVER or (draft and not is_open),
        )


def readings(person: Person) -> Iterator[Card]:
    pages = {
        Stage.PROJECT_READING: ("Lectures de projets", "projects:review_list"),
        Stage.APPLICATION_READING: ("Lectures de candidatures", "candidates:reading_list"),
    }
    for stage, (title, name) in pages.items():
        if stage not in person.stages:
            continue
        left = person.unsigned.get(stage, 0)
        yield Card(
            title=title,
            state=f"{left} à lire" if left else "À jour",
            kind="warning" if left else "success",
            next="Notez, puis signez : votre avis est définitif une fois signé." if left else "Merci.",
            url=reverse(name),
            action="Ouvrir mes lectures",
            urgent=bool(left),
            over=not left and stage not in person.stages_open,
        )


def hearings(person: Person) -> Iterator[Card]:
    """A project awaited by its jury; a jury where I sit. Nothing before it was told."""
    for hearing in hearings_of_lead(person.user).filter(status=HearingStatus.PLANNED):
        minutes = minutes_of(hearing.group.promotion)
        yield Card(
            title=f"Audition : {hearing.project.title}",
            state="Convocation",
            kind="info",
            next=f"Le {deadline(called_at(hearing.during.lower, minutes))}, {hearing.group.room}.",
            url=reverse("projects:hearing_detail", args=[hearing.project.code]),
            action="Préparer l’audition",
            detail=hearing.group.promotion.name,
        )
    groups = list(groups_of_juror(person.user))
    left = sum(item.status == HearingStatus.PLANNED for group in groups for item in group.hearings.all())
    if groups:
        yield Card(
            title="Jurys de projets",
            state=f"{left} projet{'s' if left > 1 else ''} à entendre" if left else "À jour",
            kind="info" if left else "success",
            next="L’ordre de passage, les dossiers et la grille du jury.",
            url=reverse("projects:jury_list"),
            action="Ouvrir mes jurys",
            detail=groups[0].promotion.name,
            over=not left,
        )


def juries(person: Person) -> Iterator[Card]:
    if Stage.AUDITION not in person.stages:
        return
    left = person.unsigned.get(Stage.AUDITION, 0)
    yield Card(
        title="Jurys d’audition",
        state=f"{left} fiche{'s' if left > 1 else ''} à signer" if left else "À jour",
        kind="warning" if left else "success",
        next="Vos passages, les dossiers et vos fiches.",
        url=reverse("interviews:jury_day"),
        action="Ouvrir mes passages",
        urgent=bool(left),
        over=not left and Stage.AUDITION not in person.stages_open,
    )


SECTIONS: tuple[Callable[[Person], Iterator[Card]], ...] = (
    offers,
    outcomes,
    missions,
    proposals,
    rankings,
    auditions,
    corrections,
    visas,
    applications,
    projects,
    companionships,
    readings,
    hearings,
    juries,
)


@dataclass(frozen=True, slots=True)
class Space:
    """What waits for me, the nearest deadline first; then, in the order of the steps, the rest."""

    to_do: Sequence[Card]
    under_way: Sequence[Card]
    over: Sequence[Card]

    @property
    def is_empty(self) -> bool:
        return not (self.to_do or self.under_way or self.over)


def space_of(user: User) -> Space:
    person = Person(user)
    cards = [card for section in SECTIONS for card in section(person)]
    waiting = [card for card in cards if card.urgent]
    return Space(
        to_do=sorted(waiting, key=lambda card: (card.until is None, card.until)),
        under_way=[card for card in cards if not card.urgent and not card.over],
        over=[card for card in cards if card.over and not card.urgent],
    )
