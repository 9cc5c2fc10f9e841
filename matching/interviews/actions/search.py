"""The worker's side of a computed timetable: one at a time, in a process that can be stopped."""

import json
import os
import selectors
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from eig.jobs.actions import Clock, JobFailed, hold, renew, run_next
from eig.lifecycle import move
from matching.interviews.choices import PlanKind, PlanStatus
from matching.interviews.models import Plan
from matching.interviews.timetable.checker import check_timetable
from matching.stable.canonical import fingerprint
from matching.stable.reading import BadInput

# Limits the largest search; the others have their own.
SECONDS = 90
CHECK_SECONDS = 20
ROOT = Path(__file__).resolve().parents[3]


class Stopped(Exception):
    """Somebody asked to stop the search."""


class SearchFailed(JobFailed):
    """The search ended without an answer."""


def solve_next(clock: Clock) -> bool:
    """Compute one waiting timetable; False when none waits."""
    return run_next(Plan, partial(_solve, clock=clock), clock=clock) is not None


def _solve(plan: Plan, *, clock: Clock) -> None:
    try:
        now = clock()
        renew(plan, now=now, started_at=now, progress=2)
        _keep(plan, _searched(plan, clock=clock), at=clock())
    except Stopped:
        _end(plan, PlanStatus.CANCELLED, at=clock())
    except BadInput as error:
        raise SearchFailed(str(error)) from error


def _searched(plan: Plan, *, clock: Clock) -> dict[str, Any]:
    _refuse_stopped(plan)
    request = {"instance": plan.instance, "grouped": plan.kind == PlanKind.WEEK, "seconds": SECONDS}
    for line in _lines(request, plan=plan, clock=clock):
        if "result" in line:
            found: dict[str, Any] = line["result"]
            return found
        renew(plan, now=clock(), stage=line["stage"], progress=line["percent"])
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
    renew(plan, now=clock())
    _refuse_stopped(plan)


def _refuse_stopped(plan: Plan) -> None:
    if Plan.objects.filter(pk=plan.pk, cancel_asked_at__isnull=False).exists():
        raise Stopped


def _keep(plan: Plan, result: dict[str, Any], *, at: datetime) -> None:
    """Nothing is offered to the team before the independent checker has accepted it."""
    written = {name: result[name] for name in ("schedule", "panels")}
    proven = bool(result["proven"])
    verdict = check_timetable(plan.instance, written, seconds=CHECK_SECONDS, most=proven)
    if not verdict.ok:
        raise SearchFailed(f"refusé par le vérificateur indépendant : {verdict}"[:300])
    _end(
        plan,
        PlanStatus.READY,
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
        error="",
    )


@transaction.atomic
def _end(plan: Plan, status: PlanStatus, *, at: datetime, **changes: Any) -> None:
    hold(plan)
    move(plan, status, by=None, at=at, finished_at=at, lease_until=None, **changes)
