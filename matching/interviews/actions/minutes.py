"""The collective opinion, then the minutes: written from data, frozen, signed by those who sat."""

from datetime import datetime

from django.db import IntegrityError, transaction

from eig.accounts.models import User
from eig.documents.printing import ask_print, forget_prints
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import grid_of
from eig.journal.actions import record as journal
from eig.lifecycle import move
from matching.interviews import emails
from matching.interviews.actions.lock import MinutesWritten, hold_audition, hold_panels
from matching.interviews.choices import AuditionStatus, MinutesStatus
from matching.interviews.documents import BOOKLET, MINUTES
from matching.interviews.models import (
    Audition,
    Juror,
    Minutes,
    MinutesSignature,
    Opinion,
    Panel,
    PanelSeat,
    Scorecard,
)
from matching.interviews.queries.booklet import jurors_done
from matching.interviews.queries.minutes import passages_of, seats_in_minutes
from matching.interviews.rules.minutes import digest, minutes_content, unsettled


class NotTheScribe(Exception):
    """Only the panel's référent·e, or the programme team, writes for the panel."""


class SignFirst(Exception):
    """One's own card is signed before the panel's opinion is written."""


class NotYet(Exception):
    """Something of the panel is not settled; `reasons` says what, in words."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class NotOnThePanel(Exception):
    """Only those who sat on the panel sign its minutes, once."""


def _is_scribe(panel_id: int, person: User) -> bool:
    seat = PanelSeat.objects.filter(panel_id=panel_id, juror__person=person, is_referent=True)
    return person.is_staff or seat.exists()


@transaction.atomic
def write_opinion(audition: Audition, *, text: str, verdict: str = "", by: User, at: datetime) -> Opinion:
    """What the panel thinks together, written by its référent·e once everybody has signed alone.

    Raises NotTheScribe, SignFirst, MinutesWritten.
    """
    panels = set(Panel.objects.filter(slots__audition=audition).values_list("pk", flat=True))
    hold_panels(panels)
    held = hold_audition(audition.pk)
    if held.slot is None or held.status != AuditionStatus.HEARD:
        raise SignFirst("L’avis collectif s’écrit une fois la personne entendue.")
    if not _is_scribe(held.slot.panel_id, by):
        raise NotTheScribe("L’avis collectif est écrit par la personne référente du jury.")
    if Minutes.objects.filter(panel_id__in=panels).exists():
        raise MinutesWritten("Le procès-verbal de ce jury est établi : l’avis ne peut plus changer.")
    if Scorecard.objects.filter(audition=held, sheet__status=SheetStatus.DRAFT).exists():
        raise SignFirst(
            "Chaque membre du jury signe d’abord sa fiche, seul ; l’avis collectif vient ensuite."
        )
    known = {str(value) for value, _ in grid_of(held.promotion_id, Stage.AUDITION).grid.verdicts}
    opinion, created = Opinion.objects.update_or_create(
        audition=held,
        defaults={
            "text": text,
            "verdict": verdict if verdict in known else "",
            "written_at": at,
            "written_by": by,
        },
    )
    journal("write_opinion", held, by=by, at=at, first=created)
    return opinion


@transaction.atomic
def freeze_minutes(panel: Panel, *, by: User, at: datetime) -> Minutes:
    """Write the minutes from what happened, keep their hash, ask everybody to sign and print them.

    Doing it twice returns the first. Raises NotTheScribe, NotYet.
    """
    held = hold_panels([panel.pk])[panel.pk]
    if not _is_scribe(held.pk, by):
        raise NotTheScribe("Le procès-verbal est établi par la personne référente du jury.")
    existing = Minutes.objects.filter(panel=held).first()
    if existing is not None:
        return existing
    passages = passages_of(held)
    reasons = unsettled(passages)
    if not passages:
        reasons = ["Aucune audition n’a eu lieu dans ce jury."]
    if reasons:
        raise NotYet(reasons)
    content = minutes_content(seats_in_minutes(held), passages)
    minutes = Minutes.objects.create(
        panel=held, content=content, sha256=digest(content), frozen_at=at, frozen_by=by
    )
    journal("freeze_minutes", minutes, by=by, at=at, promotion_id=held.promotion_id, sha256=minutes.sha256)
    ask_print(MINUTES, subject_id=minutes.pk, title=f"Procès-verbal, {held.name}", by=by, at=at)
    emails.minutes_to_sign(minutes, except_for=by, at=at)
    return minutes


@transaction.atomic
def sign_minutes(minutes: Minutes, *, by: User, at: datetime) -> None:
    """One's own signature; the last one closes the minutes and the booklets. Raises NotOnThePanel."""
    juror = Juror.objects.filter(person=by, seats__panel=minutes.panel_id).first()
    if juror is None:
        raise NotOnThePanel("Seules les personnes qui ont siégé signent ce procès-verbal.")
    _sign(minutes, juror=juror, prevented="", by=by, at=at)


@transaction.atomic
def record_prevented(minutes: Minutes, *, juror: Juror, reason: str, by: User, at: datetime) -> None:
    """Somebody who sat cannot sign: the team says why, and the minutes can close."""
    if not PanelSeat.objects.filter(panel=minutes.panel_id, juror=juror).exists():
        raise NotOnThePanel("Cette personne n’a pas siégé dans ce jury.")
    _sign(minutes, juror=juror, prevented=reason, by=by, at=at)


def _sign(minutes: Minutes, *, juror: Juror, prevented: str, by: User, at: datetime) -> None:
    hold_panels([minutes.panel_id])
    try:
        with transaction.atomic():
            MinutesSignature.objects.create(
                minutes=minutes, juror=juror, signed_at=at, prevented=prevented, recorded_by=by
            )
    except IntegrityError:
        return  # a second click: signed is signed
    journal(
        "sign_minutes" if not prevented else "record_prevented",
        minutes,
        by=by,
        at=at,
        promotion_id=minutes.panel.promotion_id,
        juror=str(juror.code),
    )
    seats = PanelSeat.objects.filter(panel=minutes.panel_id).count()
    held = Minutes.objects.get(pk=minutes.pk)
    if held.status == MinutesStatus.FROZEN and held.signatures.count() >= seats:
        move(held, MinutesStatus.SIGNED, by=by, at=at, signed_at=at)
        _close_booklets(held.panel)
        ask_print(MINUTES, subject_id=held.pk, title=f"Procès-verbal, {held.panel.name}", by=by, at=at)
    minutes.status, minutes.signed_at = held.status, held.signed_at


def _close_booklets(panel: Panel) -> None:
    """The booklets of those who have nothing left to hear are destroyed: they served, they are over."""
    for juror_id in jurors_done(panel):
        forget_prints(BOOKLET, subject_id=juror_id)
