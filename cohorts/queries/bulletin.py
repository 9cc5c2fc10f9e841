"""Bulletins: one team's, or all teams of a week, those who ask for help first."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from cohorts.choices import MemberStatus, Mood
from cohorts.models import Bulletin, Digest, Member
from cohorts.rules import bulletin_deadline, is_late
from eig.french import french
from eig.promotions.models import Promotion
from matching.teams.models import Team


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """What a team told of a week, or nothing."""

    team: Team
    bulletin: Bulletin | None

    @property
    def late(self) -> bool:
        return self.bulletin is not None and is_late(self.bulletin.filed_at, week=self.bulletin.week)

    @property
    def asks_for_help(self) -> bool:
        return self.bulletin is not None and bool(self.bulletin.help)


@dataclass(frozen=True, slots=True)
class Week:
    week: date
    rows: tuple[TeamWeek, ...]
    """Those who ask for help first, then by title, the missing ones last."""

    def about(self, teams: Collection[int]) -> "Week":
        return Week(self.week, tuple(row for row in self.rows if row.team.pk in teams))

    @property
    def filed(self) -> list[TeamWeek]:
        return [row for row in self.rows if row.bulletin]

    @property
    def missing(self) -> list[Team]:
        return [row.team for row in self.rows if row.bulletin is None]

    @property
    def help_count(self) -> int:
        return sum(row.asks_for_help for row in self.rows)

    @property
    def deadline(self) -> datetime:
        return bulletin_deadline(self.week)


def bulletins_of(team: Team) -> QuerySet[Bulletin]:
    """Latest week first."""
    return team.bulletins.select_related("filed_by").order_by("-week", "-pk")


def with_lateness(bulletins: Iterable[Bulletin]) -> list[tuple[Bulletin, bool]]:
    return [(bulletin, is_late(bulletin.filed_at, week=bulletin.week)) for bulletin in bulletins]


def bulletin_of(team: Team, week: date) -> Bulletin | None:
    return team.bulletins.filter(week=week).select_related("filed_by").first()


def week_reading(promotion: Promotion, week: date) -> Week:
    """Every team with people in mission that week, with or without its bulletin. Two queries."""
    told = {
        bulletin.team_id: bulletin
        for bulletin in Bulletin.objects.filter(team__promotion=promotion, week=week)
        .select_related("filed_by")
        .order_by("pk")
    }
    active = Member.objects.filter(promotion=promotion).filter(
        Q(status=MemberStatus.ACTIVE) | Q(ended_on__gte=week)
    )
    teams = (
        Team.objects.filter(Q(pk__in=active.values("team_id")) | Q(pk__in=list(told)))
        .select_related("project")
        .order_by(french("project__title"), "pk")
    )
    rows = [TeamWeek(team, told.get(team.pk)) for team in teams]
    rows.sort(key=lambda row: (not row.asks_for_help, row.bulletin is None))
    return Week(week, tuple(rows))


def moods_counted(week: Week) -> list[tuple[str, int]]:
    """How many teams in each mood, from the best to the hardest."""
    found = Counter(row.bulletin.mood for row in week.rows if row.bulletin)
    return [(mood.label, found[mood.value]) for mood in Mood]


def late_arrivals(promotion: Promotion, week: date) -> list[Bulletin]:
    """Bulletins of a week that came after its digest had left, be it on the Monday."""
    told = Digest.objects.filter(promotion=promotion, week=week).first()
    left_at = told.sent_at if told else bulletin_deadline(week)
    found = Bulletin.objects.filter(
        team__promotion=promotion, week=week, filed_at__gt=left_at
    ).select_related("team__project")
    return list(found.order_by(french("team__project__title"), "pk"))
