"""Accepted offers become missions; missions end; the directory holds only who agreed."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts import actions
from cohorts.choices import CompanionRole, MemberStatus
from cohorts.documents import CERTIFICATE
from cohorts.models import Bulletin, Companion, DirectoryEntry, Member
from cohorts.queries import directory_listed, members_listed, teams_visible_to
from cohorts.rules import consent_ends, day_in_paris, week_of
from eig.accounts.models import User
from eig.documents.models import Print
from eig.documents.printing import print_next, ready_document
from eig.lifecycle import IllegalMove
from eig.mail.models import Message
from eig.promotions.models import Figure, Promotion
from matching.teams.actions import accept_offer, decline_offer, offer_to_next
from matching.teams.models import Offer, Team
from projects.choices import LeadRole
from projects.models import ProjectLead, PublicPage
from tests.factories.cohorts import bulletin, cohort, completed, listed
from tests.factories.ranking import published_project, shortlisted
from tests.factories.teams import market, offer_of, published
from tests.people import person, phase, signed_in


def url(name: str, *args: object) -> str:
    return reverse(f"cohorts:{name}", args=args)


def welcomed() -> set[str]:
    return set(Message.objects.filter(kind="cohorts/team_welcome").values_list("to_email", flat=True))


# --- Opening -----------------------------------------------------------------------------------------


def test_accepted_offers_become_missions_with_their_pay(
    promotion: Promotion, diane: User, badis: User
) -> None:
    people = market(promotion)
    ProjectLead.objects.create(project=people["sea"], person=badis, role=LeadRole.LEAD, since=timezone.now())
    people["anna"].experience_years = 6
    people["anna"].save()
    published(promotion)
    for name in ("anna", "dora"):
        accept_offer(offer_of(people[name]), by=people[name].candidate)
    actions.welcome_teams(promotion, by=diane, at=timezone.now())
    pay = {member.person: member.net_pay for member in Member.objects.select_related("person")}
    assert pay == {people["anna"].candidate: 4000, people["dora"].candidate: 3500}
    companion = Companion.objects.get()
    assert (companion.person, companion.role) == (badis, CompanionRole.MENTOR)
    assert welcomed() == {people["anna"].candidate.email, people["dora"].candidate.email, badis.email}
    mission = phase(promotion, "mission")
    member = Member.objects.first()
    assert member.ends_on == day_in_paris(mission.closes_at)


def test_the_reserve_is_welcomed_later_and_nobody_twice(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    published(promotion)
    accept_offer(offer_of(people["dora"]), by=people["dora"].candidate)
    decline_offer(offer_of(people["anna"]), by=people["anna"].candidate)
    actions.welcome_teams(promotion, by=diane, at=timezone.now())
    with pytest.raises(actions.NothingToWelcome):
        actions.welcome_teams(promotion, by=diane, at=timezone.now())
    offer = offer_to_next(people["sea"], by=diane, at=timezone.now())
    accept_offer(offer, by=people["cora"].candidate)
    (late,) = actions.welcome_teams(promotion, by=diane, at=timezone.now())
    assert late.person == people["cora"].candidate
    assert late.starts_on == day_in_paris(timezone.now())
    assert Member.objects.count() == 2


def test_two_clicks_at_once_welcome_once(promotion_committed: Promotion, diane: User) -> None:
    people = market(promotion_committed)
    published(promotion_committed)
    accept_offer(offer_of(people["anna"]), by=people["anna"].candidate)
    gate, results = threading.Barrier(2), []

    def welcome() -> None:
        gate.wait()
        try:
            results.append(len(actions.welcome_teams(promotion_committed, by=diane, at=timezone.now())))
        except actions.NothingToWelcome:
            results.append(0)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=welcome) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [0, 1]
    assert Member.objects.count() == 1


# --- The end -----------------------------------------------------------------------------------------


def test_a_mission_ends_between_its_start_and_today(promotion: Promotion, diane: User) -> None:
    member = cohort(promotion)[0]
    now = timezone.now()
    for day in (member.starts_on - timedelta(days=1), day_in_paris(now) + timedelta(days=1)):
        with pytest.raises(actions.BadDate):
            actions.complete_mission(member, by=diane, at=now, on=day)
    actions.complete_mission(member, by=diane, at=now, on=day_in_paris(now))
    assert member.status == MemberStatus.COMPLETED
    with pytest.raises(IllegalMove):
        actions.leave_mission(member, by=diane, at=now, on=day_in_paris(now))
    assert Message.objects.filter(kind="cohorts/mission_completed").count() == 1


def test_missions_whose_time_has_come_end_together(promotion: Promotion, diane: User) -> None:
    members = cohort(promotion)
    Member.objects.exclude(pk=members[0].pk).update(ends_on=timezone.now().date() - timedelta(days=1))
    assert actions.complete_missions(promotion, by=diane, at=timezone.now()) == 3
    assert actions.complete_missions(promotion, by=diane, at=timezone.now()) == 0
    assert Member.objects.filter(status=MemberStatus.ACTIVE).get() == members[0]


def test_the_certificate_is_printed_for_a_completed_mission_only(promotion: Promotion, diane: User) -> None:
    running, over = cohort(promotion)[:2]
    with pytest.raises(actions.BadDate):
        actions.ask_certificate(running, by=diane, at=timezone.now())
    completed(over)
    actions.ask_certificate(over, by=over.person, at=timezone.now())
    actions.ask_certificate(over, by=over.person, at=timezone.now())
    assert Print.objects.filter(kind=CERTIFICATE).count() == 1
    while print_next():
        pass
    document = ready_document(CERTIFICATE, over.pk)
    assert document is not None, Print.objects.get(kind=CERTIFICATE).error
    browser = signed_in(over.person)
    pdf = browser.get(url("certificate_download", over.code))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    twin = browser.get(url("certificate_detail", over.code)).content.decode()
    assert str(over.person) in twin


def test_a_certificate_not_ready_says_so(promotion: Promotion) -> None:
    member = completed(cohort(promotion)[0])
    page = signed_in(member.person).get(url("certificate_download", member.code), follow=True)
    assert "pas encore prête" in page.content.decode()


# --- The directory -----------------------------------------------------------------------------------


def test_a_consent_holds_two_years_and_a_leap_day_ends_in_february() -> None:
    leap = timezone.make_aware(timezone.datetime(2028, 2, 29, 12))
    assert day_in_paris(consent_ends(leap)) == date(2030, 2, 28)


def test_the_directory_lists_only_who_agreed_and_only_in_time(promotion: Promotion, client) -> None:
    listed(promotion, "Zoé")
    listed(promotion, "Yann", expired=True)
    assert [entry.name for entry in directory_listed()] == ["Zoé Ancienne"]
    page = client.get(url("alumni_list")).content.decode()
    assert "Zoé Ancienne" in page
    assert "Yann" not in page


def test_joining_needs_a_completed_mission_and_a_clear_yes(promotion: Promotion, alice: User) -> None:
    cohort(promotion, who=alice)
    member = Member.objects.get(person=alice)
    browser, join = signed_in(alice), url("directory_join", member.code)
    browser.post(join, {"headline": "Trop tôt", "agreed": "on"})
    assert not DirectoryEntry.objects.exists()
    completed(member)
    refused = browser.post(join, {"headline": "Sans accord"})
    assert "n’est pas publiée" in refused.content.decode()
    assert not DirectoryEntry.objects.exists()
    browser.post(join, {"headline": "À la direction du numérique", "agreed": "on"})
    entry = DirectoryEntry.objects.get()
    assert (entry.name, entry.project_title) == (str(alice), "Marée")
    browser.post(url("directory_leave", member.code))
    assert not DirectoryEntry.objects.exists()


def test_nobody_consents_for_somebody_else(promotion: Promotion, diane: User, emile: User) -> None:
    member = completed(cohort(promotion)[0])
    for who in (diane, emile):
        browser = signed_in(who)
        assert browser.post(url("directory_join", member.code), {"agreed": "on"}).status_code == 404
        assert browser.post(url("directory_leave", member.code)).status_code == 404


@pytest.mark.parametrize(
    "query",
    [{"q": "zoe"}, {"q": "SERVICE public"}, {"promotion": "eig-6"}, {"metier": "Design"}, {"page": "x"}],
)
def test_the_directory_is_searched_without_accents(
    promotion: Promotion, client, query: dict[str, str]
) -> None:
    listed(promotion, "Zoé")
    assert "Zoé Ancienne" in client.get(url("alumni_list"), query).content.decode()
    assert "Zoé Ancienne" not in client.get(url("alumni_list"), {"q": "Inconnue"}).content.decode()


# --- Public promotions -------------------------------------------------------------------------------


def test_published_figures_are_shown_as_they_were_stored(promotion: Promotion, client) -> None:
    Figure.objects.create(promotion=promotion, code="heard", label="personnes entendues", value="88 ou 89")
    published_project(promotion, "Carte des rivages")
    gone = published_project(promotion, "Projet parti")
    PublicPage.objects.filter(project=gone).update(withdrawn_at=timezone.now())
    page = client.get(url("promotion_detail", promotion.code)).content.decode()
    assert "88 ou 89" in page
    assert "Carte des rivages" in page
    assert "Projet parti" not in page
    assert promotion.name in client.get(url("promotion_list")).content.decode()


def test_a_promotion_without_anything_public_has_no_page(promotion: Promotion, client) -> None:
    assert client.get(url("promotion_detail", promotion.code)).status_code == 404
    assert client.get(url("promotion_detail", "inconnue")).status_code == 404


# --- Staff -------------------------------------------------------------------------------------------


def test_staff_open_follow_and_close_the_cohort(promotion: Promotion, diane: User, badis: User) -> None:
    people = market(promotion)
    published(promotion)
    accept_offer(offer_of(people["anna"]), by=people["anna"].candidate)
    browser = signed_in(diane)
    assert "1\u00a0personne attend" in browser.get(url("cohort_detail", promotion.code)).content.decode()
    assert browser.get(url("cohort_open", promotion.code)).status_code == 200
    browser.post(url("cohort_open", promotion.code))
    browser.post(url("cohort_open", promotion.code))
    member = Member.objects.get()
    where = (promotion.code, member.team.code)
    browser.post(url("companion_add", *where), {"email": badis.email.upper(), "role": "coach"})
    browser.post(url("companion_add", *where), {"email": badis.email, "role": "coach"})
    assert Companion.objects.get().person == badis
    assert teams_visible_to(badis).get() == member.team
    browser.post(url("companion_remove", *where), {"email": badis.email, "role": "coach"})
    assert not teams_visible_to(badis).exists()
    Member.objects.update(starts_on=timezone.now().date() - timedelta(days=10))
    today = timezone.now().date().isoformat()
    browser.post(url("member_complete", promotion.code, member.code), {"on": today})
    member.refresh_from_db()
    assert member.status == MemberStatus.COMPLETED


@pytest.mark.parametrize("data", [{"on": ""}, {"on": "2026-02-30"}, {"on": "demain"}])
def test_a_bad_date_gets_a_sentence(promotion: Promotion, diane: User, data: dict[str, str]) -> None:
    member = cohort(promotion)[0]
    page = signed_in(diane).post(url("member_leave", promotion.code, member.code), data)
    assert page.status_code == 200
    assert "on" in page.context["form"].errors


@pytest.mark.parametrize(
    "data",
    [
        {"email": "personne@nulle.example", "role": "coach"},
        {"email": "pas une adresse", "role": "coach"},
        {"email": "", "role": "roi"},
    ],
)
def test_an_unknown_companion_gets_a_sentence(
    promotion: Promotion, diane: User, data: dict[str, str]
) -> None:
    team = cohort(promotion)[0].team
    page = signed_in(diane).post(url("companion_add", promotion.code, team.code), data)
    assert page.status_code == 200
    assert page.context["form"].errors


def test_help_comes_first(promotion: Promotion, diane: User) -> None:
    now = timezone.now()
    first, *_, last = cohort(promotion)
    bulletin(first.team, by=first.person, week=week_of(now), at=now)
    bulletin(last.team, by=last.person, week=week_of(now), at=now, help="Un accès au réseau")
    reading = signed_in(diane).get(url("cohort_detail", promotion.code)).context["reading"]
    assert [row.team for row in reading.rows] == [last.team, first.team]


# --- Cost --------------------------------------------------------------------------------------------


def cost(browser, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def grow(promotion: Promotion, number: int) -> None:
    """More teams, members, companions and bulletins, straight into the tables."""
    now = timezone.now()
    for index in range(number):
        project = published_project(promotion, f"Nouveau {index}")
        team = Team.objects.create(promotion=promotion, project=project, created_at=now)
        application = shortlisted(promotion)
        offer = Offer.objects.create(
            promotion=promotion,
            team=team,
            application=application,
            trade=promotion.trades.first(),
            status="accepted",
            created_at=now,
            sent_at=now,
            expires_at=now + timedelta(days=1),
            answered_at=now,
        )
        Member.objects.create(
            promotion=promotion,
            offer=offer,
            team=team,
            person=application.candidate,
            trade="Design",
            net_pay=3500,
            starts_on=now.date(),
            ends_on=now.date() + timedelta(days=300),
        )
        mentor = person("Mentor", f"Numéro {Companion.objects.count()}")
        Companion.objects.create(team=team, person=mentor, role="mentor", since=now.date())
        Bulletin.objects.create(
            team=team,
            week=week_of(now),
            mood="good",
            priority="Avancer",
            filed_at=now,
            filed_by=application.candidate,
        )
        listed(promotion, f"Ancien {DirectoryEntry.objects.count()}")


PAGES: dict[str, Callable[[Promotion], str]] = {
    "cohort_detail": lambda promotion: url("cohort_detail", promotion.code),
    "member_list": lambda promotion: url("member_list", promotion.code),
    "cohort_open": lambda promotion: url("cohort_open", promotion.code),
    "bulletin_list": lambda promotion: url("bulletin_list", promotion.code),
    "alumni_list": lambda promotion: url("alumni_list"),
    "promotion_list": lambda promotion: url("promotion_list"),
    "promotion_detail": lambda promotion: url("promotion_detail", promotion.code),
}


@pytest.mark.parametrize("name", PAGES)
def test_many_rows_cost_as_few(promotion: Promotion, diane: User, name: str) -> None:
    browser = signed_in(diane)
    grow(promotion, 3)
    address = PAGES[name](promotion)
    browser.get(address)
    few = cost(browser, address)
    grow(promotion, 27)
    many = cost(browser, address)
    assert many == few
    assert many <= 15
    assert members_listed(promotion).count() == 30
