"""The pages of a correction, the same for both calls: ask, answer, look at the difference, take back."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.dossiers import actions
from eig.dossiers.actions import (
    AlreadyAsked,
    CannotAsk,
    CorrectionOver,
    DossierClosed,
    Incomplete,
    Seen,
    refuse_late,
    save_answers,
)
from eig.dossiers.choices import CorrectionStatus
from eig.dossiers.desks import DossierDesk
from eig.dossiers.forms import AnswerForm, CorrectionForm
from eig.dossiers.models import Correction
from eig.dossiers.pages import Attempt, attempt_section, changes_of, form_context, opened_section
from eig.dossiers.queries import form_of, with_answer
from eig.dossiers.rules import SectionView
from eig.dossiers.views.answer import Desk, answer, version_seen
from eig.journal.doors import shows
from eig.lifecycle import IllegalMove
from eig.promotions.gate import official_now
from eig.promotions.queries import moment
from eig.promotions.rules import end_of_day

KEPT = "Vos réponses sont enregistrées. Elles ne sont pas encore envoyées."
BADGES = {
    CorrectionStatus.ASKED: "info",
    CorrectionStatus.ANSWERED: "success",
    CorrectionStatus.EXPIRED: "warning",
    CorrectionStatus.CANCELLED: "",
}


def save_correction(
    correction: Correction,
    *,
    section: SectionView,
    answers: Mapping[str, Any],
    version: Seen,
    by: Any,
    at: datetime,
) -> Correction:
    """Keep what is typed on the desk of a correction; the dossier does not change. Raises DossierClosed."""
    try:
        refuse_late(correction)
    except CorrectionOver as reason:
        raise DossierClosed(str(reason)) from reason
    return save_answers(correction, section=section, answers=answers, version=version, by=by, at=at)


def _desk(request: SignedInRequest, desk: DossierDesk, correction: Correction) -> Desk:
    here = desk.corrections.path(correction)
    door = desk.door("correction_answer_save", correction.dossier.code, correction.code, "_")
    return Desk(
        correction,
        desk.corrections.form,
        lambda section: here,
        door.removesuffix("_/"),
        partial(save_correction, correction, by=request.user, at=moment(correction.promotion)),
        only=correction.questions,
    )


def correction_answer_save(
    request: SignedInRequest, code: str, correction: str, question: str, desk: DossierDesk
) -> HttpResponse:
    """One answer, as it is typed; by GET, the question as it stands."""
    rows = with_answer(
        desk.corrections_of(get_object_or_404(desk.own(request.user), code=code)),
        kind=desk.corrections.form,
        question=question,
        version=version_seen(request, question),
        promotion=f"{desk.corrections.model.DOSSIER}__promotion",
    )
    return answer(request, _desk(request, desk, get_object_or_404(rows, code=correction)), question)


def correction_edit(request: SignedInRequest, code: str, correction: str, desk: DossierDesk) -> HttpResponse:
    """What the team asks to set right: only these answers open, until the delay ends."""
    dossier = get_object_or_404(desk.own(request.user), code=code)
    row = get_object_or_404(desk.corrections_of(dossier), code=correction)
    shown = AnswerForm(request.POST if request.method == "POST" else None)
    attempt = None
    if request.method == "POST":
        attempt = _attempted(request, desk, row, shown)
        if attempt is None:
            return redirect(desk.corrections.path(row))
    return _answering_page(request, desk, row, shown=shown, attempt=attempt)


def _attempted(
    request: SignedInRequest, desk: DossierDesk, correction: Correction, shown: AnswerForm
) -> Attempt | None:
    """Keep what is posted, and send it all when asked to; None when all is said and the page starts anew."""
    form = form_of(correction.promotion, desk.corrections.form)
    section = opened_section(form, correction)
    save = partial(_desk(request, desk, correction).save, section=section)
    attempt = None
    with Doing(request, (CorrectionOver, DossierClosed), refused=messages.warning):
        refused = desk.files.take_again(request, correction) if desk.files else ()
        for upload in refused:
            messages.error(
                request, " ".join(str(said) for errors in upload.errors.values() for said in errors)
            )
        attempt = attempt_section(request.POST, section=section, form=form, dossier=correction, save=save)
        if not (attempt.is_saved and shown.is_valid()):
            return attempt
        if refused or request.POST.get("then") != "send":
            messages.success(request, KEPT)
            return None
        with Doing(request, Incomplete, said="Votre correction est envoyée."):
            said = shown.cleaned_data["message"]
            actions.answer_correction(desk.corrections, correction, message=said, by=request.user)
    return None


def _answering_page(
    request: SignedInRequest,
    desk: DossierDesk,
    correction: Correction,
    *,
    shown: AnswerForm,
    attempt: Attempt | None,
) -> HttpResponse:
    form = form_of(correction.promotion, desk.corrections.form)
    section = opened_section(form, correction)
    is_open = _is_open(correction)
    context = {
        "correction": correction,
        "promotion": correction.promotion,
        "crumbs": (crumbs := desk.crumbs(correction.dossier)),
        "back": crumbs[-1].href,
        "lead": desk.lead(correction.dossier),
        "is_open": is_open,
        "is_late": correction.status == CorrectionStatus.ASKED and not is_open,
        "is_answered": correction.status == CorrectionStatus.ANSWERED,
        "answer": shown,
        "answers_url": _desk(request, desk, correction).answers_url,
        "changes": changes_of(form, correction),
        "uploads": desk.files.uploads(correction) if desk.files else (),
        **form_context(form, section, dossier=correction, attempt=attempt),
    }
    status = attempt.status if attempt else 200
    return render(request, "dossiers/correction_edit.html", context, status=status)


def _is_open(correction: Correction) -> bool:
    try:
        refuse_late(correction)
    except CorrectionOver:
        return False
    return True


@staff_only
def staff_correction_ask(
    request: SignedInRequest, promotion: str, code: str, desk: DossierDesk
) -> HttpResponse:
    """Tick the answers, say why, give a delay."""
    dossier = get_object_or_404(desk.handed_in(promotion), code=code)
    shows(request, dossier)
    row = dossier.promotion
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(data, form=form_of(row, desk.corrections.form), files=desk.files is not None)
    if form.is_valid():
        with Doing(request, (AlreadyAsked, CannotAsk), form=form) as done:
            made = actions.ask_correction(
                desk.corrections,
                dossier,
                questions=form.questions(),
                reason=form.cleaned_data["reason"],
                due_at=end_of_day(official_now(row), days=form.cleaned_data["days"]),
                by=request.user,
                at=moment(row),
            )
            done.said = "La demande de correction part par courriel."
        if done:
            return redirect(desk.corrections.staff_path(made))
    context = {
        "form": form,
        "promotion": row,
        "crumbs": (crumbs := desk.staff_crumbs(dossier)),
        "back": crumbs[-1].href,
        "lead": f"{desk.staff_lead(dossier)}, {dossier.number}",
    }
    status = 422 if form.is_bound else 200
    return render(request, "dossiers/staff_correction_ask.html", context, status=status)


def _asked(desk: DossierDesk, promotion: str, code: str) -> Any:
    here = {f"{desk.corrections.model.DOSSIER}__promotion__code": promotion}
    return get_object_or_404(desk.corrections.rows.select_related("ended_by"), **here, code=code)


@staff_only
def staff_correction_detail(
    request: SignedInRequest, promotion: str, code: str, desk: DossierDesk
) -> HttpResponse:
    """What was asked, and each answer before and after."""
    row = _asked(desk, promotion, code)
    shows(request, row.dossier)
    form = form_of(row.promotion, desk.corrections.form)
    is_answered = row.status == CorrectionStatus.ANSWERED
    context = {
        "correction": row,
        "promotion": row.promotion,
        "crumbs": desk.staff_crumbs(row.dossier),
        "lead": desk.staff_lead(row.dossier),
        "cancel": desk.door("staff_correction_cancel", promotion, row.code),
        "is_answered": is_answered,
        "is_asked": row.status == CorrectionStatus.ASKED,
        "badge": BADGES[CorrectionStatus(row.status)],
        # Until it is sent, what is being typed is not the team's business.
        "changes": changes_of(form, row) if is_answered else [],
        "labels": [item.label for item in form.questions() if item.code in row.questions],
        "files": desk.files.replaced(row) if desk.files else (),
    }
    return render(request, "dossiers/staff_correction_detail.html", context)


@require_POST
@staff_only
def staff_correction_cancel(
    request: SignedInRequest, promotion: str, code: str, desk: DossierDesk
) -> HttpResponse:
    row = _asked(desk, promotion, code)
    over = "Cette demande est déjà terminée."
    with Doing(request, IllegalMove, refused=messages.warning, why=over) as done:
        actions.cancel_correction(desk.corrections, row, by=request.user, at=moment(row.promotion))
        done.said = "La demande est annulée, et la personne en est informée."
    return redirect(desk.corrections.staff_path(row))
