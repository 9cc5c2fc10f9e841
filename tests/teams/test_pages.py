"""What the pages of step 5 show, to whom, and at what cost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.evaluation.choices import Stage
from eig.promotions.models import Promotion
from matching.teams import actions
from matching.teams.choices import OfferStatus, ScenarioStatus
from matching.teams.models import Directive, Draw, Offer, Scenario
from tests.factories.ranking import published_project, shortlisted
from tests.factories.teams import (
    candidate,
    computed,
    drawn,
    market,
    offer_of,
    overdue,
    published,
    signed,
    staff_member,
)
from tests.people import phase, signed_in


def url(name: str, *args: object) -> str:
    return reverse(f"teams:{name}", args=args)


# --- The algorithm page --------------------------------------------------------------------------


def test_the_algorithm_page_plays_its_example_with_the_engine(promotion: Promotion, client) -> None:
    page = client.get(url("algorithm_detail"))
    assert page.status_code == 200
    assert [(one.name, one.project) for one in page.context["played"]] == [
        ("Camille", "Forêt"),
        ("Dominique", "Marée"),
        ("Lou", ""),
    ]


def moves(**changes: str) -> dict[str, str]:
    given = {
        "wishes_0": "Marée > Forêt",
        "wishes_1": "Marée > Forêt",
        "wishes_2": "Forêt > Marée",
        "mark_0_0": "4,2",
        "mark_0_1": "4,6",
        "mark_1_0": "4,5",
        "mark_1_1": "4,0",
        "mark_2_0": "3,9",
        "mark_2_1": "4,1",
    }
    return {**given, **changes}


def test_a_better_mark_changes_the_example(promotion: Promotion, client) -> None:
    page = client.get(url("algorithm_detail"), moves(mark_0_0="4,9"))
    assert {one.name: one.project for one in page.context["played"]} == {
        "Camille": "Marée",
        "Dominique": "",
        "Lou": "Forêt",
    }


@pytest.mark.parametrize("bad", ["", "abc", "99", "-1", "4,25", "NaN", "1e3"])
def test_the_example_says_what_is_wrong_with_a_mark(promotion: Promotion, client, bad: str) -> None:
    page = client.get(url("algorithm_detail"), moves(mark_0_0=bad))
    assert page.status_code == 200
    assert page.context["played"] is None
    assert "mark_0_0" in page.context["form"].errors


def test_the_example_is_marked_on_the_scale_of_the_auditions(promotion: Promotion, client) -> None:
    """The scale is data of the promotion's grid: on twenty, 14,5 is a mark and 21 is none."""
    promotion.grids.filter(stage=Stage.AUDITION).update(scale_max=20)
    page = client.get(url("algorithm_detail"), moves(mark_0_0="14,5"))
    assert page.context["played"] is not None
    said = page.content.decode()
    assert "de 0 à 20" in said
    assert "(14,5 sur 20)" in said
    assert "sur 5" not in said
    assert "mark_0_0" in client.get(url("algorithm_detail"), moves(mark_0_0="21")).context["form"].errors


def test_the_example_refuses_an_unknown_order(promotion: Promotion, client) -> None:
    page = client.get(url("algorithm_detail"), moves(wishes_1="Lune > Soleil"))
    assert "wishes_1" in page.context["form"].errors
    assert client.get(url("algorithm_detail"), {"n’importe": "quoi"}).status_code == 200


def test_the_seed_is_public_only_once_revealed(promotion: Promotion, client, diane: User) -> None:
    draw = actions.commit_draw(promotion, by=diane, at=timezone.now())
    page = client.get(url("algorithm_detail")).content.decode()
    assert draw.commitment in page
    assert draw.seed not in page
    actions.reveal_draw(promotion, by=diane, at=timezone.now())
    assert draw.seed in client.get(url("algorithm_detail")).content.decode()


# --- Embargo ---------------------------------------------------------------------------------------


def test_before_the_publication_the_result_does_not_exist_for_candidates(
    promotion: Promotion, alice: User
) -> None:
    people = market(promotion, who=alice)
    scenario = signed(promotion)
    browser = signed_in(alice)
    assert browser.get(url("outcome_detail", people["anna"].code)).status_code == 404
    for name in ("scenario_list", "offer_list", "reserve_list", "scenario_compare"):
        assert browser.get(url(name, promotion.code)).status_code == 404
    assert browser.get(url("scenario_detail", promotion.code, scenario.code)).status_code == 404
    page = browser.get(url("algorithm_detail")).content.decode()
    assert scenario.result_sha256 not in page
    assert "Empreintes du résultat" not in page


