"""The minutes of a panel: what they will say, who signed, who remains."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import grid_of
from eig.french import folded
from eig.juries.queries import around_the_table
from matching.interviews.choices import AuditionStatus, MinutesStatus, Presence
from matching.interviews.models import (
    Audition,
    Minutes,
    MinutesSignature,
    Panel,
    PanelSeat,
    Passage,
    Scorecard,
)
from matching.interviews.queries.standing import mean_in_words
from matching.interviews.rules.minutes import CardLine, PanelLine, PassageLine, digest, fingerprint


@dataclass(frozen=True, slots=True)
class HeardLine:
    """One audition of the minutes, in words; `altered` when its opinion is not the one that was frozen."""

    audition: Audition
    presence: str
    began: object
    ended: object
    by_phone: bool
    cards: int
    mean: str
    verdict: str
    opinion: str
    incident: str
    aside: tuple[str, ...]
    altered: bool
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SignatureLine:
    seat: PanelSeat
    signature: MinutesSignature | None


def _auditions(panel: Panel) -> QuerySet[Audition]:
    cards = Scorecard.objects.select_related("sheet", "juror__person").order_by("pk")
    return (
        Audition.objects.filter(slot__panel=panel)
        .exclude(status=AuditionStatus.CANCELLED)
        .select_related("application__candidate", "project__administration", "passage", "opinion")
        .prefetch_related(Prefetch("scorecards", queryset=cards))
        .order_by("during", "pk")
    )


def _passage(audition: Audition) -> Passage:
    return getattr(audition, "passage", None) or Passage(audition=audition)


def passages_of(panel: Panel) -> list[PassageLine]:
    """The auditions of a panel as the minutes will say them."""
    return [_passage_line(audition) for audition in _auditions(panel)]


def _passage_line(audition: Audition) -> PassageLine:
    passage, opinion = _passage(audition), getattr(audition, "opinion", None)
    assert audition.during is not None
    return PassageLine(
        audition=str(audition.code),
        application=audition.application.number or "",
        project=audition.project.number or "",
        starts=audition.during.lower,
        status=audition.status,
        presence=presence_of(audition, passage),
        began=passage.began_at,
        ended=passage.ended_at,
        by_phone=passage.by_phone,
        cards=tuple(
            CardLine(str(card.juror.code), card.sheet.status, card.sheet.total)
            for card in audition.scorecards.all()
        ),
        score=audition.score,
        verdict=opinion.verdict if opinion else "",
        opinion=opinion.text if opinion else "",
        incident=passage.incident,
    )


def presence_of(audition: Audition, passage: Passage) -> str:
    """Heard or absent is the audition's own state: the room may have said nothing."""
    if audition.status == AuditionStatus.HEARD:
        return Presence.HEARD
    if audition.status == AuditionStatus.ABSENT and passage.status != Presence.EXCUSED:
        return Presence.ABSENT
    return passage.status


def seats_in_minutes(panel: Panel) -> PanelLine:
    seats = PanelSeat.objects.filter(panel=panel).select_related("juror").order_by("juror__code")
    return PanelLine(
        code=str(panel.code),
        name=panel.name,
        room=panel.room,
        starts=panel.during.lower,
        ends=panel.during.upper,
        jurors=tuple((str(seat.juror.code), seat.juror.kind, seat.is_referent) for seat in seats),
    )


def minutes_lines(panel: Panel, minutes: Minutes | None, *, reader: User | None = None) -> list[HeardLine]:
    """The minutes in words, names beside; a frozen text that no longer matches its fingerprint is told.

    What concerns a person from whom `reader` stepped aside is hidden from them.
    """
    grid = grid_of(panel.promotion_id, Stage.AUDITION)
    verdicts = {str(value): str(label) for value, label in grid.grid.verdicts}
    frozen = {item["audition"]: item for item in minutes.content["auditions"]} if minutes else {}
    found = []
    for audition in _auditions(panel):
        passage, opinion = _passage(audition), getattr(audition, "opinion", None)
        text = opinion.text if opinion else ""
        kept = frozen.get(str(audition.code))
        hidden = reader is not None and any(
            card.juror.person_id == reader.pk and card.sheet.status == SheetStatus.RECUSED
            for card in audition.scorecards.all()
        )
        cards = [card for card in audition.scorecards.all() if card.sheet.status == SheetStatus.SIGNED]
        found.append(
            HeardLine(
                audition=audition,
                presence=Presence(presence_of(audition, passage)).label,
                began=passage.began_at,
                ended=passage.ended_at,
                by_phone=passage.by_phone,
                cards=len(cards),
                hidden=hidden,
                mean=""
                if hidden
                else mean_in_words(audition.score, weight=grid.total_weight, top=grid.grid.scale_max),
                verdict=verdicts.get(opinion.verdict, "") if opinion and not hidden else "",
                opinion="" if hidden else text,
                incident=passage.incident,
                aside=tuple(
                    sorted(
                        (
                            str(card.juror)
                            for card in audition.scorecards.all()
                            if card.sheet.status == SheetStatus.RECUSED
                        ),
                        key=folded,
                    )
                ),
                altered=kept is not None and kept["opinion_sha256"] != fingerprint(text),
            )
        )
    return found


def signatures_of(panel: Panel, minutes: Minutes | None) -> list[SignatureLine]:
    seats = around_the_table(PanelSeat.objects.filter(panel=panel))
    given = (
        {row.juror_id: row for row in minutes.signatures.select_related("recorded_by").order_by("pk")}
        if minutes
        else {}
    )
    return [SignatureLine(seat, given.get(seat.juror_id)) for seat in seats]


def is_intact(minutes: Minutes) -> bool:
    """Whether the content still has the hash that was signed."""
    return digest(minutes.content) == minutes.sha256


def minutes_to_sign(person: User) -> QuerySet[Minutes]:
    """What waits for a person's signature."""
    return (
        Minutes.objects.filter(status=MinutesStatus.FROZEN, panel__seats__juror__person=person)
        .exclude(signatures__juror__person=person)
        .select_related("panel")
        .order_by("frozen_at", "pk")
    )
