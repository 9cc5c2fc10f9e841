"""A draft being written, the same for both calls: one section, one answer, who wrote what before."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest
from eig.dossiers.actions import AnswerRefused, DossierClosed, refuse_over
from eig.dossiers.desks import DossierDesk
from eig.dossiers.pages import Attempt, attempt_section, section_context
from eig.dossiers.queries import call_is_over, form_of, with_answer
from eig.dossiers.rules import FormView, SectionView
from eig.dossiers.views.answer import Desk, answer, version_seen
from eig.dossiers.views.history import history_context, restore
from eig.promotions.queries import moment


def read_only(desk: DossierDesk, dossier: Any) -> str:
    """Why this dossier is no longer written, if it is not."""
    if dossier.status != dossier.WRITABLE:
        return desk.closed
    try:
        refuse_over(dossier, desk.phase)
    except DossierClosed as reason:
        return str(reason)
    return ""


def writing(request: SignedInRequest, desk: DossierDesk, dossier: Any) -> Desk:
    """The desk of whoever writes now."""
    return Desk(
        dossier,
        desk.corrections.form,
        partial(desk.section_of, dossier),
        desk.answers_of(dossier),
        partial(desk.save, dossier, by=request.user, at=moment(dossier.promotion)),
    )


def section_edit(request: SignedInRequest, code: str, section: str, desk: DossierDesk) -> HttpResponse:
    """One section of the dossier: saved whole or in part, never lost."""
    dossier = get_object_or_404(desk.own(request.user), code=code)
    form = form_of(dossier.promotion, desk.corrections.form)
    asked = form.section(section)
    if asked is None:
        raise Http404
    if reason := read_only(desk, dossier):
        messages.warning(request, reason)
        return redirect(desk.page, code)
    attempt = None
    refused: Sequence[forms.Form] = ()
    if request.method == "POST":
        save = partial(writing(request, desk, dossier).save, section=asked)
        try:
            refused = desk.files.take(request, dossier, asked) if desk.files else ()
            attempt = attempt_section(request.POST, section=asked, form=form, dossier=dossier, save=save)
        except DossierClosed as closed:
            messages.warning(request, str(closed))
            return redirect(desk.page, code)
        except AnswerRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(desk.section, code, section)
    return section_page(request, desk, dossier, form=form, section=asked, attempt=attempt, refused=refused)


def section_page(
    request: SignedInRequest,
    desk: DossierDesk,
    dossier: Any,
    *,
    form: FormView,
    section: SectionView,
    attempt: Attempt | None = None,
    refused: Sequence[forms.Form] = (),
) -> HttpResponse:
    """The page of a section, after a save; one that is whole, and whose files are all received, goes on."""
    files = desk.files.of(dossier, form) if desk.files else ()
    context = section_context(
        form,
        section,
        dossier=dossier,
        attempt=attempt,
        attached=desk.files.answered(files) if desk.files else (),
        address=partial(desk.section_of, dossier),
        review_url=reverse(desk.review, args=[dossier.code]),
    )
    if attempt and attempt.is_saved and not refused:
        messages.success(request, f"La rubrique « {section.title} » est enregistrée.")
        onward = request.POST.get("then") == "next"
        return redirect(context["next_url"] if onward else desk.section_of(dossier, section.code))
    context |= {
        desk.name: dossier,
        "promotion": dossier.promotion,
        "answers_url": desk.answers_of(dossier),
        "history_url": desk.door("revision_list", dossier.code),
        **(desk.files.shown(dossier, section, files, refused) if desk.files else {}),
    }
    status = 422 if refused else attempt.status if attempt else 200
    return render(request, desk.template, context, status=status)


def answer_save(request: SignedInRequest, code: str, question: str, desk: DossierDesk) -> HttpResponse:
    """One answer, as it is typed; by GET, the question as it is stored."""
    rows = with_answer(
        desk.own(request.user),
        kind=desk.corrections.form,
        question=question,
        version=version_seen(request, question),
    ).annotate(call_over=call_is_over(desk.phase))
    return answer(request, writing(request, desk, get_object_or_404(rows, code=code)), question)


def revision_list(request: SignedInRequest, code: str, desk: DossierDesk) -> HttpResponse:
    """Who wrote what in the dossier, and when."""
    dossier = get_object_or_404(desk.own(request.user), code=code)
    title, words = desk.history
    context = history_context(request, writing(request, desk, dossier)) | {
        "promotion": dossier.promotion,
        "crumbs": desk.crumbs(dossier),
        "label": desk.label(dossier),
        "title": title,
        "words": words,
        "restore_url": desk.door("revision_restore", code),
        "may_write": not read_only(desk, dossier),
    }
    return render(request, "dossiers/revision_list.html", context)


@require_POST
def revision_restore(request: SignedInRequest, code: str, desk: DossierDesk) -> HttpResponse:
    dossier = get_object_or_404(desk.own(request.user), code=code)
    restore(request, writing(request, desk, dossier))
    return redirect(desk.door("revision_list", code))
