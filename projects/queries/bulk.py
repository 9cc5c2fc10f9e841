"""What a deed on many projects would do to each, before it is done: a few queries, however many."""

from collections.abc import Sequence

from eig.lifecycle import may_move
from eig.listing.lists import Judge
from eig.listing.models import BulkDeed
from projects.choices import Status
from projects.models import EligibilityCheck, Project


def accepting(bulk: BulkDeed, ids: Sequence[int]) -> Judge:
    unmet = set(
        EligibilityCheck.objects.filter(project__in=ids, is_met=False)
        .order_by()
        .values_list("project_id", flat=True)
    )

    def judge(project: Project) -> str:
        if not may_move(project, Status.ELIGIBLE):
            return f"Il est « {project.get_status_display().lower()} »."
        return "Une condition n’est pas remplie." if project.pk in unmet else ""

    return judge
