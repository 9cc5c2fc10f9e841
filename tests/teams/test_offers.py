"""Results appear at one instant; offers are answered in time; the reserve follows."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.models import User
from eig.lifecycle import IllegalMove
from eig.mail.models import Message
from eig.promotions.gate import PhaseNotOpen
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition
from matching.teams import actions
from matching.teams.choices import OfferStatus, Reason, ScenarioStatus
from matching.teams.models import Offer, Scenario, Team
from matching.teams.queries import confirmed_teams, offers_visible_to, outcome_for, reserve_of
from tests.factories.teams import computed, market, offer_of, overdue, published, signed
from tests.people import phase


def mails() -> QuerySet[Message]:
    """Those of this step."""
    return Message.objects.filter(kind__startswith="teams/")


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=f"teams/{kind}").values_list("to_email", flat=True))


def test_everybody_heard_is_told_at_the_same_instant(promotion: Promotion) -> None:
    people = market(promotion)
    offers = published(promotion)
    assert told("offer_sent") == {
        people[name].candidate.email for name in ("anna", "basile", "dora", "denis")
    }
    assert told("no_offer") == {people["cora"].candidate.email}
    assert Team.objects.count() == 2
    moments = {offer.sent_at for offer in offers} | set(mails().values_list("created_at", flat=True))
    assert len(moments) == 1


def test_the_answer_is_due_the_last_second_of_the_fifteenth_day_in_paris(promotion: Promotion) -> None:
    market(promotion)
    offer = published(promotion)[0]
    local = timezone.localtime(offer.expires_at)
    assert (local.hour, local.minute, local.second) == (23, 59, 59)
    assert local.date() == timezone.localtime(offer.sent_at).date() + timedelta(days=15)


def test_publishing_twice_sends_once(promotion: Promotion, diane: User) -> None:
    market(promotion)
    scenario = signed(promotion)
    actions.publish_results(scenario, by=diane, at=timezone.now())
    with pytest.raises(IllegalMove):
        actions.publish_results(scenario, by=diane, at=timezone.now())
    assert mails().count() == 5


def test_an_unsigned_scenario_is_not_published(promotion: Promotion, diane: User) -> None:
    market(promotion)
    scenario = computed(promotion)
    with pytest.raises(IllegalMove):
        actions.publish_results(scenario, by=diane, at=timezone.now())
    assert not Offer.objects.exists()


def test_nothing_is_published_before_the_announcement(promotion: Promotion, diane: User) -> None:
    market(promotion)
    scenario = signed(promotion)
    phase(promotion, "announcement", opens=timezone.now() + timedelta(hours=1))
    with pytest.raises(PhaseNotOpen, match="ouvre le"):
        actions.publish_results(scenario, by=diane, at=timezone.now())
    scenario.refresh_from_db()
    assert scenario.status == ScenarioStatus.SIGNED
    assert not mails().exists()


def test_nothing_is_published_while_an_audition_is_pending(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    scenario = signed(promotion)
    Audition.objects.filter(application=people["cora"], project=people["sea"]).update(
        status=AuditionStatus.PLACED
    )
    with pytest.raises(actions.AuditionsPending):
        actions.publish_results(scenario, by=diane, at=timezone.now())
    assert not Team.objects.exists()


def test_whoever_withdrew_since_the_signature_stops_the_publication(
    promotion: Promotion, diane: User
) -> None:
    people = market(promotion)
    scenario = signed(promotion)
    Application.objects.filter(pk=people["anna"].pk).update(
        status=ApplicationStatus.WITHDRAWN, withdrawn_at=timezone.now()
    )
    with pytest.raises(actions.InputsChanged):
        actions.publish_results(scenario, by=diane, at=timezone.now())
    assert not Offer.objects.exists()
    assert not mails().exists()


def test_a_candidate_knows_nothing_before_the_publication(promotion: Promotion) -> None:
    people = market(promotion)
    signed(promotion)
    anna = people["anna"]
    assert outcome_for(anna) is None
    assert not offers_visible_to(anna.candidate).exists()


def test_the_reasons_are_ones_own_only(promotion: Promotion) -> None:
    people = market(promotion)
    published(promotion)
    outcome = outcome_for(people["cora"])
    assert outcome is not None
    assert [(wish.project, wish.reason, wish.place, wish.heard) for wish in outcome.wishes] == [
        ("Marée", Reason.OUTRANKED, 4, 5),
        ("Forêt", Reason.OUTRANKED, 4, 5),
    ]
    assert not outcome.has_place
    assert all(wish.drawn is None for wish in outcome.wishes)
    # Own mark: 15 points over the grid's total weight.
    assert {str(wish.mark) for wish in outcome.wishes} == {"2.50"}


def test_accepting_twice_is_accepting_once(promotion: Promotion) -> None:
    people = market(promotion)
    published(promotion)
    offer = offer_of(people["anna"])
    actions.accept_offer(offer, by=people["anna"].candidate)
    answered = Offer.objects.get(pk=offer.pk).answered_at
    actions.accept_offer(offer, by=people["anna"].candidate)
    assert Offer.objects.get(pk=offer.pk).answered_at == answered
    assert len(told("offer_accepted")) == Message.objects.filter(kind="teams/offer_accepted").count() == 1


def test_an_answer_is_final(promotion: Promotion) -> None:
    people = market(promotion)
    published(promotion)
    offer = offer_of(people["anna"])
    actions.decline_offer(offer, by=people["anna"].candidate)
    with pytest.raises(actions.OfferClosed, match="déjà refusé"):
        actions.accept_offer(offer, by=people["anna"].candidate)
    other = offer_of(people["dora"])
    actions.accept_offer(other, by=people["dora"].candidate)
    with pytest.raises(actions.OfferClosed, match="déjà accepté"):
        actions.decline_offer(other, by=people["dora"].candidate)


def test_a_late_answer_is_refused_with_the_official_time(promotion: Promotion) -> None:
    people = market(promotion)
    published(promotion)
    offer = overdue(offer_of(people["anna"]))
    for answer in (actions.accept_offer, actions.decline_offer):
        with pytest.raises(
            actions.OfferClosed, match=r"Le délai de réponse est passé.*heure\sde\sParis.*Nous sommes le"
        ):
            answer(offer, by=people["anna"].candidate)
    assert Offer.objects.get(pk=offer.pk).status == OfferStatus.SENT


def test_the_last_instant_is_accepted(promotion: Promotion) -> None:
    people = market(promotion)
    published(promotion)
    offer = offer_of(people["anna"])
    Promotion.objects.filter(pk=promotion.pk).update(is_rehearsal=True, rehearsal_clock=offer.expires_at)
    actions.accept_offer(offer, by=people["anna"].candidate)
    assert Offer.objects.get(pk=offer.pk).status == OfferStatus.ACCEPTED


def test_offers_left_without_an_answer_expire_once(promotion: Promotion) -> None:
    people = market(promotion)
    published(promotion)
    overdue(offer_of(people["anna"]))
    assert actions.expire_offers(promotion, at=timezone.now()) == 1
    assert actions.expire_offers(at=timezone.now()) == 0
    assert told("offer_expired") == {people["anna"].candidate.email}
    with pytest.raises(actions.OfferClosed, match="Le délai de réponse est passé"):
        actions.accept_offer(Offer.objects.get(application=people["anna"]), by=people["anna"].candidate)


def test_the_reserve_offers_the_freed_seat_to_the_next_who_can_take_it(
    promotion: Promotion, diane: User
) -> None:
    people = market(promotion)
    published(promotion)
    assert reserve_of(people["sea"]).seats_left == 0
    with pytest.raises(actions.NobodyNext, match="Toutes les places"):
        actions.offer_to_next(people["sea"], by=diane, at=timezone.now())
    actions.decline_offer(offer_of(people["anna"]), by=people["anna"].candidate)
    reserve = reserve_of(people["sea"])
    # Basile is better placed but has a place elsewhere: nobody already placed is moved.
    assert [row.application for row in reserve.waiting] == [people["cora"]]
    offer = actions.offer_to_next(people["sea"], by=diane, at=timezone.now(), expecting=people["cora"].number)
    assert (offer.application, offer.trade.code, offer.from_reserve) == (
        people["cora"],
        "developpement",
        True,
    )
    assert told("reserve_offer") == {people["cora"].candidate.email}


def test_a_seat_of_another_trade_is_nobodys(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    published(promotion)
    actions.decline_offer(offer_of(people["dora"]), by=people["dora"].candidate)
    with pytest.raises(actions.NobodyNext, match="ne peut occuper"):
        actions.offer_to_next(people["sea"], by=diane, at=timezone.now())


def test_whoever_refused_leaves_every_reserve(promotion: Promotion) -> None:
    people = market(promotion)
    published(promotion)
    actions.decline_offer(offer_of(people["basile"]), by=people["basile"].candidate)
    actions.decline_offer(offer_of(people["anna"]), by=people["anna"].candidate)
    assert [row.application for row in reserve_of(people["sea"]).waiting] == [people["cora"]]


def test_the_reserve_does_not_outlive_its_date(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    published(promotion)
    actions.decline_offer(offer_of(people["anna"]), by=people["anna"].candidate)
    soon = timezone.now() + timedelta(days=2)
    Promotion.objects.filter(pk=promotion.pk).update(reserve_expires_at=soon)
    offer = actions.offer_to_next(people["sea"], by=diane, at=timezone.now())
    assert offer.expires_at == soon
    actions.decline_offer(offer, by=people["cora"].candidate)
    Promotion.objects.filter(pk=promotion.pk).update(reserve_expires_at=timezone.now() - timedelta(days=1))
    with pytest.raises(actions.ReserveOver):
        actions.offer_to_next(people["sea"], by=diane, at=timezone.now())


def test_a_page_left_open_does_not_offer_to_somebody_else(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    published(promotion)
    actions.decline_offer(offer_of(people["anna"]), by=people["anna"].candidate)
    with pytest.raises(actions.NobodyNext, match="L’ordre a changé"):
        actions.offer_to_next(people["sea"], by=diane, at=timezone.now(), expecting="C-9999")
    assert not told("reserve_offer")


def test_the_database_refuses_more_offers_than_seats(promotion: Promotion) -> None:
    people = market(promotion)
    published(promotion)
    model = offer_of(people["anna"])
    with pytest.raises(DatabaseError, match="no seat left"), transaction.atomic():
        Offer.objects.create(
            promotion=promotion,
            team=model.team,
            application=people["cora"],
            trade=model.trade,
            status=OfferStatus.SENT,
            created_at=timezone.now(),
            sent_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=1),
        )


def test_withdrawing_takes_the_offer_back(promotion: Promotion) -> None:
    people = market(promotion)
    published(promotion)
    offer = offer_of(people["anna"])
    actions.accept_offer(offer, by=people["anna"].candidate)
    assert actions.cancel_offers(people["anna"], by=people["anna"].candidate, at=timezone.now()) == 1
    assert Offer.objects.get(pk=offer.pk).status == OfferStatus.CANCELLED
    assert reserve_of(people["sea"]).seats_left == 1


def test_confirmed_teams_hold_what_was_accepted(promotion: Promotion) -> None:
    people = market(promotion)
    published(promotion)
    for name in ("anna", "dora"):
        actions.accept_offer(offer_of(people[name]), by=people[name].candidate)
    (team,) = confirmed_teams(promotion)
    assert team.team.project == people["sea"]
    assert {offer.application for offer in team.offers} == {people["anna"], people["dora"]}


# --- Races: real threads, real commits ---------------------------------------------------------


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Run the deeds in threads that start together; what each returned, or the exception it raised."""
    results: list[object] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def run(index: int, deed: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[index] = deed()
        except Exception as error:  # noqa: BLE001 — the test looks at it
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index, deed)) for index, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_clicks_at_once_accept_once(promotion_committed: Promotion) -> None:
    people = market(promotion_committed)
    published(promotion_committed)
    offer, anna = offer_of(people["anna"]), people["anna"].candidate
    results = at_once(*[lambda: actions.accept_offer(offer, by=anna)] * 4)
    assert results == [None] * 4
    assert Message.objects.filter(kind="teams/offer_accepted").count() == 1


