"""Prepare, compute, check and sign scenarios. Every computed one can be replayed to the byte."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from candidates.models import Application
from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.lifecycle import lock, move
from eig.promotions.models import Promotion
from matching.stable.canonical import canonical_json, fingerprint
from matching.teams.actions.draw import DrawMissing, refuse_while_pending
from matching.teams.checker import check_team
from matching.teams.choices import DirectiveKind, ScenarioStatus, verdict_in_words
from matching.teams.engine import solve_team
from matching.teams.models import Directive, Scenario
from matching.teams.queries import draw_of
from matching.teams.queries.inputs import Inputs, inputs_of, instance_of
from projects.models import Project

VERDICT_LENGTH = 300


class ScenarioFrozen(Exception):
    """The scenario is computed: copy it to change something."""


class BadDirective(Exception):
    """The same pair twice, two pins for one person, or a pair that is not (or no longer) in the matching."""


class NotChecked(Exception):
    """The independent checker, or a hash, refuses the result: it cannot be signed nor published."""


class InputsChanged(Exception):
    """A wish, a score, a seat or a person is no longer what the scenario was computed with."""


@transaction.atomic
def create_scenario(
    promotion: Promotion, *, name: str, by: User, at: datetime, enforce_minimum: bool = True
) -> Scenario:
    """A scenario to be computed, without directives."""
    scenario = Scenario.objects.create(
        promotion=promotion,
        name=name.strip() or "Sans nom",
        enforce_minimum=enforce_minimum,
        created_at=at,
        created_by=by,
    )
    journal("create_scenario", scenario, by=by, at=at)
    return scenario


@transaction.atomic
def copy_scenario(
    scenario: Scenario, *, name: str, by: User, at: datetime, enforce_minimum: bool | None = None
) -> Scenario:
    """A new scenario with the same directives, to be changed and computed."""
    copied = create_scenario(
        scenario.promotion,
        name=name,
        by=by,
        at=at,
        enforce_minimum=scenario.enforce_minimum if enforce_minimum is None else enforce_minimum,
    )
    Directive.objects.bulk_create(
        Directive(
            scenario=copied,
            kind=one.kind,
            application_id=one.application_id,
            project_id=one.project_id,
            reason=one.reason,
        )
        for one in scenario.directives.order_by("pk")
    )
    return copied


def _draft(scenario: Scenario) -> Scenario:
    """The scenario, locked. Raises ScenarioFrozen once it is computed."""
    locked = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if locked.status != ScenarioStatus.DRAFT:
        raise ScenarioFrozen("Ce scénario est calculé : copiez-le pour en changer les consignes.")
    return locked


@transaction.atomic
def add_directive(
    scenario: Scenario,
    *,
    kind: str,
    application: Application,
    project: Project,
    reason: str,
    by: User,
    at: datetime,
) -> Directive:
    """Pin or forbid a pair, with a reason that will be read."""
    _draft(scenario)
    if not reason.strip():
        raise BadDirective("Une consigne donne son motif.")
    if {application.promotion_id, project.promotion_id} != {scenario.promotion_id}:
        raise BadDirective("Cette personne et ce projet ne sont pas de la même promotion.")
    if kind == DirectiveKind.PIN:
        _refuse_outside(inputs_of(scenario.promotion), [(application, project)])
    try:
        with transaction.atomic():
            directive = Directive.objects.create(
                scenario=scenario,
                kind=DirectiveKind(kind),
                application=application,
                project=project,
                reason=reason.strip(),
            )
    except IntegrityError:
        raise BadDirective(
            "Il y a déjà une consigne sur cette paire, ou cette personne est déjà imposée dans un projet."
        ) from None
    journal("add_directive", scenario, by=by, at=at, kind=kind, pair=[application.number, project.number])
    return directive


def _refuse_outside(inputs: Inputs, pins: Iterable[tuple[Application, Project]]) -> None:
    """Raises BadDirective on who is pinned without being in the matching, or where no seat can be theirs."""
    trades = {one.number: one.trades for one in inputs.candidates}
    seats = {one.number: one.seats for one in inputs.projects}
    for application, project in pins:
        person, place, why = str(application.number), str(project.number), ""
        if person not in trades:
            why = "cette personne n’a ni vœux certifiés ni audition notée"
        elif place not in seats:
            why = "ce projet n’est pas publié"
        elif not any(seats[place].get(trade) for trade in trades[person]):
            why = "ce projet ne cherche aucun de ses métiers"
        if why:
            pair = f"{application.candidate} ({person}) à « {project.title} »"
            raise BadDirective(f"Impossible d’imposer {pair} : {why}.")


@transaction.atomic
def remove_directive(directive: Directive, *, by: User, at: datetime) -> None:
    """Take a directive out of a scenario that is not computed yet."""
    scenario = _draft(directive.scenario)
    journal(
        "remove_directive",
        scenario,
        by=by,
        at=at,
        kind=directive.kind,
        pair=[directive.application.number, directive.project.number],
    )
    directive.delete()


@transaction.atomic
def compute_scenario(scenario: Scenario, *, by: User, at: datetime) -> Scenario:
    """Freeze the inputs, run the engine, ask the independent checker, keep everything with its hashes."""
    _draft(scenario)
    draw = draw_of(scenario.promotion)
    if draw is None or draw.revealed_at is None:
        raise DrawMissing("Le tirage doit être scellé, puis révélé, avant tout calcul.")
    # Checked when they were written; people and projects may have left since.
    pinned = scenario.directives.filter(kind=DirectiveKind.PIN).select_related(
        "application__candidate", "project"
    )
    inputs = inputs_of(scenario.promotion)
    _refuse_outside(inputs, [(one.application, one.project) for one in pinned.order_by("pk")])
    instance = instance_of(scenario, inputs, seed=draw.seed)
    result = solve_team(instance)
    move(
        scenario,
        ScenarioStatus.COMPUTED,
        by=by,
        at=at,
        instance=instance,
        instance_sha256=fingerprint(instance),
        result=result,
        result_sha256=fingerprint(result),
        verdict=verdict_on(instance, result),
        computed_at=at,
    )
    return scenario


def verdict_on(instance: dict[str, object], result: dict[str, object]) -> str:
    """ "ok", or the code and the sentence of the first property that the checker finds broken."""
    verdict = check_team(instance, result)
    if not verdict.ok:
        return str(verdict)[:VERDICT_LENGTH]
    return "ok" if result.get("status") == "ok" else "infeasible"


@dataclass(frozen=True, slots=True)
class Replay:
    """What a fresh run of the frozen inputs gives."""

    same_inputs: bool
    same_bytes: bool
    verdict: str

    @property
    def is_faithful(self) -> bool:
        return self.same_inputs and self.same_bytes and self.verdict == "ok"


def _replay(scenario: Scenario) -> Replay:
    instance, result = scenario.instance or {}, scenario.result or {}
    again = solve_team(instance)
    return Replay(
        same_inputs=fingerprint(instance) == scenario.instance_sha256,
        same_bytes=canonical_json(again) == canonical_json(result)
        and fingerprint(result) == scenario.result_sha256,
        verdict=verdict_on(instance, result),
    )


@transaction.atomic
def replay_scenario(scenario: Scenario, *, by: User | None, at: datetime) -> Replay:
    """Compute again from the frozen inputs: the same bytes must come out. Journalled."""
    replayed = _replay(scenario)
    journal(
        "replay_scenario",
        scenario,
        by=by,
        at=at,
        same_inputs=replayed.same_inputs,
        same_bytes=replayed.same_bytes,
        verdict=replayed.verdict,
    )
    return replayed


def refuse_unfaithful(scenario: Scenario) -> None:
    """Raises NotChecked unless the stored result is what the engine gives and the checker approves it now."""
    if scenario.verdict != "ok":
        raise NotChecked(f"Ce résultat ne peut pas être signé. {verdict_in_words(scenario.verdict)}")
    replayed = _replay(scenario)
    if not (replayed.same_inputs and replayed.same_bytes):
        raise NotChecked(
            "Le résultat conservé n’est plus celui du calcul : ses empreintes ne correspondent pas. "
            "Il ne peut pas être utilisé."
        )
    if replayed.verdict != "ok":
        raise NotChecked(f"Ce résultat ne peut pas être signé. {verdict_in_words(replayed.verdict)}")


def refuse_stale(scenario: Scenario) -> None:
    """Raises InputsChanged when the inputs of today are not those of the scenario."""
    draw = draw_of(scenario.promotion)
    inputs = inputs_of(scenario.promotion)
    if draw is None or fingerprint(instance_of(scenario, inputs, seed=draw.seed)) != scenario.instance_sha256:
        raise InputsChanged(
            "Depuis le calcul, un vœu, une note, un poste ou une candidature a changé. "
            "Copiez ce scénario et calculez-le à nouveau."
        )


@transaction.atomic
def sign_scenario(scenario: Scenario, *, by: User, at: datetime) -> None:
    """A person takes the result on themselves; one scenario at a time is signed.

    The checker runs again on what is stored, so that nothing altered since the run can be signed.
    """
    scenario = lock(scenario, "promotion")
    refuse_while_pending(scenario.promotion)
    refuse_unfaithful(scenario)
    refuse_stale(scenario)
    try:
        with transaction.atomic():
            move(scenario, ScenarioStatus.SIGNED, by=by, at=at, signed_at=at, signed_by=by)
    except IntegrityError:
        raise ScenarioFrozen("Un autre scénario de la promotion est déjà signé.") from None


@transaction.atomic
def unsign_scenario(scenario: Scenario, *, by: User, at: datetime) -> None:
    """Take the signature back before publication: somebody withdrew, or a score was corrected."""
    move(scenario, ScenarioStatus.COMPUTED, by=by, at=at, signed_at=None, signed_by=None)
