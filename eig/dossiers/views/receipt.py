"""The receipt of a deposit, the same for both calls: its page, its PDF."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404

from eig.accounts.doors import SignedInRequest
from eig.documents.doors import page_or_print, serve
from eig.documents.printing import printing_of, ready_document
from eig.dossiers.desks import DossierDesk
from eig.journal.choices import Shown
from eig.journal.doors import shows

FAILED = (
    "Votre dépôt est bien enregistré : cette page, son numéro et son empreinte en font foi. Si vous avez "
    "besoin du PDF, écrivez-nous."
)


def _handed_in(request: SignedInRequest, desk: DossierDesk, code: UUID, *, what: Shown) -> Any:
    rows = desk.receipts(request.user).filter(submitted_at__isnull=False)
    dossier = get_object_or_404(rows, code=code)
    if request.user.is_staff:
        shows(request, dossier, what=what)
    return dossier


def receipt_detail(request: SignedInRequest, code: UUID, desk: DossierDesk) -> HttpResponse:
    """The proof of the deposit; its PDF is made by a worker."""
    dossier = _handed_in(request, desk, code, what=Shown.DOSSIER)
    printing = printing_of(desk.receipt.code, dossier.pk)
    context = {
        "dossier": dossier,
        "promotion": dossier.promotion,
        "desk": desk,
        "lead": desk.lead(dossier),
        "crumbs": (crumbs := desk.crumbs(dossier)),
        "back": crumbs[-1].href,
        "is_written_to": request.user in desk.corrections.people(dossier),
        "printing": printing,
        "pdf": desk.door("receipt_download", dossier.code),
        "failed": FAILED,
    }
    return page_or_print(request, "dossiers/receipt_detail.html", context)


def receipt_download(request: SignedInRequest, code: UUID, desk: DossierDesk) -> FileResponse:
    dossier = _handed_in(request, desk, code, what=Shown.FILE)
    document = ready_document(desk.receipt.code, dossier.pk)
    return serve(document, filename=f"recepisse-{dossier.number}.pdf")
