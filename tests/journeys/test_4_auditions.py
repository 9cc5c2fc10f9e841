"""Step 4 through the client only: juries are composed, candidates placed and told, heard, marked, ranked."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from eig.mail.models import Message
from matching.interviews.models import Audition, Juror, Panel
from tests.factories.interviews import marks
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import give_second_factor, signed_in


def test_from_the_wishes_to_the_standings(promotion, alice, claire, diane):
    projects = [
        published_project(promotion, title) for title in ("Lire les cartes", "Écouter la mer", "Compter")
    ]
    ranking(shortlisted(promotion, alice, score=900), projects, certified=True)
    ranking(shortlisted(promotion, score=600), projects, certified=True)
    staff = signed_in(diane)

    def door(name, *more):
        return reverse(f"interviews:{name}", args=[promotion.code, *more])

    # The team appoints two jurors, one of them unknown so far, and sets a panel up.
    for email, first, last, kind in (
        (claire.email, "Claire", "Colin", "agent"),
        ("omar@dinum.example", "Omar", "Sy", "dinum"),
    ):
        staff.post(
            door("juror_appoint"), {"email": email, "first_name": first, "last_name": last, "kind": kind}
        )
    yesterday = timezone.localdate() - timedelta(days=1)
    staff.post(
        door("panel_create"),
        {
            "name": "Jury A",
            "room": "Salle Lovelace",
            "day": yesterday.isoformat(),
            "starts": "09:00",
            "ends": "12:00",
        },
    )
    panel = Panel.objects.get()
    for juror in Juror.objects.all():
        staff.post(door("seat_add", panel.code), {"juror": juror.code, "referent": "on"})
    page = staff.post(
        door("slot_create", panel.code), {"minutes": "30", "pause": "0"}, follow=True
    ).content.decode()
    assert page.count("Libre") == 6
    assert page.count("Nommer référent·e") == 1

    # Auditions come from the wishes, are placed and announced.
    for turn in ("first", "second"):
        page = staff.post(door("audition_plan"), {"turn": turn}, follow=True).content.decode()
        assert "Auditions ajoutées\u00a0: 2." in page
    page = staff.post(door("audition_place_all"), follow=True).content.decode()
    assert "Auditions placées\u00a0: 4." in page
    staff.post(door("timetable_publish"))
    assert Message.objects.filter(kind="interviews/audition_placed").count() == 2

    # Alice finds hers, takes the calendar file, says what she needs.
    browser = signed_in(alice)
    page = browser.get(reverse("interviews:audition_mine")).content.decode()
    first = re.search(r'href="(/auditions/[0-9a-f-]{36}/)"', page)[1]
    assert "Salle Lovelace" in browser.get(first).content.decode()
    assert b"BEGIN:VEVENT" in browser.get(f"{first}agenda.ics").content
    browser.post(first, {"needs": "Sous-titrage"})

    # Each juror marks alone and signs; Claire reads the other card only then.
    for juror in Juror.objects.order_by("pk"):
        give_second_factor(juror.person)
    browsers = [signed_in(juror.person) for juror in Juror.objects.order_by("pk")]
    for rank, juror in enumerate(browsers):
        page = juror.get(reverse("interviews:jury_day")).content.decode()
        cards = re.findall(r'<td>\s*<a href="(/auditions/fiches/[^"]+)"', page)
        assert cards
        for card in cards:
            grid = juror.get(card).content.decode()
            assert "Sous-titrage" not in grid
            assert "Excellent échange" not in grid
            data = {f"mark_{code}": 4 - rank for code in marks(promotion)}
            response = juror.post(
                card, {**data, "comment": "Excellent échange.", "verdict": "favourable", "sign": "1"}
            )
            assert "Une fois signée" in juror.get(response.headers["Location"]).content.decode()
            juror.post(response.headers["Location"])
    claire_page = browsers[0].get(reverse("interviews:jury_day")).content.decode()
    card = re.search(r'href="(/auditions/fiches/[^"]+)"', claire_page)[1]
    assert "Omar Sy" in browsers[0].get(card).content.decode()

    # Scores are complete, the two candidates tie, the deliberation may start.
    assert set(Audition.objects.values_list("score", flat=True)) == {7 * 6 * 30}
    heard = Audition.objects.order_by("pk")[0].project
    page = staff.get(door("standing_show", heard.code)).content.decode()
    assert "3,50 / 5" in page
    assert "Tout est prêt" in staff.get(door("deliberation_check")).content.decode()
