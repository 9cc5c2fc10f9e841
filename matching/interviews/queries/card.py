"""Scorecards: a juror's own, and the others' once theirs is signed. Ranks of wishes are never read here."""

from dataclasses import dataclass

from django.db.models import QuerySet

from candidates.models import Application, Attachment
from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import SectionAnswers, answers_shown
from eig.evaluation.choices import SheetStatus
from eig.evaluation.queries import GridView
from eig.evaluation.rules import mean_mark, shown
from eig.french import french
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, PanelSeat, Scorecard
from matching.interviews.queries.secrecy import hides_from


@dataclass(frozen=True, slots=True)
class OtherCard:
    """Another juror's signed card: mean in words, verdict, comment, marks in the grid's order."""

    juror: str
    mean: str
    verdict: str
    comment: str
    marks: tuple[tuple[str, int], ...]


def _cards() -> QuerySet[Scorecard]:
    return Scorecard.objects.select_related(
        "sheet__grid",
        "juror__person",
        "audition__application__candidate",
        "audition__project__administration",
        "audition__slot__panel",
        "audition__promotion",
    )


def my_cards(person: User) -> QuerySet[Scorecard]:
    """A juror's cards for auditions that take place, in time order; not those they stepped aside from."""
    return (
        _cards()
        .filter(juror__person=person, audition__status__in=[AuditionStatus.PLACED, AuditionStatus.HEARD])
        .exclude(sheet__status=SheetStatus.RECUSED)
        .order_by("audition__during", "pk")
    )


def cards_visible_to(user: User) -> QuerySet[Scorecard]:
    """The cards a person may open: their own. The programme team reads scores, not the cards one by one."""
    return my_cards(user)


def my_seats(person: User) -> list[PanelSeat]:
    """A juror's panels, in time order, with the others around the table."""
    return list(
        PanelSeat.objects.filter(juror__person=person)
        .select_related("panel__promotion", "juror")
        .prefetch_related("panel__seats__juror__person")
        .order_by("during", "pk")
    )


def others_cards(card: Scorecard, grid: GridView) -> list[OtherCard]:
    """What the other jurors signed: nothing before one's own card is signed."""
    if card.sheet.status != SheetStatus.SIGNED:
        return []
    others = (
        Scorecard.objects.filter(audition_id=card.audition_id, sheet__status=SheetStatus.SIGNED)
        .exclude(pk=card.pk)
        .select_related("juror__person", "sheet")
        .prefetch_related("sheet__marks")
        .order_by(french("juror__person__last_name"), "pk")
    )
    return [_other(other, grid) for other in others]


def cards_of(audition: Audition, grid: GridView, *, reader: User) -> list[tuple[Scorecard, OtherCard | None]]:
    """Every card of an audition for the programme team, with its content once signed.

    A reader who also sits there sees what others signed after signing their own card.
    """
    hidden = hides_from(reader, audition)
    cards = (
        Scorecard.objects.filter(audition=audition)
        .select_related("juror__person", "sheet")
        .prefetch_related("sheet__marks")
        .order_by(french("juror__person__last_name"), "pk")
    )
    return [
        (card, _other(card, grid) if card.sheet.status == SheetStatus.SIGNED and not hidden else None)
        for card in cards
    ]


def _other(card: Scorecard, grid: GridView) -> OtherCard:
    values = {mark.criterion_id: mark.value for mark in card.sheet.marks.all()}
    mean = shown(mean_mark([card.sheet.total or 0], weight=grid.total_weight))
    verdicts = {str(value): str(label) for value, label in grid.grid.verdicts}
    return OtherCard(
        juror=str(card.juror),
        mean=f"{mean} / {grid.grid.scale_max}".replace(".", ","),
        verdict=verdicts.get(card.sheet.verdict, ""),
        comment=card.sheet.comment,
        marks=tuple((item.label, values.get(item.pk, 0)) for item in grid.criteria),
    )


def card_dossier(application: Application) -> list[SectionAnswers]:
    """The answers a jury reads: with names, without what only serves to organise."""
    form = form_of(application.promotion, FormKind.APPLICATION)
    return answers_shown(form, application.answers, readers_only=True)


def files_of(application: Application) -> list[Attachment]:
    return list(
        Attachment.objects.filter(application=application)
        .select_related("document")
        .order_by("added_at", "pk")
    )
