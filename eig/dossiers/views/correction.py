"""The pages of a correction, alike for both steps: ask, answer, look at the difference."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from eig.accounts.doors import SignedInRequest
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
from eig.dossiers.forms import AnswerForm, CorrectionForm
from eig.dossiers.models import Correction, Dossier
from eig.dossiers.pages import attempt_section, changes_of, form_context, opened_section
from eig.dossiers.queries import form_of
from eig.dossiers.rules import SectionView
from eig.mail.tasks import wake_after_commit
from eig.promotions.gate import official_now
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from eig.promotions.rules import end_of_day

KEPT = "Vos réponses sont enregistrées. Elles ne sont pas encore envoyées."


@dataclass(frozen=True, slots=True)
class Asking:
    """The team's form for a dossier: its context, and the correction once it is asked."""

    context: dict[str, Any]
    status: int = 200
    asked: Correction | None = None


def asking(
    request: SignedInRequest,
    dossier: Dossier,
    *,
    kind: str,
    files: bool,
    ask: Callable[..., Correction],
) -> Asking:
    """Show the form, or ask: `ask` is the step's action."""
    promotion: Promotion = dossier.promotion
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(data, form=form_of(promotion, kind), files=files)
    if form.is_valid():
        due_at = end_of_day(official_now(promotion), days=form.cleaned_data["days"])
        try:
            made = ask(
                dossier,
                questions=form.questions(),
                reason=form.cleaned_data["reason"],
                due_at=due_at,
                by=request.user,
                at=moment(promotion),
            )
        except (AlreadyAsked, CannotAsk) as reason:
            form.add_error(None, str(reason))
        else:
            wake_after_commit()
            messages.success(request, "La demande de correction part par courriel.")
            return Asking({}, asked=made)
    return Asking({"form": form, "promotion": promotion}, 422 if form.is_bound else 200)


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


@dataclass(frozen=True, slots=True)
class Answering:
    """The page of whoever answers: its context and status, or where to go."""

    context: dict[str, Any]
    status: int = 200
    go: HttpResponse | None = None


def answering(
    request: SignedInRequest,
    correction: Correction,
    *,
    kind: str,
    here: str,
    save: Callable[..., object],
    send: Callable[..., object],
) -> Answering:
    """Show the answers that are open; keep what is posted; send all of it when asked to."""
    form = form_of(correction.promotion, kind)
    section = opened_section(form, correction)
    status, attempt = 200, None
    is_open = _is_open(correction)
    answer = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            attempt = attempt_section(
                request.POST, section=section, form=form, dossier=correction, save=_saver(save, section)
            )
            status = attempt.status
            if attempt.is_saved and answer.is_valid():
                if request.POST.get("then") != "send":
                    messages.success(request, KEPT)
                    return Answering({}, go=redirect(here))
                send(correction, message=answer.cleaned_data["message"], by=request.user)
                wake_after_commit()
                messages.success(request, "Votre correction est envoyée.")
                return Answering({}, go=redirect(here))
        except Incomplete as reason:
            messages.error(request, str(reason))
            return Answering({}, go=redirect(here))
        except (CorrectionOver, DossierClosed) as reason:
            messages.warning(request, str(reason))
            return Answering({}, go=redirect(here))
    context = {
        "correction": correction,
        "promotion": correction.promotion,
        "is_open": is_open,
        "is_late": correction.status == CorrectionStatus.ASKED and not is_open,
        "is_answered": correction.status == CorrectionStatus.ANSWERED,
        "answer": answer,
        "changes": changes_of(form, correction),
        **form_context(form, section, dossier=correction, attempt=attempt),
    }
    return Answering(context, status)


def _saver(save: Callable[..., object], section: SectionView) -> Callable[..., object]:
    def saved(*, answers: Mapping[str, Any], version: Seen) -> object:
        return save(section=section, answers=answers, version=version)

    return saved


def _is_open(correction: Correction) -> bool:
    try:
        refuse_late(correction)
    except CorrectionOver:
        return False
    return True


def looking(correction: Correction, *, kind: str) -> dict[str, Any]:
    """What the team sees of a correction: each answer before and after, once it is sent."""
    form = form_of(correction.promotion, kind)
    answered = correction.status == CorrectionStatus.ANSWERED
    return {
        "correction": correction,
        "promotion": correction.promotion,
        "is_answered": answered,
        "is_asked": correction.status == CorrectionStatus.ASKED,
        "badge": BADGES[CorrectionStatus(correction.status)],
        # Until it is sent, what is being typed is not the team's business.
        "changes": changes_of(form, correction) if answered else [],
        "labels": [item.label for item in form.questions() if item.code in correction.questions],
    }


BADGES = {
    CorrectionStatus.ASKED: "info",
    CorrectionStatus.ANSWERED: "success",
    CorrectionStatus.EXPIRED: "warning",
    CorrectionStatus.CANCELLED: "",
}
