"""The day of the project juries on paper: one page per jury, to follow by the clock."""

from eig.documents.printing import Order, Progress, register
from eig.juries.rules import Step
from eig.promotions.models import Promotion
from projects.models import Hearing
from projects.queries.hearing import hearing_groups, hearing_moments, minutes_of
from projects.rules.hearing import WITH_PROJECT

PLAN = "projects.hearing_plan"


def _moments(hearing: Hearing) -> list[tuple[Step, bool]]:
    """Each step, and whether the project's people are in the room."""
    steps = hearing_moments(hearing)
    return [(step, step in steps[WITH_PROJECT]) for step in steps]


def build_plan(promotion_id: int, progress: Progress) -> Order:
    promotion = Promotion.objects.get(pk=promotion_id)
    groups = [
        {
            "group": group,
            "seats": group.seats.all(),
            "passes": [(item, _moments(item)) for item in group.hearings.all()],
        }
        for group in hearing_groups(promotion)
    ]
    progress(20)
    context = {"promotion": promotion, "groups": groups, "minutes": minutes_of(promotion)}
    return Order("pdf/project_juries.html", context, f"jurys-de-projets-{promotion.code}.pdf")


register(PLAN, build_plan)
