"""The programme team's pages."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from candidates.choices import Outcome, Status
from candidates.models import Application, Decision
from eig.mail.models import Message
from eig.waves.choices import WaveStatus
from eig.waves.models import Wave
from journey.actions.founding import create_promotion
from tests.factories import candidates as make
from tests.people import signed_in
from tests.signing import agree_on_screen


def url(name: str, *args) -> str:
    return reverse(f"candidates:{name}", args=args)


def page_of(client, name: str, *args, **query) -> str:
    response = client.get(url(name, *args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_drafts_are_not_the_teams_to_read(promotion, alice, diane):
    application = make.ready(promotion, alice)
    client = signed_in(diane)
    assert str(application.code) not in page_of(client, "staff_application_list", promotion.code)
    address = url("staff_application_detail", promotion.code, application.code)
    assert client.get(address).status_code == 404


def test_the_list_is_filtered_searched_and_sorted(promotion, diane):
    anais = make.submitted(promotion, make.candidate("Anaïs", "Œuvrard"), trades=["design"])
    other = make.read_twice(make.submitted(promotion, trades=["geomatique"]))
    client = signed_in(diane)

    def numbers(**query) -> list[str]:
        page = page_of(client, "staff_application_list", promotion.code, **query)
        table = page[page.index("<table") :] if "<table" in page else ""
        return re.findall(r">\s*(EIG-6-C-\d{4})\s*</a>", table)

    assert numbers() == [anais.number, other.number]
    assert numbers(q="anais oeuvrard") == [anais.number]
    assert numbers(q=other.number) == [other.number]
    assert numbers(trade="design") == [anais.number]
    assert numbers(status="withdrawn") == []
    assert numbers(unread="on") == [anais.number]
    assert numbers(order="score") == [other.number, anais.number]
    assert numbers(order="inconnu", status="inconnu", page="zzz") == [anais.number, other.number]


@pytest.mark.parametrize("name", ["staff_application_list", "staff_reading_list", "staff_wave_list"])
def test_lists_cost_the_same_for_three_rows_and_for_thirty(promotion, diane, name):
    def cost() -> int:
        client = signed_in(diane)
        client.get(url(name, promotion.code))
        with CaptureQueriesContext(connection) as caught:
            client.get(url(name, promotion.code))
        return len(caught)

    for _ in range(3):
        grow(promotion, diane)
    few = cost()
    for _ in range(27):
        grow(promotion, diane)
    assert cost() == few
    assert few <= 17


def grow(promotion, diane) -> None:
    """One more application, one more reader, one more wave: written straight, for speed."""
    who = make.candidate()
    now = timezone.now()
    application = Application.objects.create(
        promotion=promotion,
        candidate=who,
        created_at=now,
        updated_at=now,
        updated_by=who,
        status=Status.SUBMITTED,
        submitted_at=now,
        number=f"EIG-6-C-{who.pk:05d}",
        content_sha256="0" * 64,
    )
    for trade in promotion.trades.all()[:2]:
        application.trade_links.create(trade=trade, rank=1)
    make.assigned(application, make.reader(promotion))
    make.wave(promotion, diane)


def test_readers_pages_cost_the_same_for_three_rows_and_for_thirty(promotion, claire):
    make.reader(promotion, claire)

    def add(count: int) -> None:
        now = timezone.now()
        for _ in range(count):
            who = make.candidate()
            application = Application.objects.create(
                promotion=promotion, candidate=who, created_at=now, updated_at=now, updated_by=who,
                status=Status.SUBMITTED, submitted_at=now, number=f"N{who.pk}", content_sha256="0" * 64,
            )  # fmt: skip
            make.assigned(application, claire)

    client = signed_in(claire)
    costs = []
    for count in (3, 27):
        add(count)
        client.get(url("reading_list"))
        with CaptureQueriesContext(connection) as caught:
            client.get(url("reading_list"))
        costs.append(len(caught))
    assert costs[0] == costs[1] <= 15


def test_the_detail_shows_the_dossier_the_readings_and_the_history(promotion, alice, diane):
    application = make.read_twice(make.submitted(promotion, alice), 4, 5)
    page = page_of(signed_in(diane), "staff_application_detail", promotion.code, application.code)
    for words in ("Alice Aubert", alice.email, "Historique", "4,50", "Une lecture attentive.", "Motivation"):
        assert words in page


def test_a_refusal_needs_a_reason_and_is_told(promotion, alice, diane):
    application, client = make.submitted(promotion, alice), signed_in(diane)
    address = url("staff_application_refuse", promotion.code, application.code)
    assert client.post(address, {"code": "other", "reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Fonctionnaire en poste."}).status_code == 422
    client.post(address, {"code": "other", "reason": "Fonctionnaire en poste."})
    application.refresh_from_db()
    assert application.status == Status.INELIGIBLE
    restore = url("staff_application_restore", promotion.code, application.code)
    client.post(restore, {"reason": "Erreur de notre part."})
    application.refresh_from_db()
    assert application.status == Status.SUBMITTED


def test_a_wave_from_the_proposal_to_the_publication(promotion, diane, denis):
    kept, declined = (make.read_twice(make.submitted(promotion), *marks) for marks in ((5, 5), (2, 2)))
    first, second = signed_in(diane), signed_in(denis)
    when = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    response = first.post(url("staff_wave_list", promotion.code), {"title": "Vague 1", "publishes_at": when})
    held = Wave.objects.get()
    assert str(held.code) in response.url
    args = (promotion.code, held.code)
    assert first.post(url("staff_wave_propose", *args), {}).status_code == 422
    first.post(url("staff_wave_propose", *args), {"top_developpement": "1", "decline_others": "on"})
    assert {item.application: item.outcome for item in Decision.objects.all()} == {
        kept: Outcome.SHORTLISTED,
        declined: Outcome.DECLINED,
    }
    preview = page_of(first, "staff_wave_preview", *args)
    assert "Vous êtes présélectionné·e" in preview
    assert "Ce qui a manqué" in preview
    edit = url("staff_decision_edit", *args, declined.code)
    assert first.get(edit).status_code == 200
    assert first.post(edit, {"outcome": "declined", "reason": ""}).status_code == 422
    first.post(edit, {"outcome": "declined", "reason": "Un motif récrit."})
    first.post(url("staff_wave_validate", *args))
    assert Wave.objects.get().status == WaveStatus.PREPARED
    agree_on_screen(second, url("staff_wave_validate", *args))
    assert Wave.objects.get().status == WaveStatus.VALIDATED
    page_of(first, "staff_wave_detail", *args)
    second.post(url("staff_wave_publish", *args))
    kept.refresh_from_db()
    declined.refresh_from_db()
    assert (kept.status, declined.status) == (Status.SHORTLISTED, Status.DECLINED)
    assert "Un motif récrit." in Message.objects.get(kind="candidates/application_declined").body
    page_of(first, "staff_wave_detail", *args)


def test_a_threshold_in_french_decimals_is_understood(promotion, diane):
    kept = make.read_twice(make.submitted(promotion), 4, 3)
    make.read_twice(make.submitted(promotion), 3, 3)
    held = make.wave(promotion, diane)
    signed_in(diane).post(url("staff_wave_propose", promotion.code, held.code), {"least": "3,5"})
    assert [item.application for item in Decision.objects.all()] == [kept]


def test_grave_deeds_ask_again_who_is_there(promotion, diane, denis, client):
    held = make.decided(promotion, make.read_twice(make.submitted(promotion)), publish=False)
    client.force_login(diane)
    response = client.post(url("staff_wave_publish", promotion.code, held.code))
    assert response.status_code == 302
    assert "reauthenticate" in response.url or "compte" in response.url
    assert Wave.objects.get().status == WaveStatus.VALIDATED


def test_another_promotions_application_is_not_found(promotion, alice, diane):
    application = make.submitted(promotion, alice)
    other = create_promotion("eig6", by=None, at=timezone.now(), code="eig-66", number=66)
    address = url("staff_application_detail", other.code, application.code)
    assert signed_in(diane).get(address).status_code == 404
