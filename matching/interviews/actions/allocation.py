"""Hand out auditions in three rounds: compute, have it checked, keep what was computed, write it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from candidates.models import Application
from eig.accounts.models import User
from eig.journal.actions import entry, record_all
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion
from matching.interviews.actions.proposal import propose_auditions
from matching.interviews.allocation import allocate_auditions
from matching.interviews.allocation.checker import check_auditions
from matching.interviews.choices import Round
from matching.interviews.models import Allocation, Audition
from matching.interviews.queries.allocation import hall_of
from matching.interviews.rules.allocation import Hall, Pair, question, to_add
from matching.stable.canonical import fingerprint
from projects.models import Project

TURNS = (Round.FIRST, Round.FALLBACK, Round.SECOND)


class NotSafe(Exception):
    """The independent checker refused the allocation."""


@dataclass(frozen=True, slots=True)
class Allocated:
    """What the rounds would add now, before anything is written."""

    hall: Hall
    instance: dict[str, Any]
    result: dict[str, Any]
    verdict: str
    added: dict[str, list[Pair]]


def allocate(promotion: Promotion) -> Allocated:
    """Compute the three rounds from what stands; nothing is written."""
    hall = hall_of(promotion)
    instance = question(hall)
    result = allocate_auditions(instance)
    return Allocated(
        hall,
        instance,
        result,
        check_auditions(instance, result).code,
        {str(turn): to_add(hall, result, turn=turn) for turn in TURNS},
    )


@transaction.atomic
def retain_round(promotion: Promotion, *, turn: Round | str, by: User, at: datetime) -> int:
    """Write one round: auditions, or proposals that wait for consent; returns how many. Raises NotSafe.

    Safe to do again: what stands is counted in, so that only what is missing is added.
    """
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    found = allocate(promotion)
    if found.verdict != "ok":
        raise NotSafe(f"Le vérificateur indépendant a refusé cette répartition ({found.verdict}).")
    pairs = found.added[str(turn)]
    if not pairs:
        return 0
    if turn == Round.FALLBACK:
        added = _propose(promotion, pairs, by=by, at=at)
    else:
        added = _plan(promotion, pairs, turn=turn, by=by, at=at)
    kept = Allocation.objects.create(
        promotion=promotion,
        round=turn,
        instance=found.instance,
        result=found.result,
        sha256=fingerprint([found.instance, found.result]),
        verdict=found.verdict,
        added=added,
        retained_at=at,
        retained_by=by,
    )
    journal("retain_round", kept, by=by, at=at, turn=str(turn), added=added)
    return added


def _plan(promotion: Promotion, pairs: list[Pair], *, turn: Round | str, by: User, at: datetime) -> int:
    rows = Audition.objects.bulk_create(
        [
            Audition(
                promotion=promotion, application_id=application, project_id=project, round=turn, created_at=at
            )
            for application, project in pairs
        ],
        ignore_conflicts=True,
    )
    written = Audition.objects.filter(code__in=[row.code for row in rows]).order_by("pk")
    record_all(entry("plan_audition", audition, by=by, at=at) for audition in written)
    return len(written)


def _propose(promotion: Promotion, pairs: list[Pair], *, by: User, at: datetime) -> int:
    """One proposal each; whoever was proposed something meanwhile is left for the next run."""
    people = Application.objects.select_related("candidate", "promotion").in_bulk({one for one, _ in pairs})
    projects = Project.objects.in_bulk({project for _, project in pairs})
    refused = propose_auditions(
        promotion, pairs=[(people[one], projects[project]) for one, project in pairs], by=by, at=at
    )
    return len(pairs) - len(refused)
