"""Decide in waves: prepared by one person, validated by another, public with its mails at one instant."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from django.db import IntegrityError, transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.lifecycle import IllegalMove, may_move, move, move_all
from eig.mail.outbox import EmptyMessage, discard, release
from eig.promotions.models import Promotion, Wave
from projects import emails
from projects.choices import Outcome, Status
from projects.models import Decision, Project
from projects.queries.decision import decisions_of_wave
from projects.rules import AFTER_DECISION


class WaveNotReady(Exception):
    """The wave cannot be validated or published as it is."""


class WaveNotDue(Exception):
    """The hour of publication has not come."""


class DecisionLocked(Exception):
    """The project's decision is in a validated wave, or its wave takes no more proposals."""


class RankTaken(Exception):
    """Another project of the wave has this rank in the reserve."""


class NothingToDecide(Exception):
    """The project is in no state to be decided upon."""


def batch_of(wave: Wave) -> str:
    """The name under which the mails of a wave are held."""
    return f"wave:{wave.code}"


def _locked(wave: Wave) -> Wave:
    return Wave.objects.select_for_update(of=("self",)).select_related("promotion").get(pk=wave.pk)


def _with_locked_projects(wave: Wave) -> list[Decision]:
    """A withdrawal locks the project before it forgets the decision: it comes before us, or waits."""
    return list(decisions_of_wave(wave).select_for_update(of=("project",)))


@transaction.atomic
def prepare_wave(promotion: Promotion, *, title: str, publishes_at: datetime, by: User, at: datetime) -> Wave:
    """Open a wave of decisions on projects."""
    wave = Wave.objects.create(
        promotion=promotion,
        subject=Wave.Subject.PROJECTS,
        title=title,
        publishes_at=publishes_at,
        prepared_at=at,
        prepared_by=by,
    )
    journal("prepare_wave", wave, by=by, at=at)
    return wave


@transaction.atomic
def propose_decision(
    project: Project,
    *,
    wave: Wave,
    outcome: Outcome | str,
    reason: str,
    by: User,
    at: datetime,
    reserve_rank: int | None = None,
) -> Decision:
    """Write, or rewrite, what becomes of a project in a wave.

    In the reserve without a rank, the project comes last.
    Raises DecisionLocked, NothingToDecide, RankTaken, WaveNotReady.
    """
    if _locked(wave).status != Wave.Status.PREPARED:
        raise DecisionLocked("Cette vague est validée : elle n’accepte plus de proposition.")
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if locked.promotion_id != wave.promotion_id or not may_move(locked, AFTER_DECISION[outcome]):
        raise NothingToDecide(
            f"Cette décision n’est pas possible pour un projet « {locked.get_status_display()} »."
        )
    if not reason.strip():
        raise WaveNotReady("Indiquez le motif communiqué au projet.")
    awaited = (
        Decision.objects.select_related("wave").filter(project=locked, published_at__isnull=True).first()
    )
    if awaited and awaited.wave_id != wave.pk and awaited.wave.status != Wave.Status.PREPARED:
        raise DecisionLocked("La décision sur ce projet figure déjà dans une vague validée.")
    rank = _rank(wave, locked, asked=reserve_rank) if outcome == Outcome.RESERVE else None
    values = {
        "wave": wave,
        "outcome": outcome,
        "reserve_rank": rank,
        "reason": reason.strip(),
        "proposed_at": at,
        "proposed_by": by,
    }
    try:
        with transaction.atomic():
            decision, _ = Decision.objects.update_or_create(
                project=locked, published_at=None, defaults=values
            )
    except IntegrityError as error:
        raise RankTaken(
            f"Le rang {rank} de la liste complémentaire est déjà pris dans cette vague."
        ) from error
    journal("propose_decision", locked, by=by, at=at, outcome=str(outcome))
    return decision


def _rank(wave: Wave, project: Project, *, asked: int | None) -> int:
    if asked is not None:
        return max(asked, 1)
    others = wave.project_decisions.exclude(project=project).values_list("reserve_rank", flat=True)
    return max((rank for rank in others if rank), default=0) + 1


@transaction.atomic
def retract_decision(decision: Decision, *, by: User, at: datetime) -> None:
    """Take a proposal back while its wave is in preparation. Raises DecisionLocked."""
    if _locked(decision.wave).status != Wave.Status.PREPARED:
        raise DecisionLocked("Cette vague est validée : ses propositions ne changent plus.")
    project = decision.project
    Decision.objects.filter(pk=decision.pk, published_at__isnull=True).delete()
    journal("retract_decision", project, by=by, at=at)


