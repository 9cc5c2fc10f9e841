"""Answers open again after the deposit: the page where they are set right, and sent."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from eig.accounts.doors import SignedInRequest
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import with_answer
from eig.dossiers.views.answer import Desk, answer, version_seen
from eig.dossiers.views.correction import answering, save_correction
from eig.promotions.queries import moment
from projects.actions import answer_project_correction
from projects.models import Correction
from projects.views.member import own_project

TIED = ("project__promotion", "asked_by")


def _address(correction: Correction) -> str:
    return reverse("projects:correction_edit", args=[correction.project.code, correction.code])


def answers_url(correction: Correction) -> str:
    """The door of `correction_answer_save`, less the code of the question."""
    args = [correction.project.code, correction.code, "_"]
    return reverse("projects:correction_answer_save", args=args).removesuffix("_/")


def correction_edit(request: SignedInRequest, code: str, correction: str) -> HttpResponse:
    """What the team asks to set right: only these answers open, until the delay ends."""
    project = own_project(request, code)
    row = get_object_or_404(project.corrections.select_related(*TIED), code=correction)
    shown = answering(
        request,
        row,
        kind=FormKind.PROJECT,
        here=_address(row),
        save=partial(save_correction, row, by=request.user, at=moment(project.promotion)),
        send=answer_project_correction,
    )
    if shown.go:
        return shown.go
    context = shown.context | {"project": project, "answers_url": answers_url(row)}
    return render(request, "projects/correction_edit.html", context, status=shown.status)


def correction_answer_save(
    request: SignedInRequest, code: str, correction: str, question: str
) -> HttpResponse:
    """One answer, as it is typed; by GET, the question as it stands."""
    project = own_project(request, code)
    rows = with_answer(
        project.corrections.select_related(*TIED),
        kind=FormKind.PROJECT,
        question=question,
        version=version_seen(request, question),
        promotion="project__promotion",
    )
    row = get_object_or_404(rows, code=correction)
    desk = Desk(
        row,
        FormKind.PROJECT,
        lambda section: _address(row),
        answers_url(row),
        partial(save_correction, row, by=request.user, at=moment(project.promotion)),
        only=row.questions,
    )
    return answer(request, desk, question)
