"""Cohorts in mission, bulletins, alumni."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cohorts import actions
from cohorts.choices import Mood
from cohorts.models import Bulletin, DirectoryEntry, Member
from cohorts.rules import PARIS, consent_ends, week_of
from eig.accounts.models import User
from eig.promotions.models import Promotion
from matching.teams.actions import accept_offer
from matching.teams.models import Team
from tests.factories.teams import market, published, staff_member
from tests.people import person, phase


def cohort(promotion: Promotion, *, who: User | None = None, started: int = 30) -> list[Member]:
    """Two teams of two in mission since `started` days; `who` is a developer of the first (Marée)."""
    now = timezone.now()
    phase(promotion, "mission", opens=now - timedelta(days=started), closes=now + timedelta(days=270))
    market(promotion, who=who)
    for offer in published(promotion):
        accept_offer(offer, by=offer.application.candidate)
    actions.welcome_teams(promotion, by=staff_member(), at=now - timedelta(days=started))
    return list(Member.objects.filter(promotion=promotion).order_by("team__project__title", "trade", "pk"))


def instant(week: date, *, weekday: int = 3, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of a week in Paris; Monday is 0."""
    return datetime.combine(week + timedelta(days=weekday), time(hour, minute), tzinfo=PARIS)


def last_week() -> date:
    return week_of(timezone.now()) - timedelta(weeks=1)


def bulletin(
    team: Team,
    *,
    by: User,
    week: date | None = None,
    at: datetime | None = None,
    help: str = "",
    mood: str = Mood.GOOD,
) -> Bulletin:
    week = week or last_week()
    return actions.file_bulletin(
        team,
        week=week,
        by=by,
        at=at or instant(week),
        mood=mood,
        priority="Rencontrer dix usagers",
        worked="Trois entretiens",
        hard="Les accès",
        help=help,
    )


def completed(member: Member, *, by: User | None = None) -> Member:
    """Their mission ended, whatever its planned end."""
    actions.complete_mission(
        member, by=by or staff_member(), at=timezone.now(), on=timezone.now().date() - timedelta(days=1)
    )
    return member


def listed(
    promotion: Promotion, name: str, *, expired: bool = False, trade: str = "Design"
) -> DirectoryEntry:
    """An alumnus in the directory, known by this entry."""
    given = timezone.now() - timedelta(days=3 * 366 if expired else 30)
    who = person(name, "Ancienne")
    return DirectoryEntry.objects.create(
        promotion=promotion,
        person=who,
        name=str(who),
        trade=trade,
        project_title="Un défi passé",
        headline="Toujours dans le service public",
        consented_at=given,
        expires_at=consent_ends(given),
    )
