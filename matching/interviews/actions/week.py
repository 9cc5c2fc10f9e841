"""Settle the week: the rules of the auditions, its half-days."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.journal.changes import changes, facts
from eig.juries import actions as juries
from eig.promotions.models import Promotion
from matching.interviews.models import AuditionRules, HalfDay, Panel


@transaction.atomic
def set_rules(
    promotion: Promotion,
    *,
    per_place: int,
    least_per_place: int,
    most_each: int,
    pause_minutes: int,
    rooms: Sequence[str],
    panel: Mapping[str, int],
    by: User,
    at: datetime,
) -> AuditionRules:
    """Write the rules of the promotion's auditions; plans computed before keep their own."""
    before = AuditionRules.objects.filter(promotion=promotion).first()
    rules, _ = AuditionRules.objects.update_or_create(
        promotion=promotion,
        defaults={
            "per_place": per_place,
            "least_per_place": least_per_place,
            "most_each": most_each,
            "pause_minutes": pause_minutes,
            "rooms": list(rooms),
            "panel": {kind: count for kind, count in panel.items() if count},
        },
    )
    changed = changes(facts(before), rules) if before else {}
    for name in ("rooms", "panel"):
        if before and getattr(before, name) != getattr(rules, name):
            changed[name] = [getattr(before, name), getattr(rules, name)]
    journal("set_audition_rules", rules, by=by, at=at, changed=changed)
    return rules


add_half_days = partial(juries.add_half_days, HalfDay)
remove_half_day = partial(juries.remove_half_day, Panel)
