"""The receipt of a deposit, the same for both calls: its page, its PDF."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat

from eig.accounts.doors import SignedInRequest
from eig.documents.doors import serve
from eig.documents.printing import printing_of, ready_document
from eig.dossiers.desks import DossierDesk


def _handed_in(request: SignedInRequest, desk: DossierDesk, code: UUID) -> Any:
    rows = desk.receipts(request.user).filter(submitted_at__isnull=False)
    return get_object_or_404(rows, code=code)


def receipt_detail(request: SignedInRequest, code: UUID, desk: DossierDesk) -> HttpResponse:
    """The proof of the deposit; its PDF is made by a worker."""
    dossier = _handed_in(request, desk, code)
    printing = printing_of(desk.receipt.code, dossier.pk)
    document = printing.document
    context = {
        "dossier": dossier,
        "promotion": dossier.promotion,
        "desk": desk,
        "lead": desk.lead(dossier),
        "crumbs": (crumbs := desk.crumbs(dossier)),
        "back": crumbs[-1].href,
        "is_written_to": request.user in desk.corrections.people(dossier),
        "printing": printing,
        "pdf": desk.door("receipt_download", dossier.code) if document else "",
        "pdf_detail": f"PDF – {filesizeformat(document.size)}" if document else "",
    }
    template = "dossiers/receipt_detail.html"
    return render(request, f"{template}#print" if request.htmx else template, context)


def receipt_download(request: SignedInRequest, code: UUID, desk: DossierDesk) -> FileResponse:
    dossier = _handed_in(request, desk, code)
    document = ready_document(desk.receipt.code, dossier.pk)
    return serve(document, filename=f"recepisse-{dossier.number}.pdf")
