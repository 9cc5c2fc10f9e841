"""Step 6 through the browser only: from accepted offers to the alumni directory."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.models import Bulletin, Member
from cohorts.rules import week_of
from cohorts.tasks import send_bulletin_digest
from eig.documents.tasks import print_waiting
from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.teams.models import Offer
from projects.choices import LeadRole
from projects.models import ProjectLead
from tests.factories.cohorts import instant
from tests.factories.teams import market, published
from tests.people import phase, signed_in


def letters(kind):
    return Message.objects.filter(kind=f"cohorts/{kind}")


def text(answer):
    return answer.content.decode()


@pytest.fixture
def rehearsed(promotion):
    """A promotion whose clock stands on a Thursday."""
    thursday = instant(week_of(timezone.now()), weekday=3, hour=10)
    Promotion.objects.filter(pk=promotion.pk).update(is_rehearsal=True, rehearsal_clock=thursday)
    promotion.refresh_from_db()
    phase(promotion, "mission", opens=thursday - timedelta(days=40), closes=thursday + timedelta(days=260))
    phase(promotion, "announcement", opens=thursday - timedelta(days=60), closes=thursday + timedelta(days=1))
    return promotion


def at(promotion, moment):
    Promotion.objects.filter(pk=promotion.pk).update(rehearsal_clock=moment)


def test_a_team_works_ten_months_and_becomes_alumni(rehearsed, alice, badis, diane, emile):
    promotion, thursday = rehearsed, rehearsed.rehearsal_clock
    staff, member, lead, stranger = (signed_in(who) for who in (diane, alice, badis, emile))
    people = market(promotion, who=alice)
    ProjectLead.objects.create(project=people["sea"], person=badis, role=LeadRole.LEAD, since=thursday)
    for offer in published(promotion):
        signed_in(offer.application.candidate).post(f"/propositions/{offer.code}/accepter/")
    assert Offer.objects.filter(status="accepted").count() == 4
    room = f"/pilotage/{promotion.code}/cohorte/"

    # The cohort opens; everybody receives the address of their team.
    assert "4\u00a0personnes attendent" in text(staff.get(room))
    assert "Anna" not in text(stranger.get("/anciens/"))
    staff.post(f"{room}ouvrir/")
    mine = Member.objects.select_related("team").get(person=alice)
    team = f"/equipes/{mine.team.code}/"
    assert team in letters("team_welcome").get(to_person=alice).body
    assert team in letters("team_welcome").get(to_person=badis).body
    page = text(lead.get(team))
    assert "Aubert" in page
    assert "Mentor" in page
    assert stranger.get(team).status_code == 404

    # Thursday: the bulletin, in one minute; corrected on Friday morning; closed at 14:31.
    written = {
        "mood": "mixed",
        "priority": "Choisir une hypothèse",
        "worked": "",
        "hard": "",
        "help": "Un juriste",
    }
    member.post(f"{team}bulletin/", {**written, "seen": ""})
    bulletin = Bulletin.objects.get()
    seen = member.get(f"{team}bulletin/").context["form"]["seen"].value()
    week = bulletin.week
    at(promotion, instant(week, weekday=4, hour=9))
    member.post(f"{team}bulletin/", {**written, "worked": "Deux ateliers", "seen": seen})
    bulletin.refresh_from_db()
    assert bulletin.worked == "Deux ateliers"
    at(promotion, instant(week, weekday=4, hour=14, minute=31))
    late = text(
        member.post(f"{team}bulletin/", {**written, "worked": "Trois", "seen": bulletin.filed_at.isoformat()})
    )
    assert "n’est plus modifiable" in late

    # 15:00: one mail each, with the help asked.
    at(promotion, instant(week, weekday=4, hour=15))
    send_bulletin_digest()
    send_bulletin_digest()
    digest = letters("bulletin_digest").get(to_person=alice)
    assert "Un juriste" in digest.body
    assert letters("bulletin_digest").filter(to_person=badis).count() == 1
    assert "Un juriste" in text(staff.get(room))
    assert "Un juriste" in text(member.get(f"/cohorte/{promotion.code}/bulletins/"))
    assert lead.get(f"/cohorte/{promotion.code}/bulletins/").status_code == 404

    # The end: the mission is closed, the certificate printed, the directory joined and left.
    over = thursday + timedelta(days=265)
    at(promotion, over)
    staff.post(f"{room}eig/terminer/")
    mine.refresh_from_db()
    assert mine.status == "completed"
    mission = f"/missions/{mine.code}/"
    assert mission in letters("mission_completed").get(to_person=alice).body
    member.post(f"{mission}attestation/preparer/")
    print_waiting()
    pdf = b"".join(member.get(f"{mission}attestation/pdf/").streaming_content)
    assert pdf.startswith(b"%PDF-")
    assert stranger.get(f"{mission}attestation/pdf/").status_code == 404
    visitor = Client()
    assert "Alice Aubert" not in text(visitor.get("/anciens/"))
    member.post(f"{mission}annuaire/", {"headline": "Développeuse à Brest", "agreed": "on"})
    assert "Alice Aubert" in text(visitor.get("/anciens/"))
    assert "Développeuse à Brest" in text(visitor.get(f"/promotions/{promotion.code}/"))
    member.post(f"{mission}annuaire/quitter/")
    assert "Alice Aubert" not in text(visitor.get("/anciens/"))