def test_the_outcome_shows_nobody_else(promotion: Promotion, alice: User) -> None:
    people = market(promotion, who=alice)
    published(promotion)
    page = signed_in(alice).get(url("outcome_detail", people["anna"].code)).content.decode()
    assert "Marée" in page
    for name in ("basile", "cora", "dora", "denis"):
        assert people[name].candidate.last_name not in page
        assert people[name].number not in page


def test_staff_see_the_cut_offs_and_candidates_do_not(promotion: Promotion, alice: User, diane: User) -> None:
    people = market(promotion, who=alice)
    published(promotion)
    scenario = Scenario.objects.get(status=ScenarioStatus.PUBLISHED)
    staff = signed_in(diane).get(url("scenario_people", promotion.code, scenario.code)).content.decode()
    assert "Seuils" in staff
    own = signed_in(alice).get(url("outcome_detail", people["anna"].code)).content.decode()
    assert "Seuil" not in own


# --- A candidate and their offer -------------------------------------------------------------------


def test_the_offer_tells_its_terms(promotion: Promotion, alice: User) -> None:
    people = market(promotion, who=alice)
    published(promotion)
    page = signed_in(alice).get(url("offer_detail", offer_of(people["anna"]).code)).content.decode()
    for word in ("Marée", "Développement", "3 500", "10\u00a0mois", "23\u00a0h\u00a059"):
        assert word.replace(" ", "\u202f") in page or word in page


def test_names_of_teammates_come_with_ones_own_yes(promotion: Promotion, alice: User) -> None:
    people = market(promotion, who=alice)
    published(promotion)
    offer, mate = offer_of(people["anna"]), offer_of(people["dora"])
    browser, name = signed_in(alice), people["dora"].candidate.last_name
    actions.accept_offer(mate, by=people["dora"].candidate)
    before = browser.get(url("offer_detail", offer.code)).content.decode()
    assert "Design" in before
    assert name not in before
    browser.post(url("offer_accept", offer.code))
    assert name in browser.get(url("offer_detail", offer.code)).content.decode()


def test_a_double_click_accepts_once(promotion: Promotion, alice: User) -> None:
    people = market(promotion, who=alice)
    published(promotion)
    offer, browser = offer_of(people["anna"]), signed_in(alice)
    assert "Oui, j’accepte" in browser.get(url("offer_accept", offer.code)).content.decode()
    first = browser.post(url("offer_accept", offer.code), follow=True)
    second = browser.post(url("offer_accept", offer.code), follow=True)
    for page in (first, second):
        assert "Votre accord est enregistré" in page.content.decode()
    offer.refresh_from_db()
    assert offer.status == OfferStatus.ACCEPTED


def test_a_late_click_reads_the_official_time(promotion: Promotion, alice: User) -> None:
    people = market(promotion, who=alice)
    published(promotion)
    offer = overdue(offer_of(people["anna"]))
    browser = signed_in(alice)
    page = browser.post(url("offer_accept", offer.code), follow=True).content.decode()
    assert "Le délai de réponse est passé" in page
    assert "heure\u00a0de\u00a0Paris" in page
    assert "n’attend plus de réponse" in browser.get(url("offer_accept", offer.code)).content.decode()


def test_nobody_answers_for_somebody_else(
    promotion: Promotion, alice: User, emile: User, diane: User
) -> None:
    people = market(promotion, who=alice)
    published(promotion)
    offer = offer_of(people["anna"])
    for person in (emile, diane, people["dora"].candidate):
        assert signed_in(person).post(url("offer_accept", offer.code)).status_code == 404
        assert signed_in(person).post(url("offer_decline", offer.code)).status_code == 404
    assert signed_in(emile).get(url("offer_detail", offer.code)).status_code == 404
    assert signed_in(diane).get(url("offer_detail", offer.code)).status_code == 200
    offer.refresh_from_db()
    assert offer.status == OfferStatus.SENT


