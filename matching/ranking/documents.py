"""Print: the receipt of a certified list. Export: who certified."""

from eig.documents.printing import Order, Progress, register
from eig.listing.documents import export_list
from matching.ranking.models import Ranking
from matching.ranking.queries import wishes_of
from matching.ranking.queries.listing import RANKINGS

RECEIPT = "ranking.receipt"


def build_receipt(ranking_id: int, progress: Progress) -> Order:
    ranking = Ranking.objects.select_related("application__promotion", "application__candidate").get(
        pk=ranking_id
    )
    progress(20)
    application = ranking.application
    context = {
        "ranking": ranking,
        "application": application,
        "promotion": application.promotion,
        "wishes": wishes_of(ranking),
    }
    return Order("pdf/ranking_receipt.html", context, f"voeux-{application.number}.pdf")


export_list(RANKINGS)
register(RECEIPT, build_receipt)
