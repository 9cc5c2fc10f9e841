"""Print: a juror's booklet, their name on each page."""

from eig.documents.printing import Order, Progress
from matching.interviews.models import Juror
from matching.interviews.queries.booklet import booklet_auditions
from matching.interviews.queries.card import card_dossier


def build_booklet(juror_id: int, progress: Progress) -> Order:
    juror = Juror.objects.select_related("person", "promotion").get(pk=juror_id)
    progress(10)
    auditions = list(booklet_auditions(juror))
    context = {
        "juror": juror,
        "promotion": juror.promotion,
        "entries": [(audition, card_dossier(audition.application)) for audition in auditions],
    }
    return Order("pdf/booklet.html", context, f"livret-jury-{juror.code.hex[:8]}.pdf", long=True)
