"""The download door: a step decides who may, this says how a file leaves."""

from django.http import FileResponse, Http404

from eig.documents.choices import FileStatus
from eig.documents.models import Document


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
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store, private"
    return response
