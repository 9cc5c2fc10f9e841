"""The worker's side of a computed timetable: one at a time, in a process that can be stopped."""

import json
import os
import selectors
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from eig.lifecycle import move
from matching.interviews.choices import PlanKind, PlanStatus
from matching.interviews.models import Plan
from matching.interviews.timetable.checker import check_timetable
from matching.stable.canonical import fingerprint
from matching.stable.reading import BadInput

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 3
# Limits the largest search; the others have their own.
SECONDS = 90
CHECK_SECONDS = 20
ROOT = Path(__file__).resolve().parents[3]

Clock = Callable[[], datetime]


class Stopped(Exception):
    """Somebody asked to stop the search."""


class SearchFailed(Exception):
    """The search ended without an answer."""


def solve_next(clock: Clock) -> bool:
    """Compute one waiting timetable; False when none waits. A failure is tried again, three times in all."""
    plan = _claim(clock())
    if plan is None:
        return False
    try:
        result = _searched(plan, clock=clock)
        _keep(plan, result, at=clock())
    except Stopped:
        _end(plan, PlanStatus.CANCELLED, at=clock())
    except (SearchFailed, BadInput, OSError) as error:
        _failed(plan, str(error), at=clock())
    return True


@transaction.atomic
def _claim(now: datetime) -> Plan | None:
    waiting = Plan.objects.select_for_update(skip_locked=True, of=("self",)).order_by("asked_at", "pk")
    plan = waiting.filter(status=PlanStatus.QUEUED).first()
    if plan is None:
        plan = waiting.filter(status=PlanStatus.RUNNING, lease_until__lt=now).first()
        if plan is None:
            return None
        move(plan, PlanStatus.QUEUED, by=None, at=now)
    if plan.cancel_asked_at:
        move(plan, PlanStatus.CANCELLED, by=None, at=now, finished_at=now)
        return None
    if plan.attempts >= MAX_ATTEMPTS:
        said = "le calcul s’est arrêté plusieurs fois"
        move(plan, PlanStatus.FAILED, by=None, at=now, finished_at=now, error=said)
        return None
    move(
        plan,
        PlanStatus.RUNNING,
        by=None,
        at=now,
        attempts=plan.attempts + 1,
        started_at=now,
        lease_until=now + LEASE,
        progress=2,
    )
    return plan


def _searched(plan: Plan, *, clock: Clock) -> dict[str, Any]:
    request = {"instance": plan.instance, "grouped": plan.kind == PlanKind.WEEK, "seconds": SECONDS}
    for line in _lines(request, plan=plan, clock=clock):
        if "result" in line:
            found: dict[str, Any] = line["result"]
            return found
        Plan.objects.filter(pk=plan.pk).update(
            stage=line["stage"], progress=line["percent"], lease_until=clock() + LEASE
        )
    raise SearchFailed("le calcul n’a rien rendu")


def _lines(request: Mapping[str, Any], *, plan: Plan, clock: Clock) -> Iterator[dict[str, Any]]:
    """What the search says, line by line; it is stopped as soon as somebody asks."""
    command = [sys.executable, "-m", "matching.interviews.timetable"]
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with subprocess.Popen(  # noqa: S603 - our own module, no shell, nothing from a person
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd=ROOT, env=environment,
    ) as child:  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(json.dumps(request).encode())
            child.stdin.close()
            with selectors.DefaultSelector() as ready:
                ready.register(child.stdout, selectors.EVENT_READ)
                while True:
                    if not ready.select(timeout=1):
                        _beat(plan, clock=clock)
                        continue
                    line = child.stdout.readline()
                    if not line:
                        return
                    _beat(plan, clock=clock)
                    yield json.loads(line)
        finally:
            child.kill()


def _beat(plan: Plan, *, clock: Clock) -> None:
    Plan.objects.filter(pk=plan.pk).update(lease_until=clock() + LEASE)
    if Plan.objects.filter(pk=plan.pk, cancel_asked_at__isnull=False).exists():
        raise Stopped


def _keep(plan: Plan, result: dict[str, Any], *, at: datetime) -> None:
    """Nothing is offered to the team before the independent checker has accepted it."""
    written = {name: result[name] for name in ("schedule", "panels")}
    proven = bool(result["proven"])
    verdict = check_timetable(plan.instance, written, seconds=CHECK_SECONDS, most=proven)
    if not verdict.ok:
        raise SearchFailed(f"refusé par le vérificateur indépendant : {verdict}"[:300])
    move(
        Plan.objects.get(pk=plan.pk),
        PlanStatus.READY,
        by=None,
        at=at,
        result=result,
        result_sha256=fingerprint(result),
        placed=len(result["schedule"]),
        bound=result["bound"],
        proven=proven,
        verdict=verdict.code,
        verdict_sentence=verdict.sentence,
        progress=100,
        stage="",
        finished_at=at,
        lease_until=None,
    )


def _end(plan: Plan, status: PlanStatus, *, at: datetime, **changes: Any) -> None:
    move(Plan.objects.get(pk=plan.pk), status, by=None, at=at, finished_at=at, lease_until=None, **changes)


def _failed(plan: Plan, error: str, *, at: datetime) -> None:
    if plan.attempts >= MAX_ATTEMPTS:
        _end(plan, PlanStatus.FAILED, at=at, error=error[:300])
    else:
        move(
            Plan.objects.get(pk=plan.pk),
            PlanStatus.QUEUED,
            by=None,
            at=at,
            error=error[:300],
            lease_until=None,
        )
