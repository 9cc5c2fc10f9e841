"""The draw is sealed, scenarios are frozen, checked, signed by a person."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.promotions.models import Promotion
from journey.actions.withdrawal import withdraw_application
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition
from matching.stable.canonical import canonical_json, fingerprint
from matching.stable.lottery import seed_commitment
from matching.teams import actions
from matching.teams.checker import check_team
from matching.teams.choices import DirectiveKind, ScenarioStatus
from matching.teams.engine import solve_team
from matching.teams.models import Draw, Scenario
from matching.teams.queries import difference, reading_of
from tests.factories.ranking import published_project, shortlisted
from tests.factories.teams import candidate, computed, drawn, heard, market, published, signed
from tests.people import signed_in


def test_the_seed_is_sealed_once_and_shown_later(promotion: Promotion, diane: User) -> None:
    draw = actions.commit_draw(promotion, by=diane, at=timezone.now(), seed="promo-2026:graine")
    assert draw.commitment == seed_commitment("promo-2026:graine")
    assert draw.revealed_at is None
    with pytest.raises(actions.DrawSealed):
        actions.commit_draw(promotion, by=diane, at=timezone.now())
    assert actions.reveal_draw(promotion, by=diane, at=timezone.now()).revealed_at is not None


def test_nobody_chooses_a_seed_once_numbers_are_known(promotion: Promotion, diane: User) -> None:
    shortlisted(promotion)
    with pytest.raises(actions.DrawSealed, match="ne peut plus être choisie"):
        actions.commit_draw(promotion, by=diane, at=timezone.now(), seed="ma préférée")
    assert actions.commit_draw(promotion, by=diane, at=timezone.now()).seed.startswith(promotion.code)


def test_a_sealed_seed_cannot_be_changed_by_any_code(promotion: Promotion) -> None:
    drawn(promotion)
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        Draw.objects.update(seed="une autre")
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        Draw.objects.all().delete()


def test_the_seed_stays_secret_while_an_audition_is_pending(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    Audition.objects.filter(application=people["anna"], project=people["sea"]).update(
        status=AuditionStatus.PLACED
    )
    actions.commit_draw(promotion, by=diane, at=timezone.now())
    with pytest.raises(actions.AuditionsPending, match="1 audition reste"):
        actions.reveal_draw(promotion, by=diane, at=timezone.now())


def test_nothing_is_computed_before_the_draw_is_shown(promotion: Promotion, diane: User) -> None:
    market(promotion)
    actions.commit_draw(promotion, by=diane, at=timezone.now())
    scenario = actions.create_scenario(promotion, name="Trop tôt", by=diane, at=timezone.now())
    with pytest.raises(actions.DrawMissing):
        actions.compute_scenario(scenario, by=diane, at=timezone.now())
    scenario.refresh_from_db()
    assert scenario.status == ScenarioStatus.DRAFT


def test_wishes_scores_and_trades_give_the_teams(promotion: Promotion) -> None:
    people = market(promotion)
    scenario = computed(promotion)
    assert scenario.verdict == "ok"
    number = {name: record.number for name, record in people.items()}
    assert scenario.result["assignment"] == {
        number["anna"]: number["sea"],
        number["dora"]: number["sea"],
        number["basile"]: number["forest"],
        number["denis"]: number["forest"],
    }
    reading = reading_of(scenario)
    assert [team.project.title for team in reading.teams] == ["Forêt", "Marée"]
    assert [str(member.trade) for member in reading.teams[0].members] == ["Design", "Développement"]
    assert reading.figures.placed == 4
    assert reading.figures.choices[:2] == (2, 2)


def test_no_name_and_no_person_enter_the_instance(promotion: Promotion) -> None:
    people = market(promotion)
    scenario = computed(promotion)
    text = json.dumps(scenario.instance)
    for name in ("anna", "basile", "cora", "dora", "denis"):
        assert people[name].candidate.last_name not in text
        assert people[name].candidate.email not in text
    assert set(scenario.instance["candidates"][0]) == {"id", "jobs", "ranks"}


def test_uncertified_wishes_and_auditions_not_held_do_not_count(promotion: Promotion) -> None:
    promotion.wishes_min = 1
    promotion.save()
    sea = published_project(promotion, "Marée")
    uncertified = candidate(promotion, [sea], certified=False, points={})
    absent = candidate(promotion, [sea], points=50)
    Audition.objects.filter(application=absent).update(status=AuditionStatus.ABSENT)
    one, two = candidate(promotion, [sea]), candidate(promotion, [sea], trades=("design",))
    scenario = computed(promotion)
    assert uncertified.number not in {entry["id"] for entry in scenario.instance["candidates"]}
    assert set(scenario.result["assignment"]) == {one.number, two.number}
    assert scenario.result["reasons"][absent.number][sea.number] == "no_score"


def test_a_project_heard_outside_the_wishes_comes_after_them(promotion: Promotion) -> None:
    people = market(promotion)
    other = published_project(promotion, "Lande")
    heard(people["cora"], other, points=28)
    scenario = computed(promotion)
    entry = next(one for one in scenario.instance["candidates"] if one["id"] == people["cora"].number)
    assert entry["ranks"] == [people["sea"].number, people["forest"].number, other.number]


def test_a_project_without_enough_people_closes(promotion: Promotion) -> None:
    people = market(promotion)
    lonely = published_project(promotion, "Désert")
    candidate(promotion, [lonely, people["sea"]], points=29)
    strict, loose = computed(promotion), computed(promotion, name="Sans minimum", enforce=False)
    assert lonely.number in strict.result["closed"]
    assert loose.result["closed"] == []


def test_replaying_gives_the_same_bytes(promotion: Promotion, diane: User) -> None:
    market(promotion)
    scenario = computed(promotion)
    kept = Scenario.objects.get(pk=scenario.pk)
    assert canonical_json(solve_team(kept.instance)) == canonical_json(kept.result)
    assert fingerprint(kept.instance) == kept.instance_sha256
    assert fingerprint(kept.result) == kept.result_sha256
    assert actions.replay_scenario(kept, by=diane, at=timezone.now()).is_faithful


def test_a_computed_scenario_is_frozen_in_the_database(promotion: Promotion) -> None:
    market(promotion)
    scenario = computed(promotion)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Scenario.objects.filter(pk=scenario.pk).update(result={"status": "ok", "assignment": {}})
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        scenario.delete()


def tamper(scenario: Scenario, result: dict) -> None:
    """What somebody with the keys of the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE teams_scenario SET result = %s, result_sha256 = %s WHERE id = %s",
            [json.dumps(result), fingerprint(result), scenario.pk],
        )
        cursor.execute("SET session_replication_role = origin")


