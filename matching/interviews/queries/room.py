"""A panel on its day: who comes, who is in the room, what remains to do before its minutes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet

from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus
from eig.juries.queries import around_the_table
from eig.juries.rules import Step, steps_from
from matching.interviews.choices import AuditionStatus, Presence
from matching.interviews.models import (
    Audition,
    AuditionRules,
    Minutes,
    Needs,
    Opinion,
    Panel,
    PanelSeat,
    Passage,
    Scorecard,
)
from matching.interviews.models.week import four_steps
from matching.interviews.rules.room import minutes_behind, step_at

COLOURS = {Presence.PRESENT: "info", Presence.LATE: "warning"}


class State(NamedTuple):
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class RoomLine:
    """One audition as the room sees it; `card` is mine, `aside` when I stepped aside from this person."""

    audition: Audition
    passage: Passage
    card: Scorecard | None
    aside: bool
    signed: int
    live: int
    needs: Needs | None
    opinion: Opinion | None

    @property
    def who(self) -> str:
        """Who comes, in words; no name for a juror who stepped aside."""
        application = self.audition.application
        return "une personne dont vous vous êtes déporté·e" if self.aside else str(application.candidate)

    @property
    def state(self) -> State:
        """Where the audition is now: one word on screen, the same one read aloud when it changes."""
        if self.audition.status == AuditionStatus.HEARD:
            return State("Entendu·e", "success")
        if self.is_running:
            return State("En cours", "new")
        presence = Presence(self.passage.status)
        if self.audition.status == AuditionStatus.ABSENT:
            return State(presence.label, "error")
        return State(presence.label, COLOURS.get(presence, ""))

    @property
    def is_over(self) -> bool:
        return self.audition.status != AuditionStatus.PLACED

    @property
    def is_running(self) -> bool:
        return self.passage.began_at is not None and self.passage.ended_at is None

    @property
    def behind(self) -> int:
        """Minutes between the planned and the real beginning."""
        if self.passage.began_at is None or self.audition.during is None:
            return 0
        return minutes_behind(self.audition.during.lower, self.passage.began_at)


@dataclass(frozen=True, slots=True)
class Room:
    panel: Panel
    seats: tuple[PanelSeat, ...]
    mine: PanelSeat | None
    lines: tuple[RoomLine, ...]
    minutes: Minutes | None
    steps: tuple[tuple[str, int], ...]

    @property
    def running(self) -> RoomLine | None:
        return next((line for line in self.lines if line.is_running), None)

    @property
    def next(self) -> RoomLine | None:
        waiting = [line for line in self.lines if not line.is_over and not line.is_running]
        return waiting[0] if waiting else None

    @property
    def referent(self) -> PanelSeat | None:
        return next((seat for seat in self.seats if seat.is_referent), None)

    @property
    def over(self) -> int:
        return sum(line.is_over for line in self.lines)

    def timer(self, now: datetime) -> tuple[tuple[Step, ...], Step | None]:
        """The steps of the audition under way on the clock, and the one we are in."""
        if self.running is None or self.running.passage.began_at is None:
            return (), None
        steps = steps_from(self.running.passage.began_at, self.steps)
        return steps, step_at(steps, now)


def panels_visible_to(user: User) -> QuerySet[Panel]:
    """The panels whose room a person may enter: those where they sit; all for the programme team."""
    panels = Panel.objects.select_related("promotion")
    return panels if user.is_staff else panels.filter(seats__juror__person=user)


def auditions_of_room(user: User) -> QuerySet[Audition]:
    """Auditions that a person may conduct: placed in one of their panels, or left by its absent candidate."""
    auditions = Audition.objects.select_related(
        "application__candidate", "project", "promotion", "slot__panel"
    ).filter(slot__isnull=False)
    return auditions if user.is_staff else auditions.filter(slot__panel__seats__juror__person=user)


def room_of(panel: Panel, *, user: User) -> Room:
    """Everything the room's page says, in a constant number of queries."""
    seats = list(around_the_table(PanelSeat.objects.filter(panel=panel)))
    mine = next((seat for seat in seats if seat.juror.person_id == user.pk), None)
    cards = Scorecard.objects.select_related("sheet").order_by("pk")
    auditions = (
        Audition.objects.filter(slot__panel=panel)
        .exclude(status=AuditionStatus.CANCELLED)
        .select_related(
            "application__candidate",
            "application__audition_needs",
            "project__administration",
            "passage",
            "opinion",
            "slot",
        )
        .prefetch_related(Prefetch("scorecards", queryset=cards))
        .order_by("during", "pk")
    )
    rules = AuditionRules.objects.filter(promotion_id=panel.promotion_id).first()
    return Room(
        panel=panel,
        seats=tuple(seats),
        mine=mine,
        lines=tuple(_line(audition, mine) for audition in auditions),
        minutes=Minutes.objects.filter(panel=panel).first(),
        steps=tuple((str(words), int(count)) for words, count in (rules.steps if rules else four_steps())),
    )


def _line(audition: Audition, mine: PanelSeat | None) -> RoomLine:
    cards = list(audition.scorecards.all())
    live = [card for card in cards if card.sheet.status != SheetStatus.RECUSED]
    own = next((card for card in cards if mine is not None and card.juror_id == mine.juror_id), None)
    sits_aside = mine is not None and (own is None or own.sheet.status == SheetStatus.RECUSED)
    return RoomLine(
        audition=audition,
        passage=_beside(audition, "passage") or Passage(audition=audition),
        card=None if sits_aside else own,
        aside=sits_aside,
        signed=sum(card.sheet.status == SheetStatus.SIGNED for card in live),
        live=len(live),
        needs=_beside(audition.application, "audition_needs"),
        opinion=_beside(audition, "opinion"),
    )


def _beside(row: object, name: str) -> Any:
    return getattr(row, name, None)
