"""Staff: ask for an export, watch it being written, fetch it, give it up. Only its asker sees it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.documents.doors import serve
from eig.exports.actions import UnknownSource, ask_export, cancel_export, record_download
from eig.exports.choices import MEDIA_TYPES, Format, Status
from eig.exports.forms import ExportForm
from eig.exports.models import Export
from eig.exports.queries import exports_of
from eig.exports.tasks import wake_scribe_after_commit
from eig.promotions.models import Promotion

PAGE = 15
BADGES = {
    Status.QUEUED: "info",
    Status.RUNNING: "info",
    Status.READY: "success",
    Status.FAILED: "error",
    Status.CANCELLED: "warning",
}


def _mine(request: SignedInRequest, promotion: str, code: str) -> Export:
    row = get_object_or_404(Promotion, code=promotion)
    return get_object_or_404(exports_of(request.user, row), code=code)


@staff_only
def export_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    page = Paginator(exports_of(request.user, row), PAGE).get_page(request.GET.get("page"))
    rows = [
        (
            export,
            BADGES.get(Status(export.status), ""),
            f"{export.get_format_display()} – {filesizeformat(export.document.size)}"
            if export.document
            else "",
        )
        for export in page
    ]
    context = {
        "promotion": row,
        "page": page,
        "rows": rows,
        "is_waiting": any(export.is_under_way for export in page),
    }
    template = "exports/export_list.html"
    return render(request, f"{template}#rows" if request.htmx else template, context)


@staff_only
@require_POST
def export_ask(request: SignedInRequest, promotion: str, kind: str) -> HttpResponse:
    """Queue an export of a list as it is filtered now."""
    row = get_object_or_404(Promotion, code=promotion)
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez un format dans la liste.")
        return redirect("exports:export_list", promotion)
    given = {key: values for key, values in QueryDict(form.cleaned_data["given"]).lists() if key != "page"}
    try:
        ask_export(
            row,
            kind=kind,
            format=form.cleaned_data["format"],
            given=given,
            by=request.user,
            at=timezone.now(),
        )
    except UnknownSource as reason:
        raise Http404 from reason
    wake_scribe_after_commit()
    messages.success(request, "L’export se prépare. Vous pouvez quitter cette page : il vous attendra ici.")
    return redirect("exports:export_list", promotion)


@staff_only
@require_POST
def export_cancel(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    export = _mine(request, promotion, code)
    if cancel_export(export, by=request.user, at=timezone.now()):
        messages.success(request, "L’export est annulé.")
    else:
        messages.info(request, "Cet export n’était plus en préparation.")
    return redirect("exports:export_list", promotion)


@staff_only
@require_POST
def export_download(request: SignedInRequest, promotion: str, code: str) -> FileResponse:
    """Taking personal data away is a deed: it is journaled, so it is posted."""
    export = _mine(request, promotion, code)
    response = serve(export.document)
    response.headers["Content-Type"] = MEDIA_TYPES[Format(export.format)]
    record_download(export, by=request.user, at=timezone.now())
    return response
