"""« Où en est ma candidature ? » after preselection: the furthest record that is public."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from candidates.models import Application
from cohorts.models import Member
from eig.french import dates
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase, Promotion
from eig.promotions.queries import calendar, moment
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition
from matching.interviews.queries import auditions_visible_to
from matching.ranking.choices import Status as RankingStatus
from matching.ranking.models import Ranking
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer
from matching.teams.queries.outcome import published_scenario

WHY = "Pourquoi ce résultat ?"
STEPS = ("Dossier", "Présélection", "Vœux", "Auditions", "Résultat", "Mission")


@dataclass(frozen=True, slots=True)
class Situation:
    """Where I am, what comes next, what is expected of me, who decides; `step` counts from 1."""

    step: int
    now: str
    following: str
    expected: str
    decider: str
    url: str = ""
    action: str = ""
    over: bool = False


def situation_after_shortlist(application: Application) -> Situation:
    """Mission, offer, result, auditions, wishes: the first that exists wins."""
    promotion = application.promotion
    phases = {phase.kind: phase for phase in calendar(promotion)}
    now = moment(promotion)
    return (
        _mission(application)
        or _offer(application, phases)
        or _result(application)
        or _audition(application, phases, now)
        or _wishes(application, phases, now)
    )


def _mission(application: Application) -> Situation | None:
    member = Member.objects.filter(offer__application=application).select_related("team__project").first()
    if member is None:
        return None
    return Situation(
        step=6,
        now=f"Vous êtes EIG dans l’équipe « {member.team.project.title} »",
        following=f"Votre mission va {dates.period(member.starts_on, member.ends_on)}.",
        expected="Un bulletin d’équipe par semaine, avant vendredi 14 h 30 (heure de Paris).",
        decider="Votre équipe, avec l’administration d’accueil.",
        url=reverse("cohorts:team_detail", args=[member.team.code]),
        action="Ouvrir la page de mon équipe",
    )


def _offer(application: Application, phases: dict[str, Phase]) -> Situation | None:
    offer = (
        Offer.objects.filter(application=application)
        .exclude(status__in=[OfferStatus.PREPARED, OfferStatus.CANCELLED])
        .select_related("team__project")
        .order_by("-sent_at", "-pk")
        .first()
    )
    if offer is None:
        return None
    title = offer.team.project.title
    page = reverse("teams:offer_detail", args=[offer.code])
    if offer.status == OfferStatus.SENT:
        return Situation(
            step=5,
            now=f"Une place vous est proposée : « {title} »",
            following="Si vous acceptez, l’administration d’accueil vous contacte pour le contrat.",
            expected=f"Répondez avant le {dates.deadline(offer.expires_at)}."
            if offer.expires_at
            else "Répondez.",
            decider="Vous. Refuser ne demande aucune explication.",
            url=page,
            action="Lire et répondre",
        )
    if offer.status == OfferStatus.ACCEPTED:
        mission = phases.get(PhaseKind.MISSION)
        begins = (
            f"La mission commence le {dates.day(mission.opens_at)}." if mission else "La mission va s’ouvrir."
        )
        return Situation(
            step=5,
            now=f"Vous avez accepté votre place : « {title} »",
            following=begins,
            expected="Rien pour le moment : l’administration d’accueil prépare votre contrat.",
            decider="L’administration d’accueil, qui vous emploie.",
            url=page,
            action="Revoir la proposition",
        )
    return Situation(
        step=5,
        now="Vous avez refusé la place proposée"
        if offer.status == OfferStatus.DECLINED
        else "La proposition a expiré",
        following="La place a été proposée à une autre personne.",
        expected="Plus rien. Merci d’avoir porté cette candidature.",
        decider="C’est vous qui avez décidé."
        if offer.status == OfferStatus.DECLINED
        else "Sans réponse dans le délai, la proposition expire d’elle-même.",
        over=True,
    )


def _result(application: Application) -> Situation | None:
    """Results are published and this person has no offer."""
    scenario = published_scenario(application.promotion)
    if scenario is None:
        return None
    # The page that tells why, for whom the matching counted.
    counted = application.number in (scenario.instance or {}).get("lottery", [])
    page = reverse("teams:outcome_detail", args=[application.code]) if counted else ""
    if not Audition.objects.filter(application=application, score__isnull=False).exists():
        return Situation(
            step=4,
            now="Aucune place ne vous est proposée",
            following="Les équipes sont formées parmi les personnes que les jurys ont entendues : vous "
            "n’avez pas été entendu·e.",
            expected="Plus rien. Merci d’avoir porté cette candidature.",
            decider="Le règlement de la promotion : une place se donne après une audition.",
            over=True,
            url=page,
            action=WHY,
        )
    return Situation(
        step=5,
        now="Aucune place ne vous est proposée à ce stade",
        following="Si une place qui vous correspond se libère, elle peut vous être proposée, dans l’ordre du "
        "classement.",
        expected="Rien : nous vous écrirons si une place se libère.",
        decider="Les notes des jurys et vos vœux, par une règle publique, puis la signature d’une personne.",
        over=True,
        url=page,
        action=WHY,
    )


def _audition(application: Application, phases: dict[str, Phase], now: datetime) -> Situation | None:
    told = auditions_visible_to(application.candidate).filter(application=application)
    coming = told.filter(status=AuditionStatus.PLACED).count()
    heard = told.filter(status=AuditionStatus.HEARD).count()
    if not coming and not heard:
        return None
    announcement = phases.get(PhaseKind.ANNOUNCEMENT)
    results = (
        f"Les résultats sont annoncés à partir du {dates.deadline(announcement.opens_at)}."
        if announcement
        else ""
    )
    return Situation(
        step=4,
        now="Vos auditions ont eu lieu" if not coming else "Vous êtes convoqué·e en audition",
        following=results,
        expected="Rien : les jurys délibèrent."
        if not coming
        else "Présentez-vous à l’heure, ou prévenez-nous.",
        decider="Les jurys notent ; ils ne connaissent pas le rang de vos vœux.",
        url=reverse("interviews:audition_mine"),
        action="Voir mes auditions",
    )


def _wishes(application: Application, phases: dict[str, Phase], now: datetime) -> Situation:
    ranking = Ranking.objects.filter(application=application).first()
    certified = ranking is not None and ranking.status == RankingStatus.CERTIFIED
    phase = phases.get(PhaseKind.RANKING)
    page = reverse("ranking:ranking_edit", args=[application.code])
    if phase and phase.is_open(now):
        return Situation(
            step=3,
            now="Vos vœux sont certifiés" if certified else "Vous êtes présélectionné·e : à vous de choisir",
            following="Les auditions sont ensuite réparties selon vos vœux et vos dossiers.",
            expected="Rien, mais vous pouvez rouvrir votre liste jusqu’à l’échéance."
            if certified
            else f"Ordonnez vos projets et certifiez votre liste avant le {dates.deadline(phase.closes_at)}.",
            decider="Vous choisissez l’ordre de vos vœux.",
            url=page,
            action="Voir mes vœux" if certified else "Ordonner mes projets",
        )
    if phase and phase.opens_at > now:
        return Situation(
            step=3,
            now="Vous êtes présélectionné·e",
            following="Les projets vous seront présentés, puis vous exprimerez vos vœux, à partir du "
            f"{dates.deadline(phase.opens_at)}.",
            expected="Rien pour le moment.",
            decider="Vous choisirez l’ordre de vos vœux ; les jurys vous entendront ensuite.",
        )
    return Situation(
        step=4 if certified else 3,
        now="Vos vœux sont certifiés"
        if certified
        else "Votre liste de vœux n’était pas certifiée à l’échéance",
        following="Les auditions sont en préparation : vous recevrez vos dates par courriel."
        if certified
        else "Une liste non certifiée compte comme une absence de vœux.",
        expected="Rien pour le moment." if certified else "Écrivez-nous si vous pensez que c’est une erreur.",
        decider="L’équipe programme répartit les auditions selon vos vœux et vos dossiers."
        if certified
        else "Le règlement de la promotion.",
        url=page,
        action="Voir mes vœux",
    )


def phases_told(promotion: Promotion) -> list[tuple[Phase, str, str]]:
    """The calendar: phase, dates in words, state."""
    now = moment(promotion)
    return [
        (
            phase,
            dates.period(phase.opens_at, phase.closes_at),
            "done" if phase.is_over(now) else "current" if phase.is_open(now) else "next",
        )
        for phase in calendar(promotion)
        if phase.kind not in {PhaseKind.PROJECTS, PhaseKind.PROJECT_REVIEW, PhaseKind.DELIBERATION}
    ]
