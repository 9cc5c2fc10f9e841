"""Refine the profiles of a laureate before its page is published."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.journal.changes import changes, facts
from eig.lifecycle import IllegalMove, lock
from eig.promotions.models import Trade
from projects.choices import Status
from projects.models import Position, Project
from projects.rules import seats_refusal


class SeatsOutOfRange(Exception):
    """The seats of the project would no longer make a team."""


def laureate_with(position: Position, *, seats: int) -> Project:
    """The project of a profile that may have so many seats, locked. Raises SeatsOutOfRange, IllegalMove."""
    project = lock(position.project, "promotion")
    if project.status != Status.LAUREATE:
        raise IllegalMove(
            "Les profils ne se précisent qu’entre l’annonce des lauréats et la publication du défi."
        )
    others = list(project.positions.exclude(pk=position.pk).values_list("seats", flat=True))
    limits = {"team_min": project.promotion.team_min, "team_max": project.promotion.team_max}
    if reason := seats_refusal([*others, seats], **limits):
        raise SeatsOutOfRange(reason)
    return project


@transaction.atomic
def refine_position(
    position: Position,
    *,
    expertise: str,
    must_have: str,
    nice_to_have: str,
    by: User,
    at: datetime,
    seats: int | None = None,
    trade: Trade | None = None,
) -> None:
    """Rewrite one profile of a laureate not yet published. Raises SeatsOutOfRange, IllegalMove."""
    wanted = position.seats if seats is None else seats
    project = laureate_with(position, seats=wanted)
    was = facts(position)
    position.expertise, position.must_have, position.nice_to_have = expertise, must_have, nice_to_have
    position.seats, position.trade = wanted, trade or position.trade
    position.save(update_fields=["expertise", "must_have", "nice_to_have", "seats", "trade"])
    changed = changes(was, position)
    journal("refine_position", project, by=by, at=at, position=str(position.code), changed=changed)
