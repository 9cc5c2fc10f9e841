"""A team's week: filed once, corrected until Friday 14:30, sent to everybody at 15:00."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from cohorts import emails
from cohorts.models import Bulletin, Digest, Member
from cohorts.queries.bulletin import late_arrivals, week_reading
from cohorts.queries.member import digest_readers, is_active_member, missions_running
from cohorts.rules import before, bulletin_deadline, week_of, weeks_due
from eig.accounts.models import User
from eig.french import dates
from eig.journal.actions import record as journal
from eig.mail.outbox import post_all
from eig.promotions.models import Promotion
from matching.teams.models import Team

TEXTS = ("mood", "priority", "worked", "hard", "help")


class NotInMission(Exception):
    """Only people in mission in the team tell its week."""


class WeekOutside(Exception):
    """A week to come, or before the mission."""


class BulletinClosed(Exception):
    """The digest of that week has left: what it said stays."""


class BulletinChanged(Exception):
    """A teammate filed it meanwhile; `bulletin` is theirs."""

    def __init__(self, bulletin: Bulletin) -> None:
        super().__init__(
            f"{bulletin.filed_by} a enregistré ce bulletin entre-temps. "
            "Votre texte est conservé ci-dessous : reprenez ce qui vous manque, puis enregistrez."
        )
        self.bulletin = bulletin


@transaction.atomic
def file_bulletin(
    team: Team,
    *,
    week: date,
    by: User,
    at: datetime,
    mood: str,
    priority: str,
    worked: str = "",
    hard: str = "",
    help: str = "",
    seen: datetime | None = None,
) -> Bulletin:
    """Tell a team's week. Later than Friday 14:30 it is still taken, and shown as late.

    To correct a bulletin, say which version was read (`seen`, its `filed_at`): a teammate's text is never
    overwritten unread. The same text twice (a second click) changes nothing.
    """
    _refuse_outside(team, week=week, by=by, at=at)
    texts = dict(
        zip(TEXTS, (mood, priority.strip(), worked.strip(), hard.strip(), help.strip()), strict=True)
    )
    existing = _locked(team, week)
    if existing is None:
        try:
            with transaction.atomic():
                created = Bulletin.objects.create(team=team, week=week, filed_at=at, filed_by=by, **texts)
        except IntegrityError:
            existing = _locked(team, week)
        else:
            journal("file_bulletin", created, by=by, at=at, promotion_id=team.promotion_id)
            return created
    assert existing is not None
    return _correct(existing, texts, by=by, at=at, seen=seen)


def _locked(team: Team, week: date) -> Bulletin | None:
    return (
        Bulletin.objects.select_for_update(of=("self",))
        .select_related("filed_by")
        .filter(team=team, week=week)
        .first()
    )


def _refuse_outside(team: Team, *, week: date, by: User, at: datetime) -> None:
    if not is_active_member(by, team):
        raise NotInMission("Seules les personnes en mission dans l’équipe écrivent son bulletin.")
    starts_on = (
        Member.objects.filter(team=team).order_by("starts_on", "pk").values_list("starts_on", flat=True)[0]
    )
    if week.weekday() != 0 or week > week_of(at) or (starts_on - week).days > 6:
        raise WeekOutside("Cette semaine n’est pas une semaine passée ou en cours de la mission.")


def _correct(
    bulletin: Bulletin, texts: dict[str, str], *, by: User, at: datetime, seen: datetime | None
) -> Bulletin:
    if all(getattr(bulletin, name) == text for name, text in texts.items()):
        return bulletin
    deadline = bulletin_deadline(bulletin.week)
    if at > deadline:
        raise BulletinClosed(
            "Ce bulletin n’est plus modifiable : l’envoi de la semaine se prépare "
            f"depuis le {dates.deadline(deadline)}."
        )
    if seen != bulletin.filed_at:
        raise BulletinChanged(bulletin)
    for name, text in texts.items():
        setattr(bulletin, name, text)
    bulletin.filed_at, bulletin.filed_by = at, by
    bulletin.save(update_fields=[*TEXTS, "filed_at", "filed_by"])
    journal("correct_bulletin", bulletin, by=by, at=at, promotion_id=bulletin.team.promotion_id)
    return bulletin


def send_digests_due(promotion: Promotion, *, at: datetime) -> None:
    """Send what should have left and has not: on the Friday, or on any later day if nobody could then."""
    weeks = weeks_due(at)
    told = set(Digest.objects.filter(promotion=promotion, week__in=weeks).values_list("week", flat=True))
    for week in weeks:
        if week not in told:
            send_digest(promotion, week=week, at=at)


@transaction.atomic
def send_digest(promotion: Promotion, *, week: date, at: datetime) -> int:
    """Post the week's bulletins to members, companions and staff, one mail each; returns how many.

    Nothing when nobody is in mission or no team wrote. Saying it twice sends it once, whoever came meanwhile.
    """
    if not missions_running(promotion):
        return 0
    _, is_first = Digest.objects.get_or_create(promotion=promotion, week=week, defaults={"sent_at": at})
    reading = week_reading(promotion, week)
    if not is_first or not reading.filed:
        return 0
    letters = emails.bulletin_digests(
        promotion,
        week=reading,
        late=late_arrivals(promotion, before(week)),
        readers=digest_readers(promotion),
    )
    return post_all(letters, at=at, promotion_id=promotion.pk)
