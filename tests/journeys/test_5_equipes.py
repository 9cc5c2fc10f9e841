"""Step 5 through the browser only: from the sealed draw to a seat filled from the reserve."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from eig.mail.models import Message
from matching.teams.models import Offer, Scenario
from matching.teams.tasks import expire_offers
from tests.factories.teams import market, overdue
from tests.people import person, phase, signed_in


def letters(kind):
    return Message.objects.filter(kind=f"teams/{kind}").order_by("pk")


def text(answer):
    return answer.content.decode()


@pytest.fixture
def people(promotion):
    """Five people heard by two juries: see the factory for who obtains what."""
    return market(promotion)


@pytest.fixture
def browsers(people, diane, emile):
    heard = {name: signed_in(people[name].candidate) for name in ("anna", "basile", "cora", "dora", "denis")}
    return {**heard, "staff": signed_in(diane), "stranger": signed_in(emile), "visitor": Client()}


def test_teams_are_formed_announced_and_completed(promotion, people, browsers):
    staff, anna, cora = browsers["staff"], browsers["anna"], browsers["cora"]
    room = f"/pilotage/{promotion.code}/equipes/"
    phase(promotion, "announcement", opens=timezone.now() + timedelta(hours=2))

    # The draw is sealed: its print is public, its seed is not.
    assert "n’est pas encore scellé" in text(browsers["visitor"].get("/algorithme/"))
    staff.post(f"{room}tirage/sceller/", {"seed": ""})
    page = text(browsers["visitor"].get("/algorithme/"))
    assert promotion.draw.commitment in page
    assert promotion.draw.seed not in page
    staff.post(f"{room}tirage/reveler/")
    assert promotion.draw.seed in text(browsers["visitor"].get("/algorithme/"))

    # Two scenarios, side by side.
    for name, data in (("Référence", {"enforce_minimum": "on"}), ("Sans minimum", {})):
        answer = staff.post(f"{room}scenarios/creer/", {"name": name, **data})
        assert staff.get(answer.url).status_code == 200
        done = staff.post(f"{answer.url}calculer/", follow=True)
        assert "Contrôle indépendant\u00a0: conforme" in text(done)
    reference = Scenario.objects.get(name="Référence")
    one = f"{room}scenarios/{reference.code}/"
    other = Scenario.objects.get(name="Sans minimum")
    compared = text(staff.get(f"{room}scenarios/comparer/"))
    assert "Référence" in compared
    assert "Sans minimum" in compared
    assert "Personne ne change de projet" in text(staff.get(f"{one}changements/{other.code}/"))
    assert "Moins bien noté" in text(staff.get(f"{one}personnes/"))
    assert "mêmes octets" in text(staff.post(f"{one}recalculer/", follow=True))

    # Signed, not published: nothing shows, and the hour holds.
    staff.post(f"{one}signer/")
    assert "ouvre le" in text(staff.post(f"{one}publier/", follow=True))
    assert anna.get(f"/resultats/{people['anna'].code}/").status_code == 404
    assert not letters("offer_sent").exists()

    # Published: pages and mails at once.
    phase(promotion, "announcement", opens=timezone.now() - timedelta(minutes=1))
    assert "Une autre personne" in text(staff.post(f"{one}publier/", follow=True))
    second = signed_in(person("Dora", "Dumas", staff=True))
    assert "4 propositions envoyées" in text(second.post(f"{one}publier/", follow=True))
    letter = letters("offer_sent").get(to_email=people["anna"].candidate.email)
    offer = Offer.objects.get(application=people["anna"])
    assert f"/propositions/{offer.code}/" in letter.body
    assert "Marée" in letter.subject
    page = text(cora.get(f"/resultats/{people['cora'].code}/"))
    assert "mieux notées par le jury" in page
    assert "algorithmique" in page
    assert "mieux notées par le jury" in letters("no_offer").get().body

    # Anna says no, Dora yes, Basile lets the time pass.
    where = f"/propositions/{offer.code}/"
    assert "Refuser cette place" in text(anna.get(f"{where}refuser/"))
    anna.post(f"{where}refuser/")
    dora = Offer.objects.get(application=people["dora"])
    browsers["dora"].post(f"/propositions/{dora.code}/accepter/")
    late = overdue(Offer.objects.get(application=people["basile"]))
    expire_offers()
    answer = browsers["basile"].post(f"/propositions/{late.code}/accepter/", follow=True)
    assert "Le délai de réponse est passé" in text(answer)
    assert [letters(kind).count() for kind in ("offer_declined", "offer_accepted", "offer_expired")] == [
        1,
        1,
        1,
    ]

    # The reserve: one click offers Anna's seat to Cora, who accepts.
    reserve = f"{room}liste-complementaire/"
    assert people["cora"].number in text(staff.get(reserve))
    staff.post(f"{reserve}{people['sea'].code}/proposer/", {"candidate": people["cora"].number})
    second = Offer.objects.get(application=people["cora"])
    assert letters("reserve_offer").get().to_person == people["cora"].candidate
    cora.post(f"/propositions/{second.code}/accepter/")
    page = text(cora.get(f"/propositions/{second.code}/"))
    assert people["dora"].candidate.last_name in page
    followed = text(staff.get(f"{room}propositions/"))
    assert "liste complémentaire" in followed
    for path in (where, f"/propositions/{second.code}/", f"/resultats/{people['cora'].code}/", room, reserve):
        assert browsers["stranger"].get(path).status_code == 404
        assert browsers["visitor"].get(path).status_code == 302
