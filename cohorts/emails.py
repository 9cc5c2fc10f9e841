"""Tell: the opening of a team, the week in one mail, the end of a mission."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from cohorts.models import Bulletin, Companion, Member
from cohorts.queries.bulletin import Week
from eig.accounts.models import User
from eig.mail.outbox import Letter, post
from eig.promotions.models import Promotion


def member_welcome(member: Member) -> Letter:
    team = member.team
    return Letter(
        "cohorts/team_welcome",
        member.person,
        f"team-welcome:{team.code}:{member.person.code}",
        {
            "promotion": member.promotion,
            "project": team.project,
            "member": member,
            "companion": None,
            "link": reverse("cohorts:team_detail", args=[team.code]),
        },
    )


def companion_welcome(companion: Companion) -> Letter:
    team = companion.team
    return Letter(
        "cohorts/team_welcome",
        companion.person,
        f"team-welcome:{team.code}:{companion.person.code}",
        {
            "promotion": team.promotion,
            "project": team.project,
            "member": None,
            "companion": companion,
            "link": reverse("cohorts:team_detail", args=[team.code]),
        },
    )


def bulletin_digests(
    promotion: Promotion, *, week: Week, late: Iterable[Bulletin], people: Iterable[User]
) -> list[Letter]:
    """The same text for everybody, one mail each, once a week."""
    context = {
        "promotion": promotion,
        "week": week,
        "late": list(late),
        "link": reverse("cohorts:bulletin_list", args=[promotion.code]),
    }
    return [
        Letter("cohorts/bulletin_digest", person, digest_key(promotion, week.week, person), context)
        for person in people
    ]


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
