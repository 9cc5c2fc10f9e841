"""The reserve of the preselection, and what nobody learns before its hour."""

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from candidates.actions import propose_decisions, withdraw_application_record
from candidates.choices import Outcome, Status
from candidates.models import Application, Decision
from candidates.queries import decision_told, own_applications
from candidates.rules import Standing, kept, reserved
from candidates.rules.board import TradeNeed, board_total, trade_line
from eig.mail.models import Message
from eig.waves.actions import NothingToDecide, propose_decision, publish_wave
from rehearsal.agreeing import agree
from tests.factories import candidates as make
from tests.people import signed_in

standings = st.lists(
    st.builds(
        Standing,
        application=st.integers(1, 60),
        score=st.integers(0, 20),
        trades=st.sampled_from([("a",), ("b",), ("a", "b")]),
    ),
    unique_by=lambda item: item.application,
    max_size=30,
)


@given(standings, st.integers(0, 6), st.integers(0, 6))
def test_the_reserve_is_what_follows_with_ties_together(rows, tops, count):
    chosen = kept(rows, tops={"a": tops})
    found = reserved(rows, kept=chosen, reserves={"a": count})
    left = sorted(
        (row.score for row in rows if "a" in row.trades and row.application not in chosen), reverse=True
    )
    assert not chosen & set(found)
    assert len(found) >= min(count, len(left))
    for row in rows:
        if row.application in found:
            assert found[row.application] == 1 + sum(score > row.score for score in left)
    if found and count:
        worst = min(row.score for row in rows if row.application in found)
        assert all(
            row.application in found
            for row in rows
            if "a" in row.trades and row.application not in chosen and row.score >= worst
        )


@given(standings, st.integers(0, 10), st.integers(0, 10))
def test_the_board_tells_what_the_proposal_would_do(rows, tops, seats):
    line = trade_line("a", rows, asked=tops, need=TradeNeed(seats, 4))
    chosen = kept(rows, tops={"a": tops})
    assert line.kept == len(chosen) == board_total(rows, tops={"a": tops})
    assert line.need.auditions == seats * 4
    if line.last is not None and line.first_out is not None:
        assert line.first_out < line.last


def reserved_one(promotion, diane, denis):
    application = make.read_twice(make.submitted(promotion))
    wave = make.wave(promotion, diane)
    propose_decision(
        application,
        wave=wave,
        outcome=Outcome.RESERVED,
        reason="Un bon dossier.",
        by=diane,
        at=timezone.now(),
        reserve_rank=2,
    )
    agree(wave, by=denis, at=timezone.now())
    publish_wave(wave, at=timezone.now())
    application.refresh_from_db()
    return application


def test_a_place_on_the_reserve_is_told_with_its_rank(promotion, diane, denis):
    application = reserved_one(promotion, diane, denis)
    assert application.status == Status.RESERVED
    letter = Message.objects.get(kind="candidates/application_reserved")
    assert "au rang 2" in letter.body
    page = signed_in(application.candidate).get(
        reverse("candidates:application_detail", args=[application.code])
    )
    assert "liste complémentaire" in page.content.decode()


@pytest.mark.parametrize("outcome", [Outcome.SHORTLISTED, Outcome.DECLINED])
def test_the_reserve_is_called_or_ended_by_another_wave_and_history_stays(promotion, diane, denis, outcome):
    application = reserved_one(promotion, diane, denis)
    make.decided(promotion, application, outcome=outcome, staff=(diane, denis))
    assert application.status == str(outcome)
    assert application.decisions.count() == 2
    assert decision_told(application).outcome == outcome


def test_what_is_on_the_reserve_is_not_reserved_again_and_may_withdraw(promotion, diane, denis):
    application = reserved_one(promotion, diane, denis)
    again = make.wave(promotion, diane)
    told = {"reason": "Encore.", "by": diane, "at": timezone.now()}
    with pytest.raises(NothingToDecide):
        propose_decision(application, wave=again, outcome=Outcome.RESERVED, **told)
    propose_decision(application, wave=again, outcome=Outcome.DECLINED, **told)
    withdraw_application_record(application, by=application.candidate, at=timezone.now())
    assert application.status == Status.WITHDRAWN
    assert list(application.decisions.values_list("outcome", flat=True)) == ["reserved"]


