"""Print: the minutes of a panel."""

from eig.documents.printing import Order, Progress, register
from matching.interviews.models import Minutes
from matching.interviews.queries.minutes import minutes_lines, signatures_of

MINUTES = "interviews.minutes"


def build_minutes(minutes_id: int, progress: Progress) -> Order:
    minutes = Minutes.objects.select_related("panel__promotion").get(pk=minutes_id)
    progress(20)
    context = {
        "minutes": minutes,
        "panel": minutes.panel,
        "promotion": minutes.panel.promotion,
        "lines": minutes_lines(minutes.panel, minutes),
        "signatures": signatures_of(minutes.panel, minutes),
    }
    return Order("pdf/minutes.html", context, f"proces-verbal-{minutes.sha256[:8]}.pdf", long=True)


register(MINUTES, build_minutes)