# --- The back office -------------------------------------------------------------------------------


def test_staff_prepare_compute_sign_and_publish(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    browser = signed_in(diane)
    browser.post(url("draw_commit", promotion.code), {"seed": ""})
    browser.post(url("draw_reveal", promotion.code))
    assert Draw.objects.get().revealed_at is not None
    browser.post(url("scenario_create", promotion.code), {"name": "Essai", "enforce_minimum": "on"})
    scenario = Scenario.objects.get()
    where = (promotion.code, scenario.code)
    browser.post(
        url("directive_add", *where),
        {
            "kind": "forbid",
            "application": people["cora"].pk,
            "project": people["sea"].pk,
            "reason": "Lien familial avec le porteur",
        },
    )
    assert Directive.objects.get().reason == "Lien familial avec le porteur"
    browser.post(url("scenario_compute", *where))
    replay = browser.post(url("scenario_replay", *where), follow=True).content.decode()
    assert "mêmes octets" in replay
    assert browser.get(url("scenario_sign", *where)).status_code == 200
    browser.post(url("scenario_sign", *where))
    browser.post(url("results_publish", *where))
    assert not Offer.objects.exists()
    signed_in(staff_member()).post(url("results_publish", *where))
    scenario.refresh_from_db()
    assert (scenario.status, scenario.signed_by) == (ScenarioStatus.PUBLISHED, diane)
    assert Offer.objects.count() == 4


def test_publishing_too_early_says_when_and_sends_nothing(promotion: Promotion, diane: User) -> None:
    market(promotion)
    scenario = signed(promotion)
    phase(promotion, "announcement", opens=timezone.now() + timedelta(days=2))
    page = signed_in(diane).post(url("results_publish", promotion.code, scenario.code), follow=True)
    assert "ouvre le" in page.content.decode()
    assert not Offer.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "pin", "application": "abc", "project": "0", "reason": "x"},
        {"kind": "perdre", "application": "999999999999999999999", "project": "1", "reason": "x"},
        {"kind": "pin", "application": "1", "project": "1", "reason": "x" * 301},
    ],
)
def test_a_bad_directive_gets_a_sentence(promotion: Promotion, diane: User, data: dict[str, str]) -> None:
    market(promotion)
    scenario = actions.create_scenario(promotion, name="Essai", by=diane, at=timezone.now())
    page = signed_in(diane).post(url("directive_add", promotion.code, scenario.code), data)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not Directive.objects.exists()


def test_a_directive_on_a_stranger_keeps_what_was_typed(promotion: Promotion, diane: User) -> None:
    people, stranger = market(promotion), shortlisted(promotion)
    scenario = actions.create_scenario(promotion, name="Essai", by=diane, at=timezone.now())
    data = {
        "kind": "pin",
        "application": stranger.pk,
        "project": people["sea"].pk,
        "reason": "Un binôme soudé",
    }
    page = signed_in(diane).post(url("directive_add", promotion.code, scenario.code), data)
    assert page.status_code == 200
    assert "ni vœux certifiés ni audition" in page.content.decode()
    assert "Un binôme soudé" in page.content.decode()
    assert not Directive.objects.exists()


