"""The candidate's doors on the proof of their certified list: page, and PDF made by a worker."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from eig.accounts.doors import SignedInRequest
from eig.documents.choices import PrintStatus
from eig.documents.doors import page_or_print, serve
from eig.documents.models import Print
from eig.documents.printing import Printing, ask_print, latest_print
from eig.documents.tasks import wake_workshop_after_commit
from eig.promotions.queries import moment
from matching.ranking.choices import Status
from matching.ranking.documents import RECEIPT
from matching.ranking.models import Ranking
from matching.ranking.queries import ranking_application, ranking_of, wishes_of


@require_safe
def ranking_receipt(request: SignedInRequest, code: UUID) -> HttpResponse:
    application = get_object_or_404(ranking_application(request.user), code=code)
    ranking = ranking_of(application)
    if ranking is None or ranking.status != Status.CERTIFIED:
        return redirect("ranking:ranking_edit", code)
    printed = _print(ranking)
    context = {
        "application": application,
        "promotion": application.promotion,
        "ranking": ranking,
        "wishes": wishes_of(ranking),
        "printing": Printing(printed, printed.document if printed else None),
    }
    return page_or_print(request, "ranking/ranking_receipt.html", context)


@require_POST
def receipt_print(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Ask for the PDF of the list as certified; asking twice prints once."""
    application = get_object_or_404(ranking_application(request.user), code=code)
    ranking = ranking_of(application)
    if ranking is not None and ranking.status == Status.CERTIFIED and not _is_made(_print(ranking)):
        title = f"Accusé des vœux {application.number}"
        now = moment(application.promotion)
        ask_print(RECEIPT, subject_id=ranking.pk, title=title, by=request.user, at=now)
        wake_workshop_after_commit()
    return redirect("ranking:ranking_receipt", code)


@require_safe
def receipt_download(request: SignedInRequest, code: UUID) -> FileResponse:
    application = get_object_or_404(ranking_application(request.user), code=code)
    ranking = ranking_of(application)
    printed = _print(ranking) if ranking is not None and ranking.status == Status.CERTIFIED else None
    if printed is None or printed.document is None:
        raise Http404
    return serve(printed.document, filename=f"voeux-{application.number}.pdf")


def _print(ranking: Ranking) -> Print | None:
    """The latest print of this very list: one asked before its certification shows another."""
    printed = latest_print(RECEIPT, ranking.pk)
    if printed is None or ranking.certified_at is None or printed.asked_at < ranking.certified_at:
        return None
    return printed


def _is_made(printed: Print | None) -> bool:
    """Or is being made; one that failed is asked for again."""
    return printed is not None and printed.status != PrintStatus.FAILED
