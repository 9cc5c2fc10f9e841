"""Choose how long a promotion keeps each kind of data."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion
from privacy.models import RetentionRule


@transaction.atomic
def set_lengths(promotion: Promotion, *, months: Mapping[str, int], by: User, at: datetime) -> int:
    """Write the lengths that change; returns how many."""
    before = dict(RetentionRule.objects.filter(promotion=promotion).values_list("clock", "months"))
    changed = {clock: length for clock, length in months.items() if before.get(clock) != length}
    for clock, length in changed.items():
        RetentionRule.objects.update_or_create(promotion=promotion, clock=clock, defaults={"months": length})
        journal("set_retention", promotion, by=by, at=at, clock=clock, before=before.get(clock), after=length)
    return len(changed)
