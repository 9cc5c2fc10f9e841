"""Choose how long a promotion keeps each kind of data."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.orders.kinds import Given, OrderKind
from eig.promotions.models import Promotion
from privacy.models import RetentionRule
from privacy.queries import lengths_of
from privacy.register import clocks


@transaction.atomic
def set_lengths(promotion: Promotion, *, months: Mapping[str, int], by: User, at: datetime) -> int:
    """Write the lengths that change; returns how many."""
    before = dict(RetentionRule.objects.filter(promotion=promotion).values_list("clock", "months"))
    changed = {clock: length for clock, length in months.items() if before.get(clock) != length}
    for clock, length in changed.items():
        RetentionRule.objects.update_or_create(promotion=promotion, clock=clock, defaults={"months": length})
        journal("set_retention", promotion, by=by, at=at, clock=clock, before=before.get(clock), after=length)
    return len(changed)


def shortened(promotion: Promotion, *, months: Mapping[str, int]) -> Mapping[str, int]:
    """The lengths that would become shorter than they are: each orders erasures."""
    now = lengths_of(promotion)
    return {clock: length for clock, length in months.items() if length < now[clock]}


def _shorten(promotion: Promotion, given: Given, *, reason: str, by: User, at: datetime) -> str:
    changed = set_lengths(promotion, months=given, by=by, at=at)
    return f"Durées enregistrées ({changed}) ; la prochaine purge les suit."


def _shortening_words(promotion: Promotion, given: Given) -> list[str]:
    now, known = lengths_of(promotion), clocks()
    return [
        f"{known[clock].title} : {now[clock]} mois deviennent {length} mois."
        for clock, length in given.items()
        if now[clock] != length
    ] + ["Ce qui a dépassé ces durées sera effacé, sans retour."]


SHORTENING = OrderKind("shorten_retention", run=_shorten, refusals=(), words=_shortening_words)