def test_a_bulk_proposal_fills_the_reserve(promotion, diane):
    rows = [make.read_twice(make.submitted(promotion), mark, mark) for mark in (5, 4, 3, 2)]
    wave = make.wave(promotion, diane)
    client = signed_in(diane)
    client.post(
        reverse("candidates:staff_wave_propose", args=[promotion.code, wave.code]),
        {"top_developpement": 1, "reserve_developpement": 2, "decline_others": "on"},
    )
    found = {row.application_id: (row.outcome, row.reserve_rank) for row in Decision.objects.all()}
    assert [found[row.pk] for row in rows] == [
        ("shortlisted", None),
        ("reserved", 1),
        ("reserved", 2),
        ("declined", None),
    ]


def test_a_second_bulk_proposal_goes_on_after_the_ranks_already_given(promotion, diane):
    rows = [make.read_twice(make.submitted(promotion), mark, mark) for mark in (5, 4, 3)]
    wave = make.wave(promotion, diane)
    client = signed_in(diane)
    address = reverse("candidates:staff_wave_propose", args=[promotion.code, wave.code])
    client.post(address, {"top_developpement": 1, "reserve_developpement": 1})
    client.post(address, {"top_developpement": 0, "reserve_developpement": 1})
    found = dict(Decision.objects.values_list("application_id", "reserve_rank"))
    assert [found[row.pk] for row in rows] == [None, 1, 2]


def test_without_declining_others_only_the_chosen_are_proposed(promotion, diane):
    rows = [make.read_twice(make.submitted(promotion)) for _ in range(3)]
    wave = make.wave(promotion, diane)
    propose_decisions(
        wave, kept={rows[0].pk}, reserve={rows[1].pk: 1}, decline_others=False, by=diane, at=timezone.now()
    )
    assert set(Decision.objects.values_list("application_id", flat=True)) == {rows[0].pk, rows[1].pk}


CANARY = "canaridecision"


def test_nothing_of_a_decision_leaves_before_its_hour(promotion, diane, denis):
    """Page, list, detail, receipt, ledger of mails, dashboard: the same before and after the validation."""
    application = make.read_twice(make.submitted(promotion))
    other = make.read_twice(make.submitted(promotion))
    client, rival = signed_in(application.candidate), signed_in(other.candidate)
    address = [application.code]
    pages = [
        reverse("journey:dashboard"),
        reverse("journey:message_list"),
        reverse("candidates:application_list"),
        reverse("candidates:application_detail", args=address),
        reverse("candidates:application_receipt", args=address),
        reverse("candidates:application_anonymous", args=address),
        reverse("candidates:pool_edit", args=[promotion.programme.code]),
        reverse("journey:home"),
        reverse("candidates:call", args=[promotion.code]),
    ]

    def seen(browser) -> list[str]:
        bodies = [browser.get(page).content.decode() for page in pages]
        return [body[body.index("<main") : body.index("</main>")] for body in bodies if "<main" in body]

    before = seen(client)
    wave = make.wave(promotion, diane)
    for row, outcome in ((application, Outcome.RESERVED), (other, Outcome.SHORTLISTED)):
        propose_decision(
            row,
            wave=wave,
            outcome=outcome,
            reason=f"Un motif {CANARY}.",
            by=diane,
            at=timezone.now(),
            reserve_rank=7 if outcome == Outcome.RESERVED else None,
        )
    agree(wave, by=denis, at=timezone.now())
    assert Message.objects.filter(batch=f"wave:{wave.code}").count() == 2
    after = seen(client)
    assert not any(CANARY in body for body in [*after, *seen(rival)])
    assert [len(body) for body in before] == [len(body) for body in after]
    held = Message.objects.filter(batch=f"wave:{wave.code}").first()
    assert client.get(reverse("journey:message_detail", args=[held.code])).status_code == 404
    assert own_applications(application.candidate).get().status == Status.SUBMITTED
    publish_wave(wave, at=timezone.now())
    assert CANARY in "".join(seen(client))
    assert Application.objects.get(pk=application.pk).status == Status.RESERVED
    mine = Message.objects.get(batch=f"wave:{wave.code}", to_person=application.candidate)
    assert CANARY in client.get(reverse("journey:message_detail", args=[mine.code])).content.decode()
    assert rival.get(reverse("journey:message_detail", args=[mine.code])).status_code == 404


def test_the_board_counts_seats_and_proposes_into_a_wave(promotion, diane):
    for mark in (5, 4, 3):
        make.read_twice(make.submitted(promotion), mark, mark)
    make.wave(promotion, diane)
    client = signed_in(diane)
    address = reverse("journey:staff_shortlist_board", args=[promotion.code])
    page = client.get(address, {"top_developpement": 2, "per_seat": 3}).content.decode()
    assert "2\u00a0personnes présélectionnées" in page
    assert "4,00" in page
    assert "Proposer dans cette vague" in page
    assert client.get(address, {"top_developpement": "x", "per_seat": "-4"}).status_code == 200
