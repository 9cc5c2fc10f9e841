"""« Mon espace »: what waits for me first, the nearest deadline on top; what is over is folded."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.actions import withdraw_application_record
from eig.accounts.models import User
from eig.mail.models import Message
from eig.promotions.models import Promotion
from journey.queries.dashboard import space_of
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition
from projects.actions import ask_change, ask_visa
from tests.design.pages import parse, text_of
from tests.factories import candidates as people
from tests.factories import projects as make
from tests.factories.interviews import card, juror, morning, panel, placed
from tests.factories.ranking import published_project, shortlisted
from tests.people import signed_in


def test_a_visa_refused_with_a_comment_is_the_first_thing_to_do(promotion: Promotion, badis: User) -> None:
    now = timezone.now()
    draft = make.draft(promotion, lead=badis, title="Rivage", visas=False)
    given = {"name": "Sophie Sponsor", "email": "sophie@mer.example"}
    visa = ask_visa(draft, kind="sponsor", by=badis, at=now, **given)
    assert [item.state for item in space_of(badis).to_do] == ["Brouillon"]
    ask_change(visa, comment="Le budget n’y est pas.")
    first, second = space_of(badis).to_do
    assert (first.state, second.state) == ("Modification demandée", "Brouillon")
    assert first.next == "Sophie Sponsor vous écrit : « Le budget n’y est pas. »"
    assert first.until == second.until == promotion.phases.get(kind="projects").closes_at
    page = parse(signed_in(badis).get(reverse("journey:dashboard")).content)
    todo = page.xpath("//h2[.='À faire maintenant']/following-sibling::ul[1]/li")
    assert len(todo) == 2
    assert "(heure de Paris)" in text_of(todo[0])
    assert todo[0].xpath(".//a/@href") == [reverse("projects:visa_list", args=[draft.code])]


def test_the_nearest_deadline_comes_first(promotion: Promotion, alice: User) -> None:
    now = timezone.now()
    people.draft(promotion, alice)
    make.draft(promotion, lead=alice, title="Rivage")
    for kind, days in (("projects", 5), ("applications", 3)):
        promotion.phases.filter(kind=kind).update(
            opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=days)
        )
    assert [item.title for item in space_of(alice).to_do] == ["Ma candidature", "Projet : Rivage"]
    promotion.phases.filter(kind="projects").update(closes_at=now + timedelta(days=2))
    assert [item.title for item in space_of(alice).to_do] == ["Projet : Rivage", "Ma candidature"]


def test_what_is_over_is_folded(promotion: Promotion, alice: User) -> None:
    application = people.submitted(promotion, alice)
    assert [item.title for item in space_of(alice).under_way] == ["Ma candidature"]
    withdraw_application_record(application, by=alice, at=timezone.now())
    space = space_of(alice)
    assert ([*space.to_do, *space.under_way], [item.title for item in space.over]) == ([], ["Ma candidature"])
    page = parse(signed_in(alice).get(reverse("journey:dashboard")).content)
    assert "Ma candidature" in text_of(page.find_class("fr-collapse")[-1])


@pytest.mark.parametrize(
    ("status", "left"), [(AuditionStatus.HEARD, 1), (AuditionStatus.ABSENT, 0), (AuditionStatus.CANCELLED, 0)]
)
def test_nothing_is_to_be_signed_of_who_did_not_come(
    promotion: Promotion, claire: User, diane: User, status: str, left: int
) -> None:
    judge = juror(promotion, diane, claire)
    table = panel(promotion, diane, [judge, juror(promotion, diane)], starts=morning(-1))
    audition = placed(shortlisted(promotion), published_project(promotion, "Cartes"), diane, table, told=True)
    card(audition, judge)
    Audition.objects.filter(pk=audition.pk).update(status=status)
    assert sum(item.title == "Jurys d’audition" for item in space_of(claire).to_do) == left


def test_the_latest_messages_open(alice: User) -> None:
    message = Message.objects.create(
        key="k", kind="x", to_person=alice, to_email=alice.email, subject="Bienvenue", body="Bonjour",
        created_at=timezone.now(), not_before=timezone.now(),
    )  # fmt: skip
    page = parse(signed_in(alice).get(reverse("journey:dashboard")).content)
    assert reverse("journey:message_detail", args=[message.code]) in page.xpath("//table//a/@href")
