"""The days of the auditions on paper."""

from eig.documents.printing import Order, Progress, register
from eig.juries.documents import Pass, Sheet, plan_on_paper
from eig.promotions.models import Promotion
from matching.interviews.models import Slot
from matching.interviews.queries.timetable import audition_in, panels_of_week

TIMETABLE = "interviews.timetable"


def _pass(slot: Slot) -> Pass:
    audition = audition_in(slot)
    if audition is None:
        return Pass(slot.during.lower, "Libre")
    return Pass(slot.during.lower, str(audition.application.candidate), audition.project.title)


def build_timetable(promotion_id: int, progress: Progress) -> Order:
    promotion = Promotion.objects.get(pk=promotion_id)
    sheets = [
        Sheet(panel, list(panel.seats.all()), [_pass(slot) for slot in panel.slots.all()])
        for panel in panels_of_week(promotion)
    ]
    progress(20)
    filename = f"emploi-du-temps-{promotion.code}.pdf"
    return plan_on_paper(promotion, sheets, title="Emploi du temps des auditions", filename=filename)


register(TIMETABLE, build_timetable)
