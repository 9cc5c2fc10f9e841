"""The days of the project juries on paper, to follow by the clock."""

from eig.documents.printing import Order, Progress, register
from eig.juries.documents import Pass, Sheet, plan_on_paper
from eig.promotions.models import Promotion
from projects.models import Hearing
from projects.queries.hearing import hearing_groups, hearing_moments, minutes_of
from projects.rules.hearing import WITH_PROJECT

PLAN = "projects.hearing_plan"


def _pass(hearing: Hearing) -> Pass:
    """Each step, and whether the project's people are in the room."""
    project, steps = hearing.project, hearing_moments(hearing)
    detail = " · ".join(str(words) for words in (project.number, project.administration) if words)
    present = steps[WITH_PROJECT]
    return Pass(hearing.during.lower, project.title, detail, [(step, step in present) for step in steps])


def build_plan(promotion_id: int, progress: Progress) -> Order:
    promotion = Promotion.objects.get(pk=promotion_id)
    minutes = minutes_of(promotion)
    sheets = [
        Sheet(group, list(group.seats.all()), [_pass(hearing) for hearing in group.hearings.all()])
        for group in hearing_groups(promotion)
    ]
    progress(20)
    return plan_on_paper(
        promotion,
        sheets,
        title="Jurys de projets",
        filename=f"jurys-de-projets-{promotion.code}.pdf",
        lead=f"Chaque projet : {minutes.reading} minutes de mise en commun, {minutes.pitch} de présentation, "
        f"{minutes.questions} de questions, {minutes.deliberation} de délibération.",
    )


register(PLAN, build_plan)