@transaction.atomic
def validate_wave(wave: Wave, *, by: User, at: datetime) -> None:
    """A second person agrees: the mails are written now, and held. Raises WaveNotReady, IllegalMove."""
    locked = _locked(wave)
    if locked.status != Wave.Status.PREPARED:
        raise IllegalMove
    if locked.prepared_by_id == by.pk:
        raise WaveNotReady("Une vague est validée par une autre personne que celle qui l’a préparée.")
    decisions = _with_locked_projects(locked)
    if not decisions:
        raise WaveNotReady("Cette vague ne contient aucune décision.")
    _refuse_impossible(decisions)
    try:
        written = emails.decisions_told(locked, decisions, batch=batch_of(locked), at=at)
    except EmptyMessage as error:
        raise WaveNotReady("Un message est vide : complétez-le avant de valider la vague.") from error
    if written != len(decisions):
        raise WaveNotReady("Un message manque : chaque projet doit avoir une porteuse ou un porteur.")
    move(locked, Wave.Status.VALIDATED, by=by, at=at, validated_at=at, validated_by=by)
    wave.refresh_from_db()


def _refuse_impossible(decisions: Iterable[Decision]) -> None:
    stuck = [
        item.project.title for item in decisions if not may_move(item.project, AFTER_DECISION[item.outcome])
    ]
    if stuck:
        raise WaveNotReady(f"L’état de ces projets a changé ; revoyez leur décision : {', '.join(stuck)}.")


@transaction.atomic
def publish_wave(wave: Wave, *, at: datetime, by: User | None = None) -> int:
    """Make the decisions true and let their mails go, in one transaction; returns how many.

    Raises WaveNotDue before the hour, WaveNotReady when mails and decisions differ in number, IllegalMove.
    """
    locked = _locked(wave)
    if locked.status != Wave.Status.VALIDATED:
        raise IllegalMove
    if at < locked.publishes_at:
        raise WaveNotDue("L’heure de publication de cette vague n’est pas encore venue.")
    decisions = _with_locked_projects(locked)
    for target, projects in _by_move(decisions):
        move_all(projects, target, by=by, at=at, decided_at=at)
    Decision.objects.filter(wave=locked).update(published_at=at)
    released = release(batch_of(locked), at=at)
    if released != len(decisions):
        raise WaveNotReady(
            f"{released} messages pour {len(decisions)} décisions : la vague n’est pas publiée. "
            "Reprenez-la pour réécrire les messages."
        )
    move(locked, Wave.Status.PUBLISHED, by=by, at=at, published_at=at)
    wave.refresh_from_db()
    return len(decisions)


def _by_move(decisions: Sequence[Decision]) -> Iterable[tuple[Status, list[Project]]]:
    def key(item: Decision) -> tuple[str, str]:
        return AFTER_DECISION[item.outcome].value, item.project.status

    for (target, _), group in groupby(sorted(decisions, key=key), key=key):
        yield Status(target), [item.project for item in group]


@transaction.atomic
def cancel_wave(wave: Wave, *, by: User, at: datetime) -> None:
    """Give a wave up: its proposals are forgotten, its mails never leave. Raises IllegalMove."""
    locked = _locked(wave)
    move(locked, Wave.Status.CANCELLED, by=by, at=at)
    Decision.objects.filter(wave=locked).delete()
    discard(batch_of(locked))
    wave.refresh_from_db()


@transaction.atomic
def reopen_wave(wave: Wave, *, by: User, at: datetime) -> Wave:
    """Take a validated wave up again: its proposals go to a new one, its mails are thrown away.

    Raises IllegalMove.
    """
    locked = _locked(wave)
    if locked.status != Wave.Status.VALIDATED:
        raise IllegalMove
    again = prepare_wave(locked.promotion, title=locked.title, publishes_at=locked.publishes_at, by=by, at=at)
    Decision.objects.filter(wave=locked).update(wave=again)
    discard(batch_of(locked))
    move(locked, Wave.Status.CANCELLED, by=by, at=at)
    wave.refresh_from_db()
    return again


def drop_awaited_decision(project: Project) -> None:
    """Forget a decision not yet published, and its held mail: the project, locked, is leaving."""
    awaited = Decision.objects.filter(project=project, published_at__isnull=True).first()
    if awaited is not None:
        emails.decision_untold(awaited)
        awaited.delete()
