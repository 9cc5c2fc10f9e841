"""The candidate's own letter: why an application is not admitted, as a document to keep."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from candidates.choices import Status
from candidates.documents import INELIGIBILITY_LETTER
from candidates.queries import own_applications
from eig.accounts.doors import SignedInRequest
from eig.documents.doors import serve
from eig.documents.printing import ready_document


def letter_download(request: SignedInRequest, code: str) -> FileResponse:
    application = get_object_or_404(own_applications(request.user), code=code)
    if application.status != Status.INELIGIBLE:
        raise Http404
    return serve(
        ready_document(INELIGIBILITY_LETTER, application.pk), filename=f"lettre-{application.number}.pdf"
    )
