"""Open the cohort, put companions beside teams, end missions."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from cohorts import emails
from cohorts.choices import CompanionRole, MemberStatus
from cohorts.documents import CERTIFICATE, certificate_title
from cohorts.models import Companion, Member
from cohorts.queries.member import leads_of, offers_to_welcome
from cohorts.rules import day_in_paris
from eig.accounts.models import User
from eig.documents.models import Print
from eig.documents.printing import ask_print
from eig.french import dates, of
from eig.journal.actions import entry, record_all
from eig.journal.actions import record as journal
from eig.lifecycle import move
from eig.mail.outbox import post_all
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase, Promotion
from eig.promotions.queries import phase_of
from matching.teams.models import Offer, Team
from matching.teams.queries.terms import terms_of
from projects.choices import LeadRole


class NothingToWelcome(Exception):
    """No accepted offer waits, or the mission has no dates."""


class BadDate(Exception):
    """The end of a mission falls before its start, or has not come yet."""


class AlreadyBeside(Exception):
    """This person already has this role beside this team."""


# A project's lead works beside the team every day; a co-writer who follows it from above is its sponsor.
ROLES = {LeadRole.LEAD: CompanionRole.MENTOR, LeadRole.EDITOR: CompanionRole.SPONSOR}


@transaction.atomic
def welcome_teams(promotion: Promotion, *, by: User, at: datetime) -> list[Member]:
    """Turn accepted offers into missions, with their pay and dates; project leads stand beside their team.

    May be done again when the reserve has filled a seat: only new people are welcomed. The promotion's row is
    locked, so that a double click welcomes once.
    """
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    mission = phase_of(promotion, PhaseKind.MISSION)
    if mission is None:
        raise NothingToWelcome("La mission n’a pas de dates au calendrier.")
    offers = offers_to_welcome(promotion)
    if not offers:
        raise NothingToWelcome("Aucune proposition acceptée n’attend d’être accueillie.")
    members = [_member(offer, mission=mission, today=day_in_paris(at)) for offer in offers]
    Member.objects.bulk_create(members)
    companions = _companions(list({offer.team_id: offer.team for offer in offers}.values()), members)
    record_all(entry("welcome_member", member, by=by, at=at, net_pay=member.net_pay) for member in members)
    letters = [
        *(emails.member_welcome(member) for member in members),
        *(emails.companion_welcome(companion) for companion in companions),
    ]
    post_all(letters, at=at, promotion_id=promotion.pk)
    return members


def _member(offer: Offer, *, mission: Phase, today: date) -> Member:
    return Member(
        promotion_id=offer.promotion_id,
        offer=offer,
        team=offer.team,
        person=offer.application.candidate,
        trade=offer.trade.label,
        net_pay=terms_of(offer, mission=mission).net_pay,
        # Someone who comes from the reserve once the mission has begun starts today.
        starts_on=max(day_in_paris(mission.opens_at), min(today, day_in_paris(mission.closes_at))),
        ends_on=day_in_paris(mission.closes_at),
    )


def _companions(teams: list[Team], members: Sequence[Member]) -> list[Companion]:
    """The leads of these teams' projects, where they are not beside them yet."""
    by_project = {team.project_id: team for team in teams}
    since = min(member.starts_on for member in members)
    known = set(
        Companion.objects.filter(team__in=teams).order_by("pk").values_list("team_id", "person_id", "role")
    )
    companions = [
        Companion(
            team=by_project[lead.project_id], person=lead.person, role=ROLES[LeadRole(lead.role)], since=since
        )
        for lead in leads_of(teams)
    ]
    fresh = [one for one in companions if (one.team_id, one.person_id, one.role) not in known]
    Companion.objects.bulk_create(fresh)
    return fresh


@transaction.atomic
def add_companion(team: Team, *, person: User, role: str, by: User, at: datetime) -> Companion:
    """Put a coach, a mentor, a sponsor or a godparent beside a team; they read its page from now on."""
    try:
        with transaction.atomic():
            companion = Companion.objects.create(
                team=team, person=person, role=CompanionRole(role), since=day_in_paris(at)
            )
    except IntegrityError:
        raise AlreadyBeside(f"{person} a déjà ce rôle auprès de cette équipe.") from None
    journal("add_companion", team, by=by, at=at, role=role, person=person.pk)
    post_all([emails.companion_welcome(companion)], at=at, promotion_id=team.promotion_id)
    return companion


@transaction.atomic
def remove_companion(companion: Companion, *, by: User, at: datetime) -> None:
    """Take somebody away from beside a team: they no longer read its page."""
    journal("remove_companion", companion.team, by=by, at=at, role=companion.role, person=companion.person_id)
    companion.delete()


def _refuse_date(member: Member, *, on: date, at: datetime) -> None:
    if on < member.starts_on:
        raise BadDate(f"La mission {of(member.person)} a commencé le {dates.day(member.starts_on)}.")
    if on > day_in_paris(at):
        raise BadDate("La date de fin n’est pas encore passée.")


@transaction.atomic
def complete_mission(member: Member, *, by: User, at: datetime, on: date) -> None:
    """End a mission that went to its term: certificate and directory open, and a mail says so."""
    _refuse_date(member, on=on, at=at)
    move(member, MemberStatus.COMPLETED, by=by, at=at, ended_on=on)
    emails.mission_completed(member, at=at)


@transaction.atomic
def complete_missions(promotion: Promotion, *, by: User, at: datetime) -> int:
    """End every mission whose planned end has passed, on that day; returns how many."""
    over = (
        Member.objects.filter(promotion=promotion, status=MemberStatus.ACTIVE, ends_on__lte=day_in_paris(at))
        .select_related("promotion", "person", "team__project")
        .order_by("pk")
    )
    members = list(over)
    for member in members:
        complete_mission(member, by=by, at=at, on=member.ends_on)
    return len(members)


@transaction.atomic
def leave_mission(member: Member, *, by: User, at: datetime, on: date) -> None:
    """Record an early departure and its day."""
    _refuse_date(member, on=on, at=at)
    move(member, MemberStatus.LEFT, by=by, at=at, ended_on=on)


def ask_certificate(member: Member, *, by: User, at: datetime) -> Print:
    """Queue the certificate of a completed mission. Raises BadDate before its end."""
    if member.status != MemberStatus.COMPLETED:
        raise BadDate("L’attestation est délivrée à la fin de la mission.")
    return ask_print(CERTIFICATE, subject_id=member.pk, title=certificate_title(member), by=by, at=at)
