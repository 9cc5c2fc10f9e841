"""Decide in waves: prepared by one person, validated by another, public with its mails at one instant."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from candidates import emails
from candidates.choices import Outcome, Status
from candidates.models import Application, Decision, Review
from candidates.queries import applications_to_decide, awaited_decision, decisions_of_wave, judged
from candidates.rules import written_reason
from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import GridView, grid_of
from eig.evaluation.rules import mean_mark, needs_third_reader
from eig.journal.actions import entry, record_all
from eig.journal.actions import record as journal
from eig.lifecycle import IllegalMove, may_move, move, move_all
from eig.mail.outbox import discard, release
from eig.promotions.models import Promotion, Wave
from eig.promotions.queries import phases_by_kind

NO_RESERVE: Mapping[int, int] = MappingProxyType({})
AFTER: Mapping[str, Status] = {
    Outcome.SHORTLISTED: Status.SHORTLISTED,
    Outcome.RESERVED: Status.RESERVED,
    Outcome.DECLINED: Status.DECLINED,
}


class WaveNotReady(Exception):
    """The wave cannot be validated or published as it is."""


class WaveNotDue(Exception):
    """The hour of publication has not come."""


class DecisionLocked(Exception):
    """The decision is in a validated wave, or its wave takes no more proposals."""


class ReadingsMissing(Exception):
    """An application is decided upon once enough readers have signed."""


class NothingToDecide(Exception):
    """The application is in no state to be decided upon."""


def batch_of(wave: Wave) -> str:
    """The name under which the mails of a wave are held."""
    return f"wave:{wave.code}"


def _locked(wave: Wave) -> Wave:
    return Wave.objects.select_for_update(of=("self",)).select_related("promotion").get(pk=wave.pk)


def _locked_open(wave: Wave) -> Wave:
    locked = _locked(wave)
    if locked.status != Wave.Status.PREPARED:
        raise DecisionLocked("Cette vague n’est plus en préparation : ses propositions ne changent plus.")
    return locked


@transaction.atomic
def prepare_wave(promotion: Promotion, *, title: str, publishes_at: datetime, by: User, at: datetime) -> Wave:
    """Open a wave of decisions on applications."""
    wave = Wave.objects.create(
        promotion=promotion,
        subject=Wave.Subject.APPLICATIONS,
        title=title,
        publishes_at=publishes_at,
        prepared_at=at,
        prepared_by=by,
    )
    journal("prepare_wave", wave, by=by, at=at)
    return wave


@transaction.atomic
def propose_decision(
    application: Application,
    *,
    wave: Wave,
    outcome: Outcome | str,
    reason: str,
    by: User,
    at: datetime,
    reserve_rank: int | None = None,
) -> Decision:
    """Write, or rewrite, what becomes of an application in a wave; a reserve may be called or declined.

    Raises DecisionLocked, NothingToDecide, ReadingsMissing, WaveNotReady.
    """
    held = _locked_open(wave)
    rows = Application.objects.select_for_update(of=("self",)).select_related("promotion")
    locked = rows.get(pk=application.pk)
    if locked.promotion_id != held.promotion_id or not may_move(locked, AFTER[outcome]):
        raise NothingToDecide(f"Une candidature « {locked.get_status_display()} » ne se décide pas ici.")
    required = locked.promotion.readers_per_application
    if locked.reviews_signed < required:
        raise ReadingsMissing(
            f"{locked} a {locked.reviews_signed} lecture signée sur {required} : il faut les attendre."
        )
    if not reason.strip():
        raise WaveNotReady("Indiquez le motif communiqué à la personne.")
    awaited = awaited_decision(locked)
    if awaited and awaited.wave_id != held.pk and awaited.wave.status != Wave.Status.PREPARED:
        raise DecisionLocked("La décision sur cette candidature figure déjà dans une vague validée.")
    decision, _ = Decision.objects.update_or_create(
        application=locked,
        published_at=None,
        defaults={
            "wave": held,
            "outcome": outcome,
            "reserve_rank": reserve_rank if outcome == Outcome.RESERVED else None,
            "reason": reason.strip(),
            "proposed_at": at,
            "proposed_by": by,
        },
    )
    journal("propose_decision", locked, by=by, at=at)
    return decision


@transaction.atomic
def propose_decisions(
    wave: Wave,
    *,
    kept: Collection[int],
    by: User,
    at: datetime,
    decline_others: bool = True,
    reserve: Mapping[int, int] = NO_RESERVE,
) -> tuple[int, int]:
    """Propose for all who are read enough: keep `kept` (ids), reserve (id → rank), decline others if asked.

    Reasons are drawn from the grid's sentences, and may be rewritten one by one. Applications that wait for
    a third reader are left out. Returns how many are kept and declined.
    """
    held = _locked_open(wave)
    grid = grid_of(held.promotion_id, Stage.APPLICATION_READING)
    gap = held.promotion.third_reader_gap
    ready = applications_to_decide(held.promotion).select_for_update(of=("self",))
    reviews = _signed_reviews(held.promotion)
    decisions = []
    for application in ready:
        read = reviews.get(application.pk, [])
        is_kept, rank = application.pk in kept, reserve.get(application.pk)
        if _waits_for_a_third(read, grid=grid, gap=gap) or not (is_kept or rank or decline_others):
            continue
        reason = written_reason(judged(read, grid=grid), is_kept=is_kept or rank is not None)
        outcome = Outcome.RESERVED if rank else Outcome.DECLINED
        if is_kept:
            outcome, rank = Outcome.SHORTLISTED, None
        decisions.append(
            Decision(
                application=application,
                wave=held,
                outcome=outcome,
                reserve_rank=rank,
                reason=reason or "La décision suit la moyenne des lectures, sur les six critères publiés.",
                proposed_at=at,
                proposed_by=by,
            )
        )
    Decision.objects.bulk_create(decisions)
    record_all(entry("propose_decision", item.application, by=by, at=at) for item in decisions)
    number = sum(item.outcome == Outcome.SHORTLISTED for item in decisions)
    return number, len(decisions) - number


def _signed_reviews(promotion: Promotion) -> dict[int, list[Review]]:
    rows = (
        Review.objects.filter(application__promotion=promotion, sheet__status=SheetStatus.SIGNED)
        .select_related("sheet")
        .prefetch_related("sheet__marks")
        .order_by("pk")
    )
    found: dict[int, list[Review]] = {}
    for review in rows:
        found.setdefault(review.application_id, []).append(review)
    return found


def _waits_for_a_third(reviews: list[Review], *, grid: GridView, gap: int) -> bool:
    means = [mean_mark([review.sheet.total or 0], weight=grid.total_weight) for review in reviews]
    return needs_third_reader(means, gap=gap)


@transaction.atomic
def retract_decision(decision: Decision, *, by: User, at: datetime) -> None:
    """Take a proposal back while its wave is in preparation. Raises DecisionLocked."""
    _locked_open(decision.wave)
    application = decision.application
    Decision.objects.filter(pk=decision.pk).delete()
    journal("retract_decision", application, by=by, at=at)


@transaction.atomic
def validate_wave(wave: Wave, *, by: User, at: datetime) -> None:
    """A second person agrees: the mails are written now, held until the publication.

    Raises WaveNotReady, IllegalMove.
    """
    locked = _locked(wave)
    if locked.status != Wave.Status.PREPARED:
        raise IllegalMove
    if locked.prepared_by_id == by.pk:
        raise WaveNotReady("Une vague est validée par une autre personne que celle qui l’a préparée.")
    decisions = list(decisions_of_wave(locked))
    if not decisions:
        raise WaveNotReady("Cette vague ne contient aucune décision.")
    _refuse_impossible(decisions)
    phases = phases_by_kind(locked.promotion)
    written = emails.decisions_told(locked, decisions, phases=phases, batch=batch_of(locked), at=at)
    if written != len(decisions):
        raise WaveNotReady(
            f"{written} messages pour {len(decisions)} décisions : la vague n’est pas validée."
        )
    move(locked, Wave.Status.VALIDATED, by=by, at=at, validated_at=at, validated_by=by)
    wave.refresh_from_db()


def _refuse_impossible(decisions: Iterable[Decision]) -> None:
    stuck = [
        str(item.application) for item in decisions if not may_move(item.application, AFTER[item.outcome])
    ]
    if stuck:
        raise WaveNotReady(
            f"L’état de ces candidatures a changé ; revoyez leur décision : {', '.join(stuck)}."
        )


@transaction.atomic
def publish_wave(wave: Wave, *, at: datetime, by: User | None = None) -> int:
    """Make the decisions true and let their mails go, in one transaction; returns how many.

    Raises WaveNotDue before the hour, WaveNotReady when a mail lacks for a decision, IllegalMove.
    """
    locked = _locked(wave)
    if locked.status != Wave.Status.VALIDATED:
        raise IllegalMove
    if at < locked.publishes_at:
        raise WaveNotDue("L’heure de publication de cette vague n’est pas encore venue.")
    decisions = list(decisions_of_wave(locked).select_for_update(of=("self", "application")))
    groups: dict[tuple[str, str], list[Application]] = {}
    for item in decisions:
        groups.setdefault((item.application.status, item.outcome), []).append(item.application)
    for (_, outcome), concerned in groups.items():
        move_all(concerned, AFTER[outcome], by=by, at=at, decided_at=at)
    Decision.objects.filter(wave=locked).update(published_at=at)
    released = release(batch_of(locked), at=at)
    if released != len(decisions):
        raise WaveNotReady(
            f"{released} messages pour {len(decisions)} décisions : la vague n’est pas publiée. "
            "Reprenez-la pour réécrire les messages."
        )
    move(locked, Wave.Status.PUBLISHED, by=by, at=at, published_at=at)
    wave.refresh_from_db()
    return len(decisions)


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
    """Take a validated wave up again: its proposals go to a new wave, its mails are thrown away.

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
