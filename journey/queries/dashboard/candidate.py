"""What one is as a candidate, then in a team: from the application to the mission."""

from collections.abc import Iterator

from django.urls import reverse

from candidates.choices import STATUS_FOR_PERSON
from candidates.choices import Status as ApplicationStatus
from cohorts.choices import MemberStatus
from cohorts.models import Member
from eig.french import deadline
from eig.promotions.choices import PhaseKind
from eig.promotions.queries import moment
from journey.queries.dashboard.card import Card, Person, phase_open
from matching.interviews.choices import AuditionStatus, ProposalStatus
from matching.interviews.models import Proposal
from matching.interviews.queries import auditions_of_candidate
from matching.ranking.choices import Status as RankingStatus
from matching.ranking.models import Ranking
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer
from matching.teams.queries.outcome import outcomes_visible_to

APPLICATION_OVER = {ApplicationStatus.INELIGIBLE, ApplicationStatus.DECLINED, ApplicationStatus.WITHDRAWN}


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


def rankings(person: Person) -> Iterator[Card]:
    for application in person.applications:
        if application.status != ApplicationStatus.SHORTLISTED:
            continue
        phases = {phase.kind: phase for phase in application.promotion.phases.all()}
        now = moment(application.promotion)
        ranking: Ranking | None = getattr(application, "ranking", None)
        open_phase = phase_open(phases, PhaseKind.RANKING, now)
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
