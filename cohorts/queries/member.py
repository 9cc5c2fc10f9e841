"""Teams that have opened, their members, those around them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from cohorts.choices import MemberStatus
from cohorts.models import Companion, Member
from cohorts.rules import day_in_paris
from eig.accounts.models import User
from eig.french import french
from eig.promotions.models import Promotion
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer, Team
from matching.teams.queries import confirmed_teams
from projects.models import ProjectLead, PublicPage


def _opened() -> QuerySet[Team]:
    """Teams with members: those not welcomed yet are still offers."""
    return (
        Team.objects.filter(pk__in=Member.objects.values("team_id"))
        .select_related("promotion", "project__administration")
        .order_by(french("project__title"), "pk")
    )


def teams_visible_to(user: User) -> QuerySet[Team]:
    """One's own as a member or a companion; every one for staff."""
    teams = _opened()
    if user.is_staff:
        return teams
    return teams.filter(
        Q(pk__in=Member.objects.filter(person=user).values("team_id"))
        | Q(pk__in=Companion.objects.filter(person=user).values("team_id"))
    )


def teams_listed(promotion: Promotion) -> QuerySet[Team]:
    """With `members` and `companions` at hand, whatever their number."""
    return (
        _opened()
        .filter(promotion=promotion)
        .prefetch_related(
            Prefetch("members", Member.objects.select_related("person").order_by("trade", "pk")),
            Prefetch("companions", Companion.objects.select_related("person").order_by("role", "pk")),
        )
    )


def members_listed(promotion: Promotion) -> QuerySet[Member]:
    return (
        Member.objects.filter(promotion=promotion)
        .select_related("person", "team__project", "offer")
        .order_by(french("team__project__title"), "trade", "pk")
    )


def members_visible_to(user: User) -> QuerySet[Member]:
    """One's own missions; every one for staff."""
    members = Member.objects.select_related("promotion", "person", "team__project__administration").order_by(
        "pk"
    )
    return members if user.is_staff else members.filter(person=user)


def members_of(team: Team) -> QuerySet[Member]:
    return team.members.select_related("person").order_by("trade", "pk")


def page_of(team: Team) -> PublicPage | None:
    """The public page of the team's défi."""
    return PublicPage.objects.filter(project_id=team.project_id).first()


def companions_of(team: Team) -> QuerySet[Companion]:
    return team.companions.select_related("person").order_by("role", "pk")


def mission_in(team: Team, user: User) -> Member | None:
    return Member.objects.filter(team=team, person=user).first()


def is_active_member(user: User, team: Team) -> bool:
    return Member.objects.filter(team=team, person=user, status=MemberStatus.ACTIVE).exists()


def is_member_of_promotion(user: User, promotion: Promotion) -> bool:
    return Member.objects.filter(promotion=promotion, person=user).exists()


def offers_to_welcome(promotion: Promotion) -> list[Offer]:
    """Accepted offers that are not missions yet, each with its team."""
    known = set(Member.objects.filter(promotion=promotion).order_by("pk").values_list("offer_id", flat=True))
    return [offer for team in confirmed_teams(promotion) for offer in team.offers if offer.pk not in known]


def leads_of(teams: list[Team]) -> QuerySet[ProjectLead]:
    return (
        ProjectLead.objects.filter(project__in=[team.project_id for team in teams])
        .select_related("person")
        .order_by("pk")
    )


def digest_readers(promotion: Promotion) -> list[tuple[User, Collection[int] | None]]:
    """Who receives the digest, each once, and the teams they may read: None, all of them.

    As on the pages: members and the programme team read every bulletin, a companion those of their teams.
    """
    members = set(
        Member.objects.filter(promotion=promotion, status=MemberStatus.ACTIVE).values_list(
            "person_id", flat=True
        )
    )
    beside: dict[int, set[int]] = defaultdict(set)
    rows = Companion.objects.filter(team__promotion=promotion).order_by("pk")
    for person, team in rows.values_list("person_id", "team_id"):
        beside[person].add(team)
    people = User.objects.filter(Q(pk__in=members | beside.keys()) | Q(is_staff=True), is_active=True)
    return [
        (person, None if person.is_staff or person.pk in members else beside[person.pk])
        for person in people.order_by("pk")
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for staff: accepted people to welcome, missions to close."""

    to_welcome: int
    over: int


def waiting_in(promotion: Promotion, now: datetime) -> Waiting:
    counted = Offer.objects.filter(promotion=promotion, status=OfferStatus.ACCEPTED).aggregate(
        to_welcome=Count("pk", filter=Q(member__isnull=True)),
        over=Count(
            "pk", filter=Q(member__status=MemberStatus.ACTIVE, member__ends_on__lte=day_in_paris(now))
        ),
    )
    return Waiting(**counted)


def missions_over(promotion: Promotion, now: datetime) -> int:
    """Missions still open although their planned end has passed."""
    return Member.objects.filter(
        promotion=promotion, status=MemberStatus.ACTIVE, ends_on__lte=day_in_paris(now)
    ).count()


def missions_running(promotion: Promotion) -> bool:
    return Member.objects.filter(promotion=promotion, status=MemberStatus.ACTIVE).exists()