def test_a_tampered_result_is_not_signed(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    scenario = computed(promotion)
    assignment = dict(scenario.result["assignment"])
    assignment[people["cora"].number] = assignment.pop(people["basile"].number)
    forged = {**scenario.result, "assignment": assignment}
    assert not check_team(scenario.instance, forged).ok
    tamper(scenario, forged)
    scenario.refresh_from_db()
    with pytest.raises(actions.NotChecked):
        actions.sign_scenario(scenario, by=diane, at=timezone.now())
    scenario.refresh_from_db()
    assert scenario.status == ScenarioStatus.COMPUTED


def test_a_refused_verdict_is_never_signed_even_by_an_update(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    scenario = actions.create_scenario(promotion, name="Impossible", by=diane, at=timezone.now())
    drawn(promotion, by=diane)
    for name in ("anna", "basile"):
        # Two developers in the one seat of a developer.
        actions.add_directive(
            scenario,
            kind=DirectiveKind.PIN,
            application=people[name],
            project=people["sea"],
            reason="Essai",
            by=diane,
            at=timezone.now(),
        )
    actions.compute_scenario(scenario, by=diane, at=timezone.now())
    assert scenario.verdict == "infeasible"
    with pytest.raises(actions.NotChecked, match="Aucune répartition"):
        actions.sign_scenario(scenario, by=diane, at=timezone.now())
    with pytest.raises(DatabaseError, match="only_checked_results_are_signed"), transaction.atomic():
        Scenario.objects.filter(pk=scenario.pk).update(status="signed", signed_by=diane)


def test_what_changed_since_the_run_forbids_the_signature(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    scenario = computed(promotion)
    Audition.objects.filter(application=people["cora"], project=people["sea"]).update(score=40 * 60)
    with pytest.raises(actions.InputsChanged):
        actions.sign_scenario(scenario, by=diane, at=timezone.now())


def test_after_the_publication_no_other_scenario_offers_its_signature(
    promotion: Promotion, diane: User
) -> None:
    """Faults m78: it was offered, and refused once clicked."""
    market(promotion)
    other, client = computed(promotion), signed_in(diane)
    page = reverse("teams:scenario_detail", args=[promotion.code, other.code])
    assert "Signer ce scénario" in client.get(page).content.decode()
    published(promotion)
    assert "Signer ce scénario" not in client.get(page).content.decode()
    sign = reverse("teams:scenario_sign", args=[promotion.code, other.code])
    shown = client.get(sign).content.decode()
    assert "Ce scénario ne se signe pas" in shown
    assert "Signer en mon nom" not in shown


def test_one_scenario_is_signed_at_a_time(promotion: Promotion, diane: User) -> None:
    market(promotion)
    first = signed(promotion)
    second = computed(promotion, name="Autre")
    with pytest.raises(actions.ScenarioFrozen, match="déjà signé"):
        actions.sign_scenario(second, by=diane, at=timezone.now())
    actions.unsign_scenario(first, by=diane, at=timezone.now())
    actions.sign_scenario(second, by=diane, at=timezone.now())
    second.refresh_from_db()
    assert second.signed_by == diane


def test_directives_change_the_result_and_say_who_could_complain(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    plain = computed(promotion)
    pinned = actions.copy_scenario(plain, name="Cora en Marée", by=diane, at=timezone.now())
    actions.add_directive(
        pinned,
        kind=DirectiveKind.PIN,
        application=people["cora"],
        project=people["sea"],
        reason="Binôme déjà constitué avec le porteur",
        by=diane,
        at=timezone.now(),
    )
    actions.compute_scenario(pinned, by=diane, at=timezone.now())
    assert pinned.verdict == "ok"
    change = difference(plain, pinned)
    assert {(move.number, move.verdict) for move in change.moves} == {
        (people["cora"].number, "better"),
        (people["anna"].number, "worse"),
        (people["basile"].number, "worse"),
    }
    assert {(claim.number, claim.project) for claim in change.blocking} == {
        (people["anna"].number, "Marée"),
        (people["basile"].number, "Marée"),
    }


def test_a_forbidden_pair_is_not_formed(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    drawn(promotion, by=diane)
    scenario = actions.create_scenario(promotion, name="Sans Anna en Marée", by=diane, at=timezone.now())
    actions.add_directive(
        scenario,
        kind=DirectiveKind.FORBID,
        application=people["anna"],
        project=people["sea"],
        reason="Lien de parenté avec le porteur",
        by=diane,
        at=timezone.now(),
    )
    actions.compute_scenario(scenario, by=diane, at=timezone.now())
    assert scenario.result["assignment"][people["anna"].number] == people["forest"].number
    assert scenario.result["reasons"][people["anna"].number][people["sea"].number] == "forbidden"


def test_a_directive_needs_a_reason_and_comes_before_the_run(promotion: Promotion, diane: User) -> None:
    people = market(promotion)
    scenario = computed(promotion)
    given = {
        "kind": DirectiveKind.PIN,
        "application": people["cora"],
        "project": people["sea"],
        "by": diane,
        "at": timezone.now(),
    }
    with pytest.raises(actions.ScenarioFrozen):
        actions.add_directive(scenario, reason="Trop tard", **given)
    draft = actions.create_scenario(promotion, name="Brouillon", by=diane, at=timezone.now())
    with pytest.raises(actions.BadDirective, match="motif"):
        actions.add_directive(draft, reason="  ", **given)
    actions.add_directive(draft, reason="Une raison", **given)
    with pytest.raises(actions.BadDirective, match="déjà"):
        actions.add_directive(draft, reason="La même", **given)


def test_nobody_is_pinned_who_is_not_in_the_matching(promotion: Promotion, diane: User) -> None:
    """Neither when the directive is written, nor when somebody left since: said by name, never an error."""
    people = market(promotion)
    drawn(promotion, by=diane)
    draft = actions.create_scenario(promotion, name="Essai", by=diane, at=timezone.now())
    given = {"kind": DirectiveKind.PIN, "reason": "Une raison", "by": diane, "at": timezone.now()}
    stranger = shortlisted(promotion)
    with pytest.raises(actions.BadDirective, match="ni vœux certifiés ni audition"):
        actions.add_directive(draft, application=stranger, project=people["sea"], **given)
    data = published_project(promotion, "Dune", trades=("data-science",))
    with pytest.raises(actions.BadDirective, match="aucun de ses métiers"):
        actions.add_directive(draft, application=people["anna"], project=data, **given)
    actions.add_directive(draft, application=people["cora"], project=people["sea"], **given)
    assert draft.directives.count() == 1
    withdraw_application(people["cora"], by=people["cora"].candidate, at=timezone.now())
    with pytest.raises(actions.BadDirective, match=str(people["cora"].number)):
        actions.compute_scenario(draft, by=diane, at=timezone.now())
    draft.refresh_from_db()
    assert draft.status == ScenarioStatus.DRAFT
