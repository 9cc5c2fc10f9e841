"""Each juror's booklet: read, asked for, downloaded."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from eig.accounts.doors import SignedInRequest
from eig.documents.choices import PrintStatus
from eig.documents.doors import serve
from eig.documents.printing import ask_print, latest_print
from eig.documents.tasks import wake_workshop_after_commit
from eig.journal.choices import Reader, Shown
from eig.journal.doors import shows
from eig.promotions.queries import moment
from matching.interviews.documents import BOOKLET
from matching.interviews.models import Juror
from matching.interviews.queries.booklet import booklet_auditions, changed_since, juror_behind, open_seats


def _juror(request: SignedInRequest) -> Juror:
    juror = juror_behind(request.user)
    if juror is None:
        raise Http404
    return juror


@require_safe
def booklet_show(request: SignedInRequest) -> HttpResponse:
    """One's own booklet: asked, being printed, ready, out of date or closed."""
    juror = _juror(request)
    job = latest_print(BOOKLET, juror.pk)
    stale = job is not None and changed_since(juror, job.asked_at)
    context = {
        "juror": juror,
        "promotion": juror.promotion,
        "job": job,
        "under_way": job is not None and job.status in {PrintStatus.QUEUED, PrintStatus.RUNNING},
        "ready": job is not None and job.status == PrintStatus.READY and not stale,
        "stale": stale,
        "open": open_seats(juror).exists(),
        "count": booklet_auditions(juror).count(),
    }
    return render(request, "interviews/booklet_show.html", context)


@require_POST
def booklet_ask(request: SignedInRequest) -> HttpResponse:
    juror = _juror(request)
    if booklet_auditions(juror).exists():
        ask_print(
            BOOKLET,
            subject_id=juror.pk,
            title=f"Livret du jury, {juror}",
            by=request.user,
            at=moment(juror.promotion),
        )
        wake_workshop_after_commit()
    return redirect("interviews:booklet_show")


@require_safe
def booklet_download(request: SignedInRequest) -> FileResponse:
    """The latest booklet, while it is true and its minutes are not signed."""
    juror = _juror(request)
    job = latest_print(BOOKLET, juror.pk)
    if job is None or changed_since(juror, job.asked_at) or not open_seats(juror).exists():
        raise Http404
    applications = (audition.application for audition in booklet_auditions(juror))
    shows(request, *applications, what=Shown.FILE, reader=Reader.JUROR)
    return serve(job.document)
