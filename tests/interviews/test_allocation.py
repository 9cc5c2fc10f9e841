"""Three rounds: wishes, another project with consent and again after a refusal, second auditions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.models import Application
from eig.accounts.models import User
from eig.promotions.models import Promotion
from matching.interviews.actions import accept_proposal, decline_proposal
from matching.interviews.actions.allocation import allocate, retain_round
from matching.interviews.actions.week import set_rules
from matching.interviews.models import Allocation, Audition, Proposal
from matching.interviews.queries.allocation import hall_of, viability, wish_lines
from matching.interviews.rules.allocation import Hall, per_place, question, room_left, to_add
from matching.ranking.actions import accept_other_project
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import signed_in

pytestmark = pytest.mark.django_db
TRADES = ["developpement"]


def rules(promotion: Promotion, by: User, *, per_place: int) -> None:
    """A single wish may be certified here: two projects are enough to tell the rounds apart."""
    promotion.wishes_min = 1
    promotion.save(update_fields=["wishes_min"])
    set_rules(
        promotion, per_place=per_place, least_per_place=1, most_each=2, pause_minutes=0, rooms=["Salle A"],
        panel={"agent": 1, "dinum": 1}, by=by, at=timezone.now(),
    )  # fmt: skip


def heard() -> set[tuple[int, int]]:
    return set(Audition.objects.values_list("application_id", "project_id"))


def people(promotion: Promotion, *scores: int) -> list[Application]:
    return [shortlisted(promotion, score=score) for score in scores]


def test_the_best_dossiers_first_and_who_did_not_certify_is_not_heard(
    promotion: Promotion, diane: User
) -> None:
    rules(promotion, diane, per_place=1)
    projects = [published_project(promotion, trades=TRADES) for _ in range(3)]
    rows = people(promotion, 900, 600, 300, 150)
    for application in rows:
        ranking(application, projects, certified=True)
    silent = shortlisted(promotion, score=1200)
    ranking(silent, projects)
    assert retain_round(promotion, turn="first", by=diane, at=timezone.now()) == 3
    assert {one for one, _ in heard()} == {application.pk for application in rows[:3]}
    assert retain_round(promotion, turn="first", by=diane, at=timezone.now()) == 0
    kept = Allocation.objects.get()
    assert (kept.round, kept.added, kept.verdict) == ("first", 3, "ok")
    reasons = [line.reason.code for line in wish_lines(rows[3], hall_of(promotion))]
    assert reasons == ["outranked"] * 3


def test_a_refusal_runs_again_without_what_was_refused(promotion: Promotion, diane: User) -> None:
    rules(promotion, diane, per_place=1)
    wished = published_project(promotion, trades=TRADES)
    others = [published_project(promotion, trades=TRADES) for _ in range(2)]
    best, rest = people(promotion, 900, 100)
    for application in (best, rest):
        ranking(application, [wished], certified=True)
    retain_round(promotion, turn="first", by=diane, at=timezone.now())
    assert retain_round(promotion, turn="fallback", by=diane, at=timezone.now()) == 1
    first = Proposal.objects.get()
    assert first.application == rest
    assert first.project in others
    # It waits: nothing more is proposed, its place is kept.
    assert retain_round(promotion, turn="fallback", by=diane, at=timezone.now()) == 0
    decline_proposal(first, by=rest.candidate)
    assert retain_round(promotion, turn="fallback", by=diane, at=timezone.now()) == 1
    second = Proposal.objects.exclude(pk=first.pk).get()
    assert {first.project, second.project} == set(others)
    accept_proposal(second, by=rest.candidate)
    assert heard() == {(best.pk, wished.pk), (rest.pk, second.project_id)}


def test_who_wants_only_their_wishes_is_proposed_nothing(promotion: Promotion, diane: User) -> None:
    rules(promotion, diane, per_place=1)
    wished = published_project(promotion, trades=TRADES)
    published_project(promotion, trades=TRADES)
    best, rest = people(promotion, 900, 100)
    ranking(best, [wished], certified=True)
    row = ranking(rest)
    accept_other_project(row, accepts=False, version=row.version, by=rest.candidate)
    retain_round(promotion, turn="first", by=diane, at=timezone.now())
    assert retain_round(promotion, turn="fallback", by=diane, at=timezone.now()) == 0


def test_a_second_audition_takes_only_what_is_left(promotion: Promotion, diane: User) -> None:
    rules(promotion, diane, per_place=1)
    projects = [published_project(promotion, trades=TRADES) for _ in range(3)]
    best, rest = people(promotion, 900, 100)
    for application in (best, rest):
        ranking(application, projects, certified=True)
    retain_round(promotion, turn="first", by=diane, at=timezone.now())
    assert retain_round(promotion, turn="second", by=diane, at=timezone.now()) == 1
    assert (best.pk, projects[2].pk) in heard()
    assert retain_round(promotion, turn="second", by=diane, at=timezone.now()) == 0
    assert Audition.objects.filter(round="second").count() == 1
    assert [line.reason.code for line in wish_lines(rest, hall_of(promotion))] == [
        "not_reached", "heard", "not_reached",
    ]  # fmt: skip


def test_a_place_that_nobody_could_take_is_the_first_shown(promotion: Promotion, diane: User) -> None:
    rules(promotion, diane, per_place=1)
    wished = published_project(promotion, trades=TRADES)
    published_project(promotion, trades=["droit-du-numerique"])
    ranking(people(promotion, 900)[0], [wished], certified=True)
    retain_round(promotion, turn="first", by=diane, at=timezone.now())
    lines = viability(promotion, hall_of(promotion))
    assert (lines[0].trade.code, lines[0].line.risk) == ("droit-du-numerique", "vide")
    page = signed_in(diane).get(reverse("interviews:audition_plan", args=[promotion.code])).content.decode()
    assert "Équipe en danger" in page


def test_a_new_certified_person_is_added_without_moving_anybody(promotion: Promotion, diane: User) -> None:
    rules(promotion, diane, per_place=1)
    projects = [published_project(promotion, trades=TRADES) for _ in range(2)]
    ranking(people(promotion, 100)[0], projects, certified=True)
    retain_round(promotion, turn="first", by=diane, at=timezone.now())
    before = heard()
    late = shortlisted(promotion, score=900)
    ranking(late, projects, certified=True)
    assert allocate(promotion).verdict == "ok"
    retain_round(promotion, turn="first", by=diane, at=timezone.now() + timedelta(minutes=1))
    assert before <= heard()
    assert len({project for _, project in heard()}) == len(heard())


def hall(**changes: object) -> Hall:
    return Hall(
        **{
            "wishes": {1: (7, 8), 2: (7,), 3: (8,)}, "scores": {1: 300, 2: 200, 3: 100},
            "trades": {1: {1}, 2: {1}, 3: {1, 2}}, "seats": {(7, 1): 1, (8, 1): 1, (8, 2): 1},
            "per_place": 1, "least_per_place": 1, "most_each": 2, "seed": "essai", "held": set(),
            "willing": {2}, "settled": {(2, 8)}, **changes,
        }
    )  # fmt: skip


def test_what_was_refused_is_forbidden_and_what_waits_is_last_in_the_list() -> None:
    asked = question(hall(held={(2, 8)}))
    assert ["2", "8"] not in asked["forbid"]
    assert next(one for one in asked["candidates"] if one["id"] == "2")["ranks"] == ["7", "8"]
    assert ["2", "8"] in question(hall())["forbid"]


def test_room_is_taken_from_the_trades_of_those_heard() -> None:
    assert room_left(hall(held={(3, 8)}), 8) == [{"job": "1", "count": 1}]
    assert room_left(hall(held={(1, 8)}), 8) == [{"job": "2", "count": 1}]
    assert [(line.project, line.trade, line.heard) for line in per_place(hall(held={(3, 8)}))] == [
        (7, 1, 0), (8, 1, 1), (8, 2, 1),
    ]  # fmt: skip


def test_nothing_is_added_twice() -> None:
    found = {"first": {"1": "7", "3": "8"}, "second": {"1": "8"}}
    assert to_add(hall(), found, turn="first") == [(1, 7), (3, 8)]
    assert to_add(hall(held={(1, 7)}), found, turn="first") == [(3, 8)]
    assert to_add(hall(held={(1, 7)}), found, turn="second") == [(1, 8)]
    assert to_add(hall(), found, turn="second") == []
