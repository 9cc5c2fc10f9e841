"""One bulletin per team and week: corrected until Friday 14:30, then taken as late, sent once."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from cohorts import actions
from cohorts.choices import Mood
from cohorts.models import Bulletin, Member
from cohorts.queries import week_reading
from cohorts.queries.bulletin import late_arrivals
from cohorts.rules import bulletin_deadline, is_late, week_of, weeks_due, weeks_told
from cohorts.tasks import send_bulletin_digest
from eig.accounts.models import User
from eig.french.dates import PARIS
from eig.mail.models import Message
from eig.promotions.models import Promotion
from tests.factories.cohorts import bulletin, cohort, instant, last_week
from tests.people import signed_in


def url(name: str, *args: object) -> str:
    return reverse(f"cohorts:{name}", args=args)


def test_a_week_begins_on_monday_in_paris() -> None:
    sunday_night = instant(last_week(), weekday=6, hour=23, minute=59)
    assert week_of(sunday_night) == last_week()
    assert week_of(sunday_night + timedelta(minutes=1)) == last_week() + timedelta(weeks=1)
    assert bulletin_deadline(last_week()) == instant(last_week(), weekday=4, hour=14, minute=30)
    assert weeks_told(last_week(), until=last_week() - timedelta(days=1)) == []


def test_late_is_after_half_past_two_on_friday() -> None:
    week = last_week()
    assert not is_late(bulletin_deadline(week), week=week)
    assert is_late(bulletin_deadline(week) + timedelta(microseconds=1), week=week)


def test_a_team_corrects_until_friday(promotion: Promotion) -> None:
    member = cohort(promotion)[0]
    week = last_week()
    first = bulletin(member.team, by=member.person, at=instant(week, weekday=1))
    seen = first.filed_at
    second = actions.file_bulletin(
        member.team,
        week=week,
        by=member.person,
        at=instant(week, weekday=4, hour=14, minute=30),
        mood=Mood.HARD,
        priority="Autre chose",
        seen=seen,
    )
    assert (second.pk, second.priority) == (first.pk, "Autre chose")
    with pytest.raises(actions.BulletinClosed, match="n’est plus modifiable"):
        actions.file_bulletin(
            member.team,
            week=week,
            by=member.person,
            at=instant(week, weekday=4, hour=14, minute=31),
            mood=Mood.HARD,
            priority="Trop tard",
            seen=second.filed_at,
        )


def test_a_late_bulletin_is_taken_and_shown_as_late(promotion: Promotion) -> None:
    member = cohort(promotion)[0]
    bulletin(member.team, by=member.person, at=instant(last_week(), weekday=5))
    (row,) = week_reading(promotion, last_week()).filed
    assert row.late


def test_a_teammates_text_is_never_overwritten_unread(promotion: Promotion) -> None:
    one, two = [member for member in cohort(promotion) if member.team.project.title == "Marée"]
    first = bulletin(one.team, by=one.person)
    with pytest.raises(actions.BulletinChanged) as refused:
        actions.file_bulletin(
            one.team,
            week=last_week(),
            by=two.person,
            at=instant(last_week()),
            mood=Mood.GREAT,
            priority="La mienne",
        )
    assert refused.value.bulletin == first
    assert Bulletin.objects.get().priority == first.priority


def test_the_same_text_twice_is_one_bulletin(promotion: Promotion) -> None:
    member = cohort(promotion)[0]
    assert bulletin(member.team, by=member.person) == bulletin(member.team, by=member.person)
    assert Bulletin.objects.count() == 1


def test_only_people_in_mission_write_and_never_ahead(promotion: Promotion, emile: User, diane: User) -> None:
    members = cohort(promotion)
    team = members[0].team
    stranger = next(member for member in members if member.team != team)
    for who in (emile, diane, stranger.person):
        with pytest.raises(actions.NotInMission):
            bulletin(team, by=who)
    for week in (week_of(timezone.now()) + timedelta(weeks=1), last_week() - timedelta(weeks=30)):
        with pytest.raises(actions.WeekOutside):
            bulletin(team, by=members[0].person, week=week, at=timezone.now())
    with pytest.raises(actions.WeekOutside):
        bulletin(team, by=members[0].person, week=last_week() + timedelta(days=1), at=timezone.now())


def test_the_week_of_the_first_day_is_told_not_the_one_before(promotion: Promotion) -> None:
    """A mission that begins on a Thursday has a bulletin of that week."""
    member = cohort(promotion)[0]
    week = last_week()
    Member.objects.filter(team=member.team).update(starts_on=week + timedelta(days=3))
    assert bulletin(member.team, by=member.person, week=week).week == week
    with pytest.raises(actions.WeekOutside):
        bulletin(member.team, by=member.person, week=week - timedelta(weeks=1), at=timezone.now())


def test_the_database_refuses_a_second_bulletin(promotion: Promotion) -> None:
    member = cohort(promotion)[0]
    kept = bulletin(member.team, by=member.person)
    with pytest.raises(IntegrityError, match="one_bulletin_per_team_and_week"), transaction.atomic():
        Bulletin.objects.create(
            team=kept.team,
            week=kept.week,
            mood="good",
            priority="x",
            filed_at=kept.filed_at,
            filed_by=kept.filed_by,
        )


def test_two_teammates_at_once_make_one_bulletin(promotion_committed: Promotion) -> None:
    one, two = [m for m in cohort(promotion_committed) if m.team.project.title == "Marée"]
    gate, results = threading.Barrier(2), []

    def file(member: Member, priority: str) -> None:
        gate.wait()
        try:
            results.append(
                actions.file_bulletin(
                    one.team,
                    week=last_week(),
                    by=member.person,
                    at=instant(last_week()),
                    mood=Mood.GOOD,
                    priority=priority,
                )
            )
        except actions.BulletinChanged as reason:
            results.append(reason)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=file, args=(m, f"De {m.person}")) for m in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Bulletin.objects.count() == 1
    assert sorted(type(result).__name__ for result in results) == ["Bulletin", "BulletinChanged"]


# --- Friday's mail ---------------------------------------------------------------------------------


def digests() -> list[str]:
    return sorted(Message.objects.filter(kind="cohorts/bulletin_digest").values_list("to_email", flat=True))


def test_the_digest_goes_once_to_each_person(promotion: Promotion, badis: User) -> None:
    members = cohort(promotion)
    actions.add_companion(
        members[0].team, person=badis, role="coach", by=members[0].person, at=timezone.now()
    )
    bulletin(members[0].team, by=members[0].person, help="Un juriste")
    week, at = last_week(), instant(last_week(), weekday=4, hour=15)
    actions.send_digest(promotion, week=week, at=at)
    actions.send_digest(promotion, week=week, at=at)
    expected = {member.person.email for member in members} | {badis.email}
    expected |= set(User.objects.filter(is_staff=True).values_list("email", flat=True))
    assert digests() == sorted(expected)
    body = digest_of(members[0].person)
    assert "Besoin d’aide" in body
    assert "Sans nouvelles" in body


def digest_of(person: User) -> str:
    return Message.objects.get(kind="cohorts/bulletin_digest", to_person=person).body


def test_friday_s_mail_tells_a_companion_of_their_own_teams_alone(promotion: Promotion, badis: User) -> None:
    """What the pages refuse, no mail says: the mood of a team and the help it asks for."""
    mine, other = cohort(promotion)[0], cohort_other(promotion)
    actions.add_companion(mine.team, person=badis, role="sponsor", by=mine.person, at=timezone.now())
    bulletin(mine.team, by=mine.person, help="Un juriste")
    bulletin(other.team, by=other.person, help="UN SECRET D’ÉQUIPE")
    actions.send_digest(promotion, week=last_week(), at=instant(last_week(), weekday=4, hour=15))
    told = digest_of(badis)
    assert "Un juriste" in told
    assert "1\u00a0bulletin cette semaine, dont 1\u00a0demande d’aide" in told
    assert reverse("cohorts:team_detail", args=[mine.team.code]) in told
    assert reverse("cohorts:bulletin_list", args=[promotion.code]) not in told
    for hidden in ("UN SECRET D’ÉQUIPE", other.team.project.title):
        assert hidden not in told
        assert hidden in digest_of(mine.person)


def test_a_bulletin_that_missed_the_digest_is_told_in_the_next_one(promotion: Promotion) -> None:
    member, other = cohort(promotion)[0], cohort_other(promotion)
    before = last_week() - timedelta(weeks=1)
    bulletin(other.team, by=other.person, week=before, at=instant(before, weekday=5))
    bulletin(member.team, by=member.person)
    actions.send_digest(promotion, week=last_week(), at=instant(last_week(), weekday=4, hour=15))
    body = Message.objects.filter(kind="cohorts/bulletin_digest").first().body
    assert f"Arrivés après l’envoi précédent\u00a0: {other.team.project.title}" in body


def cohort_other(promotion: Promotion) -> Member:
    return Member.objects.filter(promotion=promotion).exclude(team__project__title="Forêt").first()


def test_nothing_is_sent_when_no_team_wrote(promotion: Promotion) -> None:
    cohort(promotion)
    assert actions.send_digest(promotion, week=last_week(), at=timezone.now()) == 0
    send_bulletin_digest()
    assert digests() == []


@pytest.mark.parametrize(
    ("looked_at", "weeks"),
    [
        ("2026-10-23T14:59", ["2026-10-05", "2026-10-12"]),
        ("2026-10-23T15:00", ["2026-10-12", "2026-10-19"]),
        # The broker was stopped over the hour: run on Monday, it is last week's.
        ("2026-10-26T09:00", ["2026-10-12", "2026-10-19"]),
        # Hours of the night when clocks go back, lived twice.
        ("2026-10-25T02:30", ["2026-10-12", "2026-10-19"]),
        ("2027-01-01T15:00", ["2026-12-21", "2026-12-28"]),
    ],
)
def test_a_digest_is_due_with_its_week_whenever_it_is_looked_at(looked_at: str, weeks: list[str]) -> None:
    for fold in (0, 1):
        now = datetime.fromisoformat(looked_at).replace(tzinfo=PARIS, fold=fold)
        assert [week.isoformat() for week in weeks_due(now)] == weeks


def test_a_digest_missed_on_friday_leaves_on_monday_with_its_own_week_and_once(promotion: Promotion) -> None:
    """Faults S71: run on Monday, it took the new week: 0 letters instead of 54."""
    member, other = cohort(promotion)[0], cohort_other(promotion)
    week = last_week()
    bulletin(member.team, by=member.person, week=week, help="Celle de la semaine passée")
    monday = instant(week + timedelta(weeks=1), weekday=0, hour=9)
    bulletin(other.team, by=other.person, week=week + timedelta(weeks=1), at=monday, help="Nouvelle")
    saturday = instant(week, weekday=5)
    bulletin(other.team, by=other.person, week=week, at=saturday, help="Arrivée samedi")
    actions.send_digests_due(promotion, at=monday)
    people = digests()
    letters = Message.objects.filter(kind="cohorts/bulletin_digest")
    assert len(people) == letters.count() > 1
    for body in letters.values_list("body", flat=True):
        assert "Celle de la semaine passée" in body
        assert "Arrivée samedi" in body
        assert "Nouvelle" not in body
    # Somebody joins the team: the week is told, they are not written to alone.
    User.objects.create_user("nouvelle@equipe.example", is_staff=True)
    actions.send_digests_due(promotion, at=monday + timedelta(hours=1))
    assert digests() == people
    # What Monday's letter had told does not arrive « after it ».
    assert late_arrivals(promotion, week) == []


def test_a_week_nobody_told_is_settled_on_its_friday(promotion: Promotion) -> None:
    member, week = cohort(promotion)[0], last_week()
    actions.send_digests_due(promotion, at=instant(week, weekday=4, hour=15))
    bulletin(member.team, by=member.person, week=week, at=instant(week, weekday=5))
    actions.send_digests_due(promotion, at=instant(week, weekday=5, hour=12))
    assert digests() == []
    assert [row.team for row in late_arrivals(promotion, week)] == [member.team]


def test_people_who_left_no_longer_receive_it(promotion: Promotion) -> None:
    members = cohort(promotion)
    bulletin(members[0].team, by=members[0].person)
    gone = members[-1]
    actions.leave_mission(gone, by=members[0].person, at=timezone.now(), on=timezone.now().date())
    actions.send_digest(promotion, week=last_week(), at=timezone.now())
    assert gone.person.email not in digests()


# --- Pages -----------------------------------------------------------------------------------------


def form(**changes: str) -> dict[str, str]:
    return {
        "mood": "good",
        "priority": "Tester avec dix usagers",
        "worked": "",
        "hard": "",
        "help": "",
        "seen": "",
        **changes,
    }


def test_the_bulletin_is_written_in_one_page(promotion: Promotion, alice: User) -> None:
    cohort(promotion, who=alice)
    team = Member.objects.get(person=alice).team
    browser = signed_in(alice)
    page = browser.get(url("bulletin_edit", team.code))
    assert "Bulletin de la semaine" in page.content.decode()
    where = f"{url('bulletin_edit', team.code)}?semaine={last_week()}"
    assert browser.post(where, form()).status_code == 302
    assert Bulletin.objects.get().filed_by == alice


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"mood": ""}, "mood"),
        ({"mood": "extatique"}, "mood"),
        ({"priority": ""}, "priority"),
        ({"priority": "x" * 501}, "priority"),
        ({"help": "x" * 1501}, "help"),
    ],
)
def test_a_bad_bulletin_keeps_its_text(
    promotion: Promotion, alice: User, changes: dict[str, str], field: str
) -> None:
    cohort(promotion, who=alice)
    team = Member.objects.get(person=alice).team
    page = signed_in(alice).post(
        url("bulletin_edit", team.code), form(worked="Je tiens à ce texte", **changes)
    )
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert "Je tiens à ce texte" in page.content.decode()
    assert not Bulletin.objects.exists()


def test_two_teammates_see_both_texts(promotion: Promotion, alice: User) -> None:
    cohort(promotion, who=alice)
    team = Member.objects.get(person=alice).team
    mate = Member.objects.filter(team=team).exclude(person=alice).get()
    week = week_of(timezone.now())
    bulletin(team, by=mate.person, week=week, at=instant(week, weekday=0, hour=0, minute=1))
    where = url("bulletin_edit", team.code)
    page = signed_in(alice).post(where, form(seen="n’importe quoi"))
    text = page.content.decode()
    if timezone.now() > bulletin_deadline(week):
        assert "n’est plus modifiable" in text
        return
    assert "a enregistré ce bulletin entre-temps" in text
    assert "Rencontrer dix usagers" in text
    assert "Tester avec dix usagers" in text
    again = signed_in(alice).post(where, form(seen=page.context["form"]["seen"].value()))
    assert again.status_code == 302
    assert Bulletin.objects.get().filed_by == alice


@pytest.mark.parametrize("week", ["hier", "2026-02-30", "2026-11-17", "9999999-01-01", "'"])
def test_a_strange_week_is_not_found(promotion: Promotion, alice: User, week: str) -> None:
    cohort(promotion, who=alice)
    team = Member.objects.get(person=alice).team
    browser = signed_in(alice)
    assert browser.get(url("bulletin_edit", team.code), {"semaine": week}).status_code == 404
    assert browser.get(url("bulletin_list", promotion.code), {"semaine": week}).status_code == 404


def test_who_reads_what(promotion: Promotion, alice: User, badis: User, emile: User, diane: User) -> None:
    members = cohort(promotion, who=alice)
    own = Member.objects.get(person=alice).team
    other = next(member for member in members if member.team != own)
    actions.add_companion(other.team, person=badis, role="coach", by=diane, at=timezone.now())
    told = bulletin(own, by=alice, help="secret d’Alice")
    bulletin(other.team, by=other.person, help="secret des autres")
    week = f"{url('bulletin_list', promotion.code)}?semaine={told.week}"
    team = url("team_detail", other.team.code)
    read = {
        who: signed_in(who).get(where).content.decode()
        for who, where in ((alice, week), (diane, week), (badis, team), (emile, team))
    }
    assert [who for who, page in read.items() if "secret des autres" in page] == [alice, diane, badis]
    assert [who for who, page in read.items() if "secret d’Alice" in page] == [alice, diane]
    answers = {
        who: signed_in(who).get(url("team_detail", own.code)).status_code
        for who in (alice, badis, emile, diane)
    }
    assert answers == {alice: 200, badis: 404, emile: 404, diane: 200}
    lists = {
        who: signed_in(who).get(url("bulletin_list", promotion.code)).status_code
        for who in (alice, badis, emile, diane)
    }
    assert lists == {alice: 200, badis: 404, emile: 404, diane: 200}
    for who in (badis, emile, diane, other.person):
        assert signed_in(who).post(url("bulletin_edit", own.code), form()).status_code == 404
