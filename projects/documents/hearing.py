"""The day of the project juries on paper: one page per jury, to follow by the clock."""

from eig.documents.printing import Order, Progress, register
from eig.promotions.models import Promotion
from projects.queries.hearing import hearing_groups, hearing_moments, minutes_of

PLAN = "projects.hearing_plan"


def build_plan(promotion_id: int, progress: Progress) -> Order:
    promotion = Promotion.objects.get(pk=promotion_id)
    groups = [
        {
            "group": group,
            "seats": group.seats.all(),
            "passes": [(item, hearing_moments(item)) for item in group.hearings.all()],
        }
        for group in hearing_groups(promotion)
    ]
    progress(20)
    context = {"promotion": promotion, "groups": groups, "minutes": minutes_of(promotion)}
    return Order("pdf/project_juries.html", context, f"jurys-de-projets-{promotion.code}.pdf")


register(PLAN, build_plan)
