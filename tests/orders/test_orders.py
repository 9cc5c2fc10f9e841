"""Closing by hand, reopening, shortening a retention, teams: one account never does it alone."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.journal.models import Entry
from eig.lifecycle import IllegalMove
from eig.mail.models import Message
from eig.orders.actions import AlreadyAsked, NeedsAnother, OrderOver, ask_order, confirm_order
from eig.orders.choices import OrderStatus
from eig.orders.models import Order
from eig.promotions.models import Phase, Promotion
from matching.ranking.models import Snapshot
from matching.teams import actions as teams
from privacy.actions.retention import SHORTENING
from privacy.models import RetentionRule
from privacy.queries import lengths_of
from tests.factories.teams import market, signed
from tests.people import person, phase, signed_in

NOW = timezone.now
REASON = "Une panne du relais."


def asked(promotion: Promotion, by: User) -> Order:
    given = {"refused_applications": 12}
    return ask_order(
        promotion, kind=SHORTENING, title="Raccourcir", given=given, reason=REASON, by=by, at=NOW()
    )


def ways(promotion: Promotion) -> dict[str, tuple[str, dict[str, str]]]:
    """Every deed that two people do: its door, and what its page posts."""
    phase(promotion, "ranking", opens=NOW() - timedelta(days=5), closes=NOW() + timedelta(days=5))
    phase(promotion, "applications", opens=NOW() - timedelta(days=9), closes=NOW() - timedelta(days=2))
    day = timezone.localtime(NOW() + timedelta(days=3))
    return {
        "close_rankings": (reverse("ranking:ranking_close", args=[promotion.code]), {}),
        "reopen_phase": (
            reverse("journey:staff_phase_extend", args=[promotion.code, "applications"]),
            {"closes_at": f"{day:%Y-%m-%dT%H:%M}", "confirm": "1"},
        ),
        "shorten_retention": (
            reverse("privacy:staff_retention_edit", args=[promotion.code]),
            {code: str(max(1, months - 1)) for code, months in lengths_of(promotion).items()},
        ),
    }


def state(promotion: Promotion) -> tuple[object, ...]:
    phases = Phase.objects.filter(promotion=promotion).order_by("pk")
    return (
        list(phases.values_list("closes_at", "closed_at")),
        Snapshot.objects.count(),
        RetentionRule.objects.count(),
    )


def confirm(order: Order, browser: Client) -> None:
    browser.post(reverse("orders:order_confirm", args=[order.promotion.code, order.code]))
    order.refresh_from_db()


@pytest.mark.parametrize("kind", ["close_rankings", "reopen_phase", "shorten_retention"])
def test_one_asks_another_does(promotion: Promotion, diane: User, denis: User, kind: str) -> None:
    door, typed = ways(promotion)[kind]
    before, mine = state(promotion), signed_in(diane)
    page = mine.get(door).content.decode()
    assert mine.post(door, typed | {"reason": REASON}).status_code == 302
    order = Order.objects.get(kind=kind)
    assert state(promotion) == before
    assert str(denis) in page or kind == "shorten_retention"
    assert Message.objects.filter(kind="orders/order_asked", to_person=denis).exists()
    assert not Message.objects.filter(kind="orders/order_asked", to_person=diane).exists()
    confirm(order, mine)
    assert (order.status, state(promotion)) == (OrderStatus.ASKED, before)
    shown = signed_in(denis).get(reverse("orders:order_detail", args=[promotion.code, order.code]))
    assert REASON in shown.content.decode()
    confirm(order, signed_in(denis))
    assert (order.status, order.ended_by) == (OrderStatus.DONE, denis)
    assert state(promotion) != before
    assert Entry.objects.filter(verb="ask_order", record_id=order.pk, data__kind=kind).exists()
    assert Message.objects.filter(kind="orders/order_ended", to_person=diane).exists()


def test_a_second_account_is_no_second_person(promotion: Promotion, diane: User, denis: User) -> None:
    again = person("Diane", "Bis", staff=True)
    EmailAddress.objects.filter(user=again).delete()
    EmailAddress.objects.create(user=diane, email=again.email, verified=True)
    order = asked(promotion, diane)
    for who in (diane, again):
        with pytest.raises(NeedsAnother, match="Une autre personne"):
            confirm_order(order, by=who, at=NOW())
    assert not Message.objects.filter(to_person=again).exists()
    confirm_order(order, by=denis, at=NOW())


def test_the_database_asks_for_two_people_too(promotion: Promotion, diane: User, denis: User) -> None:
    rows = Order.objects.filter(pk=asked(promotion, diane).pk)
    with pytest.raises(IntegrityError, match="who_asks_for_a_deed"), transaction.atomic():
        rows.update(status=OrderStatus.DONE, ended_by=diane, ended_at=NOW())
    assert rows.update(status=OrderStatus.DONE, ended_by=denis, ended_at=NOW()) == 1


def test_alone_the_page_says_so_and_nothing_waits_for_nobody(promotion: Promotion, diane: User) -> None:
    User.objects.filter(is_staff=True).exclude(pk=diane.pk).update(is_staff=False)
    for kind, (door, typed) in ways(promotion).items():
        page = signed_in(diane).post(door, typed | {"reason": REASON}).content.decode()
        assert "Il manque une seconde personne" in page, kind
        assert "Personne d’autre n’est dans l’équipe" in page, kind
    assert not Order.objects.exists()


def test_it_is_asked_once_done_once_and_expires(promotion: Promotion, diane: User, denis: User) -> None:
    order = asked(promotion, diane)
    with pytest.raises(AlreadyAsked):
        asked(promotion, denis)
    Order.objects.filter(pk=order.pk).update(expires_at=NOW())
    with pytest.raises(OrderOver):
        confirm_order(order, by=denis, at=NOW())
    again = asked(promotion, diane)
    order.refresh_from_db()
    assert order.status == OrderStatus.EXPIRED
    confirm_order(again, by=denis, at=NOW())
    with pytest.raises(IllegalMove):
        confirm_order(again, by=denis, at=NOW())


def test_longer_is_done_alone_and_over_the_hour_lists_are_only_frozen(
    promotion: Promotion, diane: User
) -> None:
    ways(promotion)
    browser = signed_in(diane)
    longer = {code: str(months + 1) for code, months in lengths_of(promotion).items()}
    browser.post(reverse("privacy:staff_retention_edit", args=[promotion.code]), longer)
    assert RetentionRule.objects.filter(promotion=promotion).exists()
    phase(promotion, "ranking", opens=NOW() - timedelta(days=5), closes=NOW() - timedelta(minutes=1))
    browser.post(reverse("ranking:ranking_close", args=[promotion.code]))
    assert Snapshot.objects.exists()
    assert not Order.objects.exists()


def test_who_signed_the_teams_does_not_publish_them(promotion: Promotion, diane: User, denis: User) -> None:
    market(promotion)
    scenario = signed(promotion, by=diane)
    with pytest.raises(teams.SignedByThem):
        teams.publish_results(scenario, by=diane, at=NOW())
    with pytest.raises(IntegrityError, match="who_signs_teams"), transaction.atomic():
        type(scenario).objects.filter(pk=scenario.pk).update(published_by=diane)
    page = reverse("teams:results_publish", args=[promotion.code, scenario.code])
    assert "Vous avez signé ces équipes" in signed_in(diane).get(page).content.decode()
    assert teams.publish_results(scenario, by=denis, at=NOW())


def test_a_date_that_is_over_when_it_is_asked_or_confirmed_reopens_nothing(
    promotion: Promotion, diane: User, denis: User
) -> None:
    door, typed = ways(promotion)["reopen_phase"]
    before, mine = state(promotion), signed_in(diane)
    yesterday = timezone.localtime(NOW() - timedelta(days=1))
    late = mine.post(door, {**typed, "reason": REASON, "closes_at": f"{yesterday:%Y-%m-%dT%H:%M}"})
    assert "déjà passée" in late.text
    assert not Order.objects.exists()
    mine.post(door, {**typed, "reason": REASON})
    order = Order.objects.get()
    Order.objects.update(given={**order.given, "closes_at": yesterday.isoformat()})
    confirm(order, signed_in(denis))
    assert order.status == OrderStatus.ASKED
    assert state(promotion) == before
