"""Change what a reader takes, free what a leaving one held."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.evaluation.actions.reading import take_back
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Reader, Reading
from eig.journal.actions import record as journal
from eig.journal.changes import changes, facts
from eig.promotions.models import Promotion, Trade


def _locked(model: type[Reading], promotion: Promotion, person: User) -> Reader:
    return Reader.objects.select_for_update(of=("self",)).get(
        promotion=promotion, person=person, stage=model.KIND.stage
    )


@transaction.atomic
def change_reader(
    model: type[Reading],
    promotion: Promotion,
    *,
    person: User,
    trades: Sequence[Trade],
    cap: int,
    by: User,
    at: datetime,
) -> None:
    """Set the trades that a reader takes (none means all) and how many dossiers at most."""
    reader = _locked(model, promotion, person)
    was, before = facts(reader), sorted(reader.trades.values_list("code", flat=True))
    reader.cap = cap
    reader.save(update_fields=["cap"])
    reader.trades.set(trades)
    changed = changes(was, reader)
    if (after := sorted(trade.code for trade in trades)) != before:
        changed["trades"] = [before, after]
    journal("change_reader", reader, by=by, at=at, changed=changed)


@transaction.atomic
def dismiss_reader(
    model: type[Reading], promotion: Promotion, *, person: User, by: User, at: datetime
) -> int:
    """A reader leaves: what they have signed still counts, what they had not is free to hand on.

    Their unfinished marks go with them. Returns how many dossiers are free.
    """
    User.objects.select_for_update().get(pk=person.pk)
    reader = _locked(model, promotion, person)
    drafts = model._default_manager.filter(reader=person, sheet__status=SheetStatus.DRAFT)
    mine = drafts.filter(**{f"{model.KIND.dossier}__promotion": promotion})
    freed = take_back(model, mine, deed="take_back_reading", by=by, at=at)
    journal("dismiss_reader", reader, by=by, at=at, freed=freed)
    reader.delete()
    return freed
