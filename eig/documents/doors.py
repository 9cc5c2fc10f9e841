"""The doors of files: a step decides who may, this says how a file leaves, and how many may come."""

from typing import Any

from allauth.core import ratelimit
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from eig.documents.choices import FileStatus
from eig.documents.files import BadUpload
from eig.documents.models import Document, PageImage

# No browser interprets what people sent, and nothing of it is kept on the way.
CLOSED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store, private",
}


def refuse_flood(request: HttpRequest) -> None:
    """Before a file is received. Raises BadUpload when this person has sent too many within the hour."""
    if not ratelimit.consume(request, action="uploads", user=request.user):
        raise BadUpload(
            "Vous avez envoyé beaucoup de fichiers depuis une heure. Attendez un peu, puis recommencez : "
            "ce qui est déjà reçu est gardé."
        )


def serve(document: Document | None, *, filename: str = "", inline: bool = False) -> FileResponse:
    """The file as an attachment that no browser interprets; 404 when it is not (or not yet) clean."""
    if document is None or document.status != FileStatus.CLEAN:
        raise Http404
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=not inline,
        filename=filename or document.name,
        content_type=document.media_type,
    )
    for name, value in CLOSED.items():
        response.headers[name] = value
    return response


def serve_picture(document: Document | None, *, page: int) -> HttpResponse:
    """The small picture of one of the first pages; 404 when there is none."""
    if document is None or document.status != FileStatus.CLEAN:
        raise Http404
    picture = PageImage.objects.filter(document=document, rank=page).first()
    if picture is None:
        raise Http404
    return HttpResponse(
        bytes(picture.data),
        content_type="image/jpeg",
        headers={**CLOSED, "Content-Disposition": f'attachment; filename="page-{page}.jpg"'},
    )


def page_or_print(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; only its partial `print` (documents/printing.html) when that part asks for itself again."""
    asks_again = request.headers.get("HX-Target") == "impression"
    return render(request, f"{template}#print" if asks_again else template, context)
