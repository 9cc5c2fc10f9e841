"""What a candidate reads of their auditions: who hears them and why. No rank nor mark of anyone else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Q, QuerySet

from eig.accounts.models import User
from matching.interviews.choices import AuditionStatus, ProposalStatus
from matching.interviews.models import Audition, Booking, Panel, Proposal
from matching.interviews.queries.booking import Freedom, freedom_of
from matching.interviews.queries.proposal import proposals_of_candidate
from matching.ranking.choices import Status as RankingStatus
from matching.ranking.models import Choice


@dataclass(frozen=True, slots=True)
class MyAudition:
    """An audition as its candidate may see it: a time only once it was told."""

    audition: Audition
    during: DateTimeTZRange | None
    panel: Panel | None
    why: str
    freedom: Freedom


@dataclass(frozen=True, slots=True)
class Unheard:
    """A wish without an audition, and the sentence that says why."""

    choice: Choice
    why: str


@dataclass(frozen=True, slots=True)
class Hearings:
    """Everything of one person, over the promotions they applied to."""

    auditions: tuple[MyAudition, ...]
    waiting: tuple[Proposal, ...]
    answered: tuple[Proposal, ...]
    unheard: tuple[Unheard, ...]


def auditions_known_to(user: User) -> QuerySet[Audition]:
    """What a candidate knows of: a time was told, they accepted it, or they may choose its time."""
    return (
        Audition.objects.select_related(
            "promotion",
            "application__candidate",
            "project__administration",
            "slot__panel",
            "booking",
            "proposal",
        )
        .filter(application__candidate=user)
        .filter(Q(told_at__isnull=False) | Q(booking__isnull=False) | Q(proposal__isnull=False))
        .order_by(F("during").asc(nulls_last=True), "pk")
    )


def auditions_for_calendar(user: User) -> QuerySet[Audition]:
    """Those that were given a time, cancelled ones included: a calendar must hear of it."""
    return auditions_known_to(user).filter(announced_during__isnull=False)


def hearings_of(user: User, *, now: datetime) -> Hearings:
    known = list(auditions_known_to(user).exclude(status=AuditionStatus.CANCELLED))
    wishes = _wishes(user)
    proposals = list(proposals_of_candidate(user))
    auditions = tuple(my_audition(audition, wishes=wishes, now=now) for audition in known)
    heard = {(audition.application_id, audition.project_id) for audition in known}
    # While a time is still to be told, nothing is said of the other wishes: it could be for one of them.
    pending = set(
        Audition.objects.filter(
            application__candidate=user,
            told_at__isnull=True,
            status__in=[AuditionStatus.PLANNED, AuditionStatus.PLACED, AuditionStatus.HEARD],
        ).values_list("application_id", flat=True)
    )
    begun = {audition.application_id for audition in known} | {item.application_id for item in proposals}
    return Hearings(
        auditions=auditions,
        waiting=tuple(
            item for item in proposals if item.status == ProposalStatus.SENT and item.expires_at >= now
        ),
        answered=tuple(
            item
            for item in proposals
            if item.status != ProposalStatus.ACCEPTED
            and not (item.status == ProposalStatus.SENT and item.expires_at >= now)
        ),
        unheard=tuple(
            Unheard(choice, UNHEARD)
            for (application, project), choice in wishes.items()
            if application in begun - pending and (application, project) not in heard
        ),
    )


UNHEARD = (
    "Chaque défi ne peut entendre qu’un nombre limité de personnes par place. Les auditions sont "
    "attribuées selon le règlement : les vœux, la lecture des dossiers puis, à égalité, le tirage au sort."
)


def my_audition(
    audition: Audition, *, wishes: Mapping[tuple[int, int], Choice] | None = None, now: datetime
) -> MyAudition:
    if wishes is None:
        wishes = _wishes(audition.application.candidate)
    told = audition.told_at is not None
    during = audition.during if told else None
    booking: Booking | None = getattr(audition, "booking", None)
    return MyAudition(
        audition=audition,
        during=during,
        panel=audition.slot.panel if during is not None and audition.slot else None,
        why=_why(audition, wishes.get((audition.application_id, audition.project_id))),
        freedom=freedom_of(audition, booking, now=now),
    )


def _why(audition: Audition, choice: Choice | None) -> str:
    if choice is not None:
        ordinal = "premier" if choice.position == 1 else f"{choice.position}e"
        return f"Ce défi est votre {ordinal} vœu, et il recherche l’un de vos métiers."
    if getattr(audition, "proposal", None) is not None:
        return "Vous avez accepté cette audition, proposée en dehors de vos vœux."
    return "L’équipe programme vous a proposé cette audition : ce défi recherche l’un de vos métiers."


def _wishes(user: User) -> dict[tuple[int, int], Choice]:
    """Certified wishes by (application, project), in order."""
    choices = (
        Choice.objects.filter(ranking__application__candidate=user, ranking__status=RankingStatus.CERTIFIED)
        .select_related("ranking", "project", "project__public_page")
        .order_by("ranking_id", "position", "pk")
    )
    return {(choice.ranking.application_id, choice.project_id): choice for choice in choices}
