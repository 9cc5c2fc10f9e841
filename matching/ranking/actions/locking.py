"""Rows held while wishes change, always in the same order: phase, application, projects, ranking.

A share lock on the projects keeps them published until the deed is committed, without making candidates
wait for one another.
"""

from collections.abc import Iterable

from django.db import connection

from candidates.choices import Status as ApplicationStatus
from eig.lifecycle import lock
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import Gate, open_gate
from matching.ranking.models import Choice, Ranking


class NotShortlisted(Exception):
    """Only preselected people express wishes."""


def hold_application(application_id: int) -> None:
    """Keep the application preselected until the transaction ends. Raises NotShortlisted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM candidates_application WHERE id = %s FOR SHARE", [application_id])
        row = cursor.fetchone()
    if row is None or row[0] != ApplicationStatus.SHORTLISTED:
        raise NotShortlisted("Seules les personnes présélectionnées peuvent exprimer des vœux.")


def hold_projects(project_ids: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM projects_project WHERE id = ANY(%s) ORDER BY id FOR SHARE",
            [sorted(set(project_ids))],
        )


def ranked_ids(*ranking_ids: int) -> set[int]:
    return set(Choice.objects.filter(ranking_id__in=ranking_ids).values_list("project_id", flat=True))


def hold_ranking(ranking: Ranking, *, adding: Iterable[int] = ()) -> tuple[Gate, Ranking]:
    """The open gate and the ranking's row, locked. Raises PhaseNotOpen, NotShortlisted."""
    gate = open_gate(ranking.application.promotion_id, PhaseKind.RANKING)
    hold_application(ranking.application_id)
    hold_projects(ranked_ids(ranking.pk) | set(adding))
    locked = lock(ranking, "application__promotion", "application__candidate")
    return gate, locked