def test_the_reasons_of_one_person_are_found_by_name(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    scenario, browser = computed(promotion), signed_in(diane)
    name = people["cora"].candidate.last_name.upper().replace("A", "À")
    where = url("scenario_people", promotion.code, scenario.code)
    for wanted in (name, str(people["cora"].number)):
        page = browser.get(where, {"q": wanted})
        assert [row.application for row in page.context["readings"]] == [people["cora"]]
    assert browser.get(where, {"q": "personne"}).context["readings"] == []
    assert len(browser.get(where).context["readings"]) == 5


def test_a_directive_of_another_promotion_is_refused(promotion: Promotion, diane: User) -> None:
    market(promotion)
    scenario = actions.create_scenario(promotion, name="Essai", by=diane, at=timezone.now())
    browser = signed_in(diane)
    assert browser.get(url("scenario_detail", "autre", scenario.code)).status_code == 404
    gone = browser.post(
        url("directive_remove", promotion.code, scenario.code), {"application": "C-1", "project": "?"}
    )
    assert gone.status_code == 404


def test_bad_addresses_are_not_found_or_empty_never_errors(promotion: Promotion, diane: User) -> None:
    browser = signed_in(diane)
    page = browser.get(url("scenario_compare", promotion.code), {"scenario": ["x", "00000000", "'"]})
    assert page.status_code == 200
    assert browser.get(url("offer_list", promotion.code), {"page": "zéro", "status": "x"}).status_code == 200
    assert browser.post(url("scenario_create", promotion.code), {"name": "n" * 500}).status_code == 302
    assert not Scenario.objects.exists()


def test_the_reserve_is_used_in_one_click(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    published(promotion)
    actions.decline_offer(offer_of(people["anna"]), by=people["anna"].candidate)
    browser = signed_in(diane)
    page = browser.get(url("reserve_list", promotion.code)).content.decode()
    assert people["cora"].number in page
    where = url("reserve_offer", promotion.code, people["sea"].code)
    browser.post(where, {"candidate": people["cora"].number})
    browser.post(where, {"candidate": people["cora"].number})
    browser.post(where)
    assert Offer.objects.filter(from_reserve=True).count() == 1


# --- Cost --------------------------------------------------------------------------------------------


def cost(browser, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def crowd(promotion: Promotion, number: int) -> None:
    promotion.wishes_min = 1
    promotion.save()
    for index in range(number):
        project = published_project(promotion, f"Projet {index:02d}")
        candidate(promotion, [project])
        candidate(promotion, [project], trades=("design",))


@pytest.mark.parametrize(
    "page",
    [
        lambda p, s: url("scenario_list", p.code),
        lambda p, s: url("scenario_detail", p.code, s.code),
        lambda p, s: url("scenario_people", p.code, s.code),
        lambda p, s: url("scenario_compare", p.code),
        lambda p, s: url("offer_list", p.code),
        lambda p, s: url("reserve_list", p.code),
    ],
    ids=[
        "scenario_list",
        "scenario_detail",
        "scenario_people",
        "scenario_compare",
        "offer_list",
        "reserve_list",
    ],
)
def test_many_rows_cost_as_few(
    promotion: Promotion, diane: User, page: Callable[[Promotion, Scenario], str]
) -> None:
    browser = signed_in(diane)
    costs = []
    crowd(promotion, 2)
    drawn(promotion)
    first = computed(promotion)
    browser.get(page(promotion, first))
    costs.append(cost(browser, page(promotion, first)))
    crowd(promotion, 12)
    second = computed(promotion, name="Plus grand")
    actions.sign_scenario(second, by=diane, at=timezone.now())
    actions.publish_results(second, by=staff_member(), at=timezone.now())
    for offer in Offer.objects.order_by("pk")[:9]:
        actions.decline_offer(offer, by=offer.application.candidate)
    costs.append(cost(browser, page(promotion, second)))
    assert costs[1] <= costs[0] + 2
    assert costs[1] <= 15


def test_ones_space_leads_to_the_reasons_once_published(promotion: Promotion, alice: User) -> None:
    people = market(promotion)
    cora = signed_in(people["cora"].candidate)
    signed_scenario = signed(promotion)
    where = url("outcome_detail", people["cora"].code)
    assert where not in cora.get(reverse("journey:dashboard")).content.decode()
    actions.publish_results(signed_scenario, by=alice, at=timezone.now())
    assert where in cora.get(reverse("journey:dashboard")).content.decode()
    placed = signed_in(people["anna"].candidate).get(reverse("journey:dashboard")).content.decode()
    assert url("offer_detail", offer_of(people["anna"]).code) in placed
    assert url("outcome_detail", people["anna"].code) not in placed


def test_whoever_no_jury_heard_is_promised_no_reserve(promotion: Promotion, alice: User) -> None:
    """Certified wishes and no mark: the page says so."""
    people = market(promotion)
    unheard = candidate(promotion, [people["sea"], people["forest"]], points={})
    actions.publish_results(signed(promotion), by=alice, at=timezone.now())
    page = signed_in(unheard.candidate).get(url("outcome_detail", unheard.code)).text
    assert "Aucun jury ne vous a entendu·e" in page
    assert "Vous restez en liste complémentaire" not in page
    heard = signed_in(people["cora"].candidate).get(url("outcome_detail", people["cora"].code)).text
    assert "Vous restez en liste complémentaire" in heard
