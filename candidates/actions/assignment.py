"""Apply a distribution that was looked at; change what a reader may take; free what a leaving reader held."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from candidates.actions.reading import distribute_readings
from candidates.choices import BulkKind, BulkState
from candidates.models import BulkDeed, BulkRow, Review
from candidates.queries.assignment import digest_of, planned_readings
from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Mark, Reader, Sheet
from eig.evaluation.queries import grid_of
from eig.journal.actions import entry, record_all
from eig.journal.actions import record as journal
from eig.juries.actions import stop_judging
from eig.juries.choices import Duty
from eig.promotions.models import Promotion, Trade


class PlanChanged(Exception):
    """What was shown is no longer what would be done."""


@transaction.atomic
def apply_plan(promotion: Promotion, *, digest: str, by: User, at: datetime) -> BulkDeed:
    """Hand out exactly what the preview showed, and keep what became of each row. Raises PlanChanged."""
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    weight = grid_of(promotion, Stage.APPLICATION_READING).total_weight
    if digest_of(planned_readings(promotion, total_weight=weight)) != digest:
        raise PlanChanged("Des dossiers ou des lectures ont changé depuis cet aperçu : en voici un nouveau.")
    made = distribute_readings(promotion, by=by, at=at)
    deed = BulkDeed.objects.create(
        promotion=promotion,
        kind=BulkKind.ASSIGN,
        given={"plan": digest},
        asked_by=by,
        asked_at=at,
        applied_at=at,
    )
    people = User.objects.in_bulk({reader for _, reader in made.pairs})
    given: dict[int, list[str]] = {}
    for application, reader in made.pairs:
        given.setdefault(application, []).append(str(people[reader]))
    BulkRow.objects.bulk_create(
        BulkRow(
            bulk=deed,
            application_id=application,
            state=BulkState.DONE if application in given else BulkState.REFUSED,
            said=_said(given.get(application, []), made.unmet.get(application, 0)),
            settled_at=at,
        )
        for application in sorted({*given, *made.unmet})
    )
    journal("apply_plan", deed, by=by, at=at, pairs=len(made.pairs), unmet=sum(made.unmet.values()))
    return deed


def _said(names: Sequence[str], unmet: int) -> str:
    given = f"Confiée à {' et '.join(names)}." if names else ""
    lacking = (
        f"Il manque {unmet} lecture{'s' if unmet > 1 else ''} : métier, plafonds ou déports l’empêchent."
        if unmet
        else ""
    )
    return f"{given} {lacking}".strip()[:300]


def _reader(promotion: Promotion, person: User) -> Reader:
    return Reader.objects.select_for_update(of=("self",)).get(
        promotion=promotion, person=person, stage=Stage.APPLICATION_READING
    )


@transaction.atomic
def change_reader(
    promotion: Promotion, *, person: User, trades: Sequence[Trade], cap: int, by: User, at: datetime
) -> None:
    """Set the trades that a reader takes (none means all) and how many dossiers at most."""
    reader = _reader(promotion, person)
    Reader.objects.filter(pk=reader.pk).update(cap=cap)
    reader.trades.set(trades)
    journal("change_reader", reader, by=by, at=at, cap=cap, trades=[trade.code for trade in trades])


@transaction.atomic
def dismiss_reader(promotion: Promotion, *, person: User, by: User, at: datetime) -> int:
    """A reader leaves: what they have signed still counts, what they had not is free to hand on.

    Their unfinished marks go with them; without a mark that counts, they no longer judge.
    Returns how many applications are free.
    """
    User.objects.select_for_update().get(pk=person.pk)
    reader = _reader(promotion, person)
    drafts = Review.objects.filter(
        application__promotion=promotion, reader=person, sheet__status=SheetStatus.DRAFT
    )
    reviews = list(drafts.select_for_update(of=("self",)).select_related("application").order_by("pk"))
    sheets = [review.sheet_id for review in reviews]
    record_all(
        entry("take_back_reading", review.application, by=by, at=at, reader=person.pk) for review in reviews
    )
    Review.objects.filter(pk__in=[review.pk for review in reviews]).delete()
    Mark.objects.filter(sheet_id__in=sheets).delete()
    Sheet.objects.filter(pk__in=sheets, status=SheetStatus.DRAFT).delete()
    journal("dismiss_reader", reader, by=by, at=at, freed=len(reviews))
    reader.delete()
    signed = Review.objects.filter(
        application__promotion=promotion, reader=person, sheet__status=SheetStatus.SIGNED
    )
    if not signed.exists():
        stop_judging(promotion, person=person, duty=Duty.APPLICATION_READING)
    return len(reviews)
