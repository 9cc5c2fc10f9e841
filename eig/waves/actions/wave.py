"""A wave: prepared by one person, validated by another, public with its mails at one instant."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction

from eig.accounts.models import User
from eig.accounts.queries import accounts_of
from eig.design.templatetags.words import counted
from eig.dossiers.actions import cancel_correction
from eig.dossiers.choices import CorrectionStatus
from eig.failures.actions import settled
from eig.journal.actions import record as journal
from eig.lifecycle import IllegalMove, may_move, move, move_all
from eig.mail.outbox import EmptyMessage, Letter, discard, post_all, release, take_cancelled
from eig.promotions.models import Promotion
from eig.waves import emails
from eig.waves.actions.decision import (
    WaveNotDue,
    WaveNotReady,
    carry_authors,
    carry_preparer,
    held_wave,
    locked_prepared,
)
from eig.waves.choices import WaveStatus
from eig.waves.kinds import WaveKind, kind_of
from eig.waves.models import Wave
from eig.waves.queries import PUBLISH, Reread, batch_of, digest_of, rereading, text_of

MOVABLE = (WaveStatus.PREPARED, WaveStatus.VALIDATED)


def _locked_decisions(kind: WaveKind, wave: Wave) -> list[Any]:
    """The decisions of a wave, their records held.

    A withdrawal holds the record before it forgets the decision: it comes before us, and the second query
    no longer sees the decision; or it waits for us, and forgets the letter too.
    """
    concerned = kind.rows.filter(wave=wave).values(kind.decision.TARGET)
    list(kind.targets.filter(pk__in=concerned).order_by("pk").select_for_update().values_list("pk"))
    return list(kind.decisions(wave))


@transaction.atomic
def prepare_wave(
    promotion: Promotion, *, kind: WaveKind, title: str, publishes_at: datetime, by: User, at: datetime
) -> Wave:
    """Open a wave of decisions."""
    wave = Wave.objects.create(
        promotion=promotion,
        subject=kind.subject,
        title=title,
        publishes_at=publishes_at,
        prepared_at=at,
        prepared_by=by,
    )
    journal("prepare_wave", wave, by=by, at=at)
    return wave


@transaction.atomic
def move_wave(wave: Wave, *, title: str, publishes_at: datetime, by: User, at: datetime) -> bool:
    """Change the name or the hour of a wave not yet published; what was validated stays validated.

    The two people who agreed on it are told. False when nothing changes. Raises IllegalMove.
    """
    locked = held_wave(wave)
    if locked.status not in MOVABLE:
        raise IllegalMove
    title_before, before = locked.title, locked.publishes_at
    if (title, publishes_at) == (title_before, before):
        return False
    Wave.objects.filter(pk=locked.pk).update(title=title, publishes_at=publishes_at)
    wave.refresh_from_db()
    journal(
        "move_wave",
        wave,
        by=by,
        at=at,
        before=before.isoformat(),
        after=publishes_at.isoformat(),
        title=title,
    )
    emails.wave_moved(wave, title_before=title_before, before=before, by=by, at=at)
    return True


@transaction.atomic
def validate_wave(wave: Wave, *, by: User, at: datetime, read: Collection[int] = (), seen: str = "") -> None:
    """A second person agrees: the mails are written now, and held.

    `read` are the records (ids) whose decision was ticked as reread: each one that is odd, or changed since a
    former agreement, must be. `seen` is the fingerprint of the page read, if it was. Raises WaveNotReady,
    IllegalMove.
    """
    locked = held_wave(wave)
    if locked.status != WaveStatus.PREPARED:
        raise IllegalMove
    _refuse_author(locked, by=by)
    kind = kind_of(locked)
    decisions = _locked_decisions(kind, locked)
    if not decisions:
        raise WaveNotReady("Cette vague ne contient aucune décision.")
    _refuse_impossible(kind, decisions)
    agreed = _agreed(rereading(locked, decisions), read=read, seen=seen)
    letters = [letter for _, letter in kind.letters(locked, decisions) if letter is not None]
    if len(letters) != len(decisions):
        raise WaveNotReady(f"Un message manque\u00a0: {kind.words.unwritten}.")
    _hold(locked, letters, at=at)
    move(locked, WaveStatus.VALIDATED, by=by, at=at, validated_at=at, validated_by=by, agreed=agreed)
    wave.refresh_from_db()


@transaction.atomic
def confirm_wave(wave: Wave, *, by: User, at: datetime, read: Collection[int], seen: str = "") -> None:
    """Agree to what appeared since the validation: a reading left, a mark moved.

    Raises WaveNotReady, IllegalMove.
    """
    locked = held_wave(wave)
    if locked.status != WaveStatus.VALIDATED:
        raise IllegalMove
    _refuse_author(locked, by=by)
    looked = rereading(locked, _locked_decisions(kind_of(locked), locked))
    # A second click on « Valider » finds the wave validated: nothing is left to agree to.
    if not any(item.fresh for item in looked):
        return
    Wave.objects.filter(pk=locked.pk).update(agreed=_agreed(looked, read=read, seen=seen))
    journal("confirm_wave", locked, by=by, at=at, odd=sum(bool(item.fresh) for item in looked))
    wave.refresh_from_db()


def _refuse_author(wave: Wave, *, by: User) -> None:
    accounts = accounts_of(by)
    if wave.prepared_by_id in accounts:
        raise WaveNotReady("Une vague est validée par une autre personne que celle qui l’a préparée.")
    if wave.authors.filter(person__in=accounts).exists():
        raise WaveNotReady(
            "Vous avez préparé ou écrit une partie de cette vague\u00a0: une autre personne la valide."
        )


def _agreed(looked: Sequence[Reread], *, read: Collection[int], seen: str) -> Mapping[str, Any]:
    if seen and seen != digest_of(looked):
        raise WaveNotReady("La vague a changé pendant votre lecture\u00a0: relisez ce qui suit.")
    left = [item.decision.target for item in looked if item.is_asked and item.decision.target.pk not in read]
    if left:
        raise WaveNotReady(
            f"{counted(len(left), 'décision reste,décisions restent')} à relire et à cocher\u00a0: "
            f"{', '.join(str(target) for target in left[:5])}{'…' if len(left) > 5 else '.'}"
        )
    return {
        str(item.decision.target.pk): {"text": text_of(item.decision), "odd": [*item.odd]} for item in looked
    }


def _hold(wave: Wave, letters: Sequence[Letter], *, at: datetime) -> None:
    try:
        post_all(letters, at=at, batch=batch_of(wave), hold=True, promotion_id=wave.promotion_id)
    except EmptyMessage as error:
        raise WaveNotReady("Un message est vide : complétez-le avant de valider la vague.") from error


def _refuse_impossible(kind: WaveKind, decisions: Iterable[Any]) -> None:
    stuck = [str(item.target) for item in decisions if not may_move(item.target, item.outcome)]
    if stuck:
        raise WaveNotReady(
            f"L’état de {kind.words.these} a changé ; revoyez leur décision : {', '.join(stuck)}."
        )


@transaction.atomic
def publish_wave(wave: Wave, *, at: datetime, by: User | None = None) -> int:
    """Make the decisions true and let their mails go, in one transaction; returns how many.

    Raises WaveNotDue before the hour, WaveNotReady when mails and decisions differ in number, IllegalMove.
    """
    locked = held_wave(wave)
    if locked.status != WaveStatus.VALIDATED:
        raise IllegalMove
    if at < locked.publishes_at:
        raise WaveNotDue("L’heure de publication de cette vague n’est pas encore venue.")
    kind, batch = kind_of(locked), batch_of(locked)
    decisions = _locked_decisions(kind, locked)
    _refuse_fresh(rereading(locked, decisions))
    # Who erased their account since the validation: their letter goes to whoever answers for the record now.
    if gone := take_cancelled(batch):
        letters = kind.letters(locked, [item for item in decisions if item.letter_key in gone])
        _hold(locked, [letter for _, letter in letters if letter is not None], at=at)
    for outcome, targets in _by_move(decisions):
        move_all(targets, outcome, by=by, at=at, decided_at=at)
    kind.rows.filter(wave=locked).update(published_at=at)
    _close_corrections(kind, decisions, by=by, at=at)
    released = release(batch, at=at)
    if released != len(decisions):
        raise WaveNotReady(
            f"{counted(released, 'message')} pour {counted(len(decisions), 'décision')}\u00a0: "
            "la vague n’est pas publiée. "
            "Reprenez-la pour réécrire les messages."
        )
    move(locked, WaveStatus.PUBLISHED, by=by, at=at, published_at=at)
    settled(PUBLISH, locked)
    wave.refresh_from_db()
    return len(decisions)


def _refuse_fresh(looked: Sequence[Reread]) -> None:
    """What nobody agreed to is not published; the wave says what, and waits for a second person."""
    if new := [item for item in looked if item.fresh]:
        names = ", ".join(str(item.decision.target) for item in new[:5])
        raise WaveNotReady(
            f"Depuis la validation, {counted(len(new), 'décision mérite,décisions méritent')} d’être "
            f"{'relue' if len(new) == 1 else 'relues'}\u00a0: {names}{'…' if len(new) > 5 else ''}. "
            "La vague part dès qu’une personne qui ne l’a pas écrite l’a confirmée."
        )


def _close_corrections(kind: WaveKind, decisions: Sequence[Any], *, by: User | None, at: datetime) -> None:
    """Once the decision is known, nothing more is asked; a letter says that there is nothing to send."""
    dossier = kind.corrections.model.DOSSIER
    targets = [item.target.pk for item in decisions]
    rows = kind.corrections.rows.filter(status=CorrectionStatus.ASKED, **{f"{dossier}__in": targets})
    for correction in rows:
        cancel_correction(kind.corrections, correction, by=by, at=at)


def _by_move(decisions: Sequence[Any]) -> Iterable[tuple[str, list[Any]]]:
    def key(item: Any) -> tuple[str, str]:
        return item.outcome, item.target.status

    for (outcome, _), group in groupby(sorted(decisions, key=key), key=key):
        yield outcome, [item.target for item in group]


@transaction.atomic
def cancel_wave(wave: Wave, *, by: User, at: datetime) -> None:
    """Give a wave up: its proposals are forgotten, its mails never leave. Raises IllegalMove."""
    locked = held_wave(wave)
    move(locked, WaveStatus.CANCELLED, by=by, at=at)
    kind_of(locked).rows.filter(wave=locked).delete()
    locked.authors.all().delete()
    discard(batch_of(locked))
    settled(PUBLISH, locked)
    wave.refresh_from_db()


@transaction.atomic
def reopen_wave(wave: Wave, *, by: User, at: datetime) -> Wave:
    """Take a validated wave up again: its proposals go to a new one, its mails are thrown away.

    Raises IllegalMove.
    """
    locked = held_wave(wave)
    if locked.status != WaveStatus.VALIDATED:
        raise IllegalMove
    kind = kind_of(locked)
    again = prepare_wave(
        locked.promotion, kind=kind, title=locked.title, publishes_at=locked.publishes_at, by=by, at=at
    )
    kind.rows.filter(wave=locked).update(wave=again)
    carry_preparer(locked, to=again)
    locked.authors.filter(target_id__isnull=False).update(wave=again)
    Wave.objects.filter(pk=again.pk).update(agreed=locked.agreed or {})
    discard(batch_of(locked))
    move(locked, WaveStatus.CANCELLED, by=by, at=at)
    settled(PUBLISH, locked)
    wave.refresh_from_db()
    again.refresh_from_db()
    return again


@transaction.atomic
def split_wave(wave: Wave, *, title: str, people: Collection[int], by: User, at: datetime) -> Wave:
    """Part a wave: what these people (ids) wrote goes to a new one, of the same hour.

    So that each half has somebody to validate it. Raises DecisionLocked, WaveNotReady.
    """
    locked = locked_prepared(wave)
    kind = kind_of(locked)
    wrote = locked.authors.filter(person__in=people, target_id__isnull=False)
    chosen = {pk for pk in wrote.values_list("target_id", flat=True) if pk is not None}
    moved = kind.rows.filter(wave=locked, **{f"{kind.decision.TARGET}__in": chosen})
    if not moved.exists() or moved.count() == kind.rows.filter(wave=locked).count():
        raise WaveNotReady("Il ne resterait rien dans l’une des deux vagues\u00a0: choisissez autrement.")
    other = prepare_wave(
        locked.promotion, kind=kind, title=title, publishes_at=locked.publishes_at, by=by, at=at
    )
    carry_preparer(locked, to=other)
    carry_authors(locked, to=other, targets=chosen)
    moved.update(wave=other)
    Wave.objects.filter(pk=other.pk).update(agreed=locked.agreed)
    journal("split_wave", locked, by=by, at=at, other=other.pk, decisions=len(chosen))
    other.refresh_from_db()
    return other
