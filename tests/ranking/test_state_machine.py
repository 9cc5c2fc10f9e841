"""Two thousand random sequences of edits, in four sessions that race with the closing, on PostgreSQL.

Whatever the order in which the sessions meet, the snapshot is exactly the last list that each candidate was
told is certified.
"""

import threading
from collections.abc import Callable

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from candidates.models import Application
from eig.promotions.gate import PhaseNotOpen
from eig.promotions.models import Phase, Promotion
from matching.ranking import actions
from matching.ranking.choices import Status
from matching.ranking.models import Ranking, Snapshot
from projects.models import Project
from tests.factories.ranking import published_project, shortlisted
from tests.people import person
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)

SESSIONS, CANDIDATES, PROJECTS = 4, 20, 6
ROUNDS, STEPS = 10, 5
SEQUENCES = 2000 // (ROUNDS * STEPS * SESSIONS)
REFUSED = (actions.AlreadyCertified, actions.NotReady, actions.StaleRanking, actions.TooManyWishes)
# An edit: what, on which project, to which rank. A sequence: whose list, a few edits.
EDITS = st.tuples(
    st.sampled_from(["add", "place", "remove", "certify", "reopen"]), st.integers(0, 5), st.integers(1, 5)
)
QUEUE = st.lists(
    st.tuples(st.integers(0, CANDIDATES - 1), st.lists(EDITS, min_size=1, max_size=3)),
    min_size=SEQUENCES,
    max_size=SEQUENCES,
)


def test_the_snapshot_is_exactly_the_last_acknowledged_list(promotion_committed: Promotion) -> None:
    promotion = promotion_committed
    Promotion.objects.filter(pk=promotion.pk).update(wishes_min=1)
    projects = [published_project(promotion) for _ in range(PROJECTS)]
    applications = [shortlisted(promotion) for _ in range(CANDIDATES)]
    diane = person("Diane", "Delmas", staff=True)
    for application in applications:
        actions.open_ranking(application, at=timezone.now())
    played = []

    class Sessions(RuleBasedStateMachine):
        """Lists live on from one step to the next; each step ends by a closing, then the ranking reopens."""

        @rule(queues=st.tuples(*[QUEUE] * SESSIONS), closing=st.integers(0, SEQUENCES * SESSIONS // 2))
        def race(self, queues: tuple, closing: int) -> None:
            race = Race(promotion, applications, projects)
            done = threading.Semaphore(0)

            def session(queue: list) -> Callable[[], None]:
                def deed() -> None:
                    for whose, edits in queue:
                        race.play(whose, edits)
                        done.release()

                return deed

            def close() -> None:
                for _ in range(closing):
                    done.acquire()
                actions.close_rankings(promotion, by=diane)

            assert together(*[session(queue) for queue in queues], close) == []
            snapshot = Snapshot.objects.filter(promotion=promotion).order_by("-pk").first()
            kept = {row["application"]: row["wishes"] for row in snapshot.lists}
            assert kept == race.acknowledged()
            played.extend(sequence for queue in queues for sequence in queue)
            Phase.objects.filter(promotion=promotion, kind="ranking").update(closed_at=None, closed_by=None)

    run_state_machine_as_test(
        Sessions,
        settings=settings(
            max_examples=ROUNDS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            derandomize=True,
        ),
    )
    assert len(played) >= 2000


class Race:
    """What each candidate was told, by (version, list): the greatest version is the last word."""

    def __init__(
        self, promotion: Promotion, applications: list[Application], projects: list[Project]
    ) -> None:
        self.applications, self.projects = applications, projects
        self.told: dict[str, list[tuple[int, int, list[str] | None]]] = {}
        rows = Ranking.objects.filter(application__promotion=promotion).prefetch_related("choices__project")
        self.rows = {}
        for row in rows.select_related("application__promotion", "application__candidate"):
            self.rows[row.application_id] = row
            order = [str(item.project.code) for item in sorted(row.choices.all(), key=lambda c: c.position)]
            certified = order if row.status == Status.CERTIFIED else None
            self.told[str(row.application.code)] = [(row.version, 0, certified)]

    def play(self, whose: int, edits: list[tuple[str, int, int]]) -> None:
        """One tab of one candidate: it reads the list, then edits what it read."""
        application = self.applications[whose]
        base = self.rows[application.pk]
        row = Ranking(pk=base.pk, application=base.application)
        row.refresh_from_db(fields=["status", "version"])
        for what, project, rank in edits:
            try:
                self._do(row, what, self.projects[project], rank)
            except PhaseNotOpen:
                return
            except REFUSED:
                row.refresh_from_db(fields=["status", "version"])

    def _do(self, row: Ranking, what: str, project: Project, rank: int) -> None:
        by, told = row.application.candidate, self.told[str(row.application.code)]
        if what == "add":
            actions.add_choice(row, project=project, version=row.version, by=by)
        elif what == "place":
            actions.place_choice(row, project=project, rank=rank, version=row.version, by=by)
        elif what == "remove":
            actions.remove_choice(row, project=project, version=row.version, by=by)
        elif what == "certify":
            before = row.version
            actions.certify_ranking(row, by=by, version=row.version)
            if row.status == Status.CERTIFIED and row.version == before:
                order = row.choices.order_by("position").values_list("project__code", flat=True)
                told.append((row.version, 1, [str(code) for code in order]))
        else:
            actions.reopen_ranking(row, by=by)
            told.append((row.version, 0, None))

    def acknowledged(self) -> dict[str, list[str]]:
        last = {code: max(told, key=lambda word: word[:2])[2] for code, told in self.told.items()}
        return {code: order for code, order in last.items() if order is not None}
