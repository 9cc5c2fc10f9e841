"""Staff: the files in quarantine, why they wait, and another try."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.queries.quarantine import quarantined_files
from eig.accounts.doors import SignedInRequest, staff_only
from eig.documents.checking import try_again
from eig.documents.choices import FileStatus
from eig.documents.tasks import wake_workshop_after_commit
from eig.promotions.models import Promotion

PAGE = 50


@staff_only
def staff_quarantine_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    files = quarantined_files(row)
    context = {
        "promotion": row,
        "page": Paginator(files, PAGE).get_page(request.GET.get("page")),
        "silent": files.filter(document__unscanned_since__isnull=False).count(),
        "is_scanned": bool(settings.CLAMAV_ADDRESS),
    }
    return render(request, "candidates/staff/staff_quarantine_list.html", context)


@staff_only
@require_POST
def staff_quarantine_retry(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Check the waiting files now rather than at their next turn."""
    row = get_object_or_404(Promotion, code=promotion)
    waiting = [
        file.document_id for file in quarantined_files(row).filter(document__status=FileStatus.PENDING)
    ]
    try_again(waiting)
    wake_workshop_after_commit()
    messages.info(request, "La vérification reprend : rechargez la page dans quelques instants.")
    return redirect("candidates:staff_quarantine_list", promotion)
