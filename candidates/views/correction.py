"""Answers open again after the deposit: the page where they are set right, and sent."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from candidates.actions import answer_application_correction
from candidates.models import Correction
from candidates.queries import own_applications
from candidates.views.correction_files import correction_uploads
from eig.accounts.doors import SignedInRequest
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import with_answer
from eig.dossiers.views.answer import Desk, answer, version_seen
from eig.dossiers.views.correction import answering, save_correction
from eig.promotions.queries import moment

TIED = ("application__promotion", "application__candidate", "asked_by")


def _address(correction: Correction) -> str:
    return reverse("candidates:correction_edit", args=[correction.application.code, correction.code])


def answers_url(correction: Correction) -> str:
    """The door of `correction_answer_save`, less the code of the question."""
    args = [correction.application.code, correction.code, "_"]
    return reverse("candidates:correction_answer_save", args=args).removesuffix("_/")


def correction_edit(request: SignedInRequest, code: str, correction: str) -> HttpResponse:
    """What the team asks to set right: only these answers open, until the delay ends."""
    application = get_object_or_404(own_applications(request.user), code=code)
    row = get_object_or_404(
        application.corrections.select_related(*TIED),
        code=correction,
    )
    shown = answering(
        request,
        row,
        kind=FormKind.APPLICATION,
        here=_address(row),
        save=partial(save_correction, row, by=request.user, at=moment(application.promotion)),
        send=answer_application_correction,
    )
    if shown.go:
        return shown.go
    context = shown.context | {"application": application, "answers_url": answers_url(row)}
    context["uploads"] = correction_uploads(row)
    return render(request, "candidates/correction_edit.html", context, status=shown.status)


def correction_answer_save(
    request: SignedInRequest, code: str, correction: str, question: str
) -> HttpResponse:
    """One answer, as it is typed; by GET, the question as it stands."""
    application = get_object_or_404(own_applications(request.user), code=code)
    rows = with_answer(
        application.corrections.select_related(*TIED),
        kind=FormKind.APPLICATION,
        question=question,
        version=version_seen(request, question),
        promotion="application__promotion",
    )
    row = get_object_or_404(rows, code=correction)
    desk = Desk(
        row,
        FormKind.APPLICATION,
        lambda section: _address(row),
        answers_url(row),
        partial(save_correction, row, by=request.user, at=moment(application.promotion)),
        only=row.questions,
    )
    return answer(request, desk, question)
