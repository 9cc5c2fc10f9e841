"""Tell: the opening of a team, the week in one mail, the end of a mission."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from cohorts.models import Bulletin, Companion, Member
from cohorts.queries.bulletin import Week
from eig.accounts.models import User
from eig.mail.outbox import Letter, letter, post
from eig.promotions.models import Promotion
from matching.teams.models import Team


def _welcome(person: User, *, team: Team, promotion: Promotion, **whom: Member | Companion | None) -> Letter:
    link, key = reverse("cohorts:team_detail", args=[team.code]), f"team-welcome:{team.code}:{person.code}"
    told: dict[str, Any] = {"promotion": promotion, "project": team.project, "link": link, **whom}
    return letter("cohorts/team_welcome", person, key, **told)


def member_welcome(member: Member) -> Letter:
    team, promotion = member.team, member.promotion
    return _welcome(member.person, team=team, promotion=promotion, member=member, companion=None)


def companion_welcome(companion: Companion) -> Letter:
    team, promotion = companion.team, companion.team.promotion
    return _welcome(companion.person, team=team, promotion=promotion, member=None, companion=companion)


def bulletin_digests(
    promotion: Promotion,
    *,
    week: Week,
    late: Sequence[Bulletin],
    readers: Iterable[tuple[User, Collection[int] | None]],
) -> list[Letter]:
    """One mail each, once a week, with what the pages show them: all teams, or their own (`readers`)."""
    link = reverse("cohorts:bulletin_list", args=[promotion.code])
    template, letters = "cohorts/bulletin_digest", []
    for person, teams in readers:
        told: dict[str, Any] = {"promotion": promotion, "week": week, "late": late, "link": link}
        if teams is not None:
            of_theirs = [bulletin for bulletin in late if bulletin.team_id in teams]
            told |= {"week": week.about(teams), "late": of_theirs, "link": ""}
        if not told["week"].rows:
            continue
        letters.append(letter(template, person, digest_key(promotion, week.week, person), **told))
    return letters


def digest_key(promotion: Promotion, week: date, person: User) -> str:
    return f"bulletin-digest:{promotion.code}:{week.isoformat()}:{person.code}"


def mission_completed(member: Member, *, at: datetime) -> None:
    post(
        "cohorts/mission_completed",
        to=member.person,
        key=f"mission-completed:{member.code}",
        at=at,
        promotion_id=member.promotion_id,
        promotion=member.promotion,
        project=member.team.project,
        member=member,
        link=reverse("cohorts:mission_detail", args=[member.code]),
    )