def test_yes_and_no_at_once_leave_one_answer(promotion_committed: Promotion) -> None:
    people = market(promotion_committed)
    published(promotion_committed)
    offer, anna = offer_of(people["anna"]), people["anna"].candidate
    results = at_once(
        lambda: actions.accept_offer(offer, by=anna), lambda: actions.decline_offer(offer, by=anna)
    )
    assert sum(isinstance(result, actions.OfferClosed) for result in results) == 1
    assert Message.objects.filter(kind__in=["teams/offer_accepted", "teams/offer_declined"]).count() == 1


@pytest.mark.parametrize("milliseconds", [0, 15, 40])
def test_accepting_while_it_expires_gives_one_outcome(
    promotion_committed: Promotion, milliseconds: int
) -> None:
    people = market(promotion_committed)
    published(promotion_committed)
    offer, anna = offer_of(people["anna"]), people["anna"].candidate
    now = timezone.now()
    Offer.objects.filter(pk=offer.pk).update(
        sent_at=now - timedelta(days=16), expires_at=now + timedelta(milliseconds=milliseconds)
    )

    def expire() -> int:
        return sum(actions.expire_offers(promotion_committed, at=timezone.now()) for _ in range(20))

    accepted, expired = at_once(lambda: actions.accept_offer(offer, by=anna), expire)
    kept = Offer.objects.get(pk=offer.pk)
    sent = Message.objects.filter(kind__in=["teams/offer_accepted", "teams/offer_expired"]).count()
    if kept.status == OfferStatus.ACCEPTED:
        assert accepted is None
        assert expired == 0
        assert kept.answered_at <= kept.expires_at
        assert sent == 1
    else:
        assert isinstance(accepted, actions.OfferClosed)
        assert sent == expired


def test_two_staff_at_once_offer_the_seat_once(
    promotion_committed: Promotion, diane: User, denis: User
) -> None:
    people = market(promotion_committed)
    published(promotion_committed)
    actions.decline_offer(offer_of(people["anna"]), by=people["anna"].candidate)
    expecting = people["cora"].number

    def offer(by: User) -> Offer:
        return actions.offer_to_next(people["sea"], by=by, at=timezone.now(), expecting=expecting)

    results = at_once(lambda: offer(diane), lambda: offer(denis))
    assert sum(isinstance(result, Offer) for result in results) == 1
    assert sum(isinstance(result, actions.NobodyNext) for result in results) == 1
    assert Offer.objects.filter(application=people["cora"]).count() == 1


def test_a_failed_publication_leaves_nothing(promotion: Promotion, diane: User) -> None:
    market(promotion)
    scenario = signed(promotion)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM projects_position WHERE id = (SELECT min(id) FROM projects_position)")
    with pytest.raises(actions.InputsChanged):
        actions.publish_results(scenario, by=diane, at=timezone.now())
    assert Scenario.objects.get(pk=scenario.pk).published_at is None
    assert not Team.objects.exists()
    assert not mails().exists()
