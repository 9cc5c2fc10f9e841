"""Print the timetable of the week: a page a day, rooms side by side."""

from eig.documents.printing import Order, Progress, register
from eig.promotions.models import Promotion
from matching.interviews.queries.timetable import week_board

TIMETABLE = "interviews.timetable"


def build_timetable(promotion_id: int, progress: Progress) -> Order:
    promotion = Promotion.objects.get(pk=promotion_id)
    progress(20)
    context = {"promotion": promotion, "days": week_board(promotion, faults=[])}
    return Order("pdf/audition_timetable.html", context, f"emploi-du-temps-{promotion.code}.pdf")


register(TIMETABLE, build_timetable)
