"""The candidate's own pages: write, hand in, follow, withdraw."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import MayNotApply, start_application, submit_application, withdraw_application_record
from candidates.choices import Status
from candidates.models import Application
from candidates.queries import attached_codes, decision_told, files_of, own_applications
from candidates.rules import situation_of
from candidates.views.calendar import phases_shown
from candidates.views.desk import DESK
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.dossiers.actions import NotReady
from eig.dossiers.choices import FormKind
from eig.dossiers.pages import contents_context, review_context
from eig.dossiers.queries import form_of, last_edits
from eig.dossiers.rules import answers_shown
from eig.dossiers.views.writing import read_only
from eig.french import dates
from eig.lifecycle import IllegalMove, may_move
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import PhaseNotOpen
from eig.promotions.models import Phase, Promotion
from eig.promotions.queries import calendar, moment, pay_grid, phase_of
from eig.promotions.rules import net_monthly_pay

STEPS = ["Dossier", "Lecture et présélection", "Vœux", "Auditions", "Résultats"]


def _own(request: SignedInRequest, code: str) -> Application:
    return get_object_or_404(own_applications(request.user), code=code)


def application_list(request: SignedInRequest) -> HttpResponse:
    """The person's applications, one per promotion."""
    rows = [(row, situation_of(row.status)) for row in own_applications(request.user)]
    return render(request, "candidates/application_list.html", {"applications": rows})


@require_POST
def application_start(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Open a draft, or go back to the application that exists."""
    row = get_object_or_404(Promotion, code=promotion, is_archived=False)
    with Doing(request, (PhaseNotOpen, MayNotApply)):
        application = start_application(row, by=request.user, at=moment(row))
        return redirect("candidates:application_detail", application.code)
    return redirect("candidates:call", promotion)


def application_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """« Où en est ma candidature ? »"""
    application = _own(request, code)
    promotion = application.promotion
    form = form_of(promotion, FormKind.APPLICATION)
    files = files_of(application, form)
    now = moment(promotion)
    phases = calendar(promotion)
    applications = next((phase for phase in phases if phase.kind == PhaseKind.APPLICATIONS), None)
    context: dict[str, Any] = {
        "application": application,
        "promotion": promotion,
        "situation": situation_of(application.status),
        "steps": STEPS,
        "calendar": phases_shown(phases, now=now),
        "when": _when(application, phases),
        "decision": decision_told(application),
        "files": files,
        "is_draft": application.status == Status.DRAFT,
        "may_withdraw": may_move(application, Status.WITHDRAWN),
        "is_open": bool(applications and applications.is_open(now)),
        "corrections": list(application.corrections.order_by("-asked_at", "-pk")),
    }
    if context["is_draft"]:
        context |= contents_context(
            form,
            application.answers,
            attached=attached_codes(files),
            address=partial(DESK.section_of, application),
            edits=last_edits(application, form),
        )
        context["read_only"] = read_only(DESK, application)
    return render(request, "candidates/application_detail.html", context)


def _when(application: Application, phases: Sequence[Phase]) -> str:
    """The date of what comes next, when the calendar has one."""
    found = {phase.kind: phase for phase in phases}
    following = {
        Status.DRAFT: ("Clôture de l’appel", PhaseKind.APPLICATIONS),
        Status.SUBMITTED: ("Présélection", PhaseKind.SHORTLIST),
        Status.SHORTLISTED: ("Publication des projets", PhaseKind.REVEAL),
    }.get(Status(application.status))
    if following is None or following[1] not in found:
        return ""
    label, kind = following
    moment_of = found[kind].opens_at if kind == PhaseKind.REVEAL else found[kind].closes_at
    before = "" if kind == PhaseKind.REVEAL else "jusqu’au "
    return f"{label} : {before}{dates.day(moment_of)}."


def application_review(request: SignedInRequest, code: str) -> HttpResponse:
    """Read everything again, see what is missing, hand in."""
    application = _own(request, code)
    if application.status != Status.DRAFT:
        return redirect("candidates:application_detail", code)
    promotion = application.promotion
    form = form_of(promotion, FormKind.APPLICATION)
    files = files_of(application, form)
    years = application.answers.get("experience_years")
    context = review_context(
        form,
        application.answers,
        attached=attached_codes(files),
        address=partial(DESK.section_of, application),
    ) | {
        "application": application,
        "promotion": promotion,
        "sections": answers_shown(form, application.answers),
        "files": files,
        "pay": net_monthly_pay(years, pay_grid(promotion)) if isinstance(years, int) else None,
        "years": years,
        "phase": (phase := phase_of(promotion, PhaseKind.APPLICATIONS)),
        "is_open": bool(phase and phase.is_open(moment(promotion))),
    }
    return render(request, "candidates/application_review.html", context)


@require_POST
def application_submit(request: SignedInRequest, code: str) -> HttpResponse:
    application = _own(request, code)
    with Doing(request, (NotReady, MayNotApply, PhaseNotOpen, IllegalMove), prints=True) as done:
        submit_application(application, by=request.user)
        done.said = "Votre candidature est déposée."
    return redirect("candidates:application_receipt" if done else "candidates:application_review", code)


def application_withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask, then withdraw for good. Once preselected, other steps are concerned: the roof does it."""
    application = _own(request, code)
    if application.status == Status.SHORTLISTED:
        return redirect("journey:application_withdraw", code)
    if not may_move(application, Status.WITHDRAWN):
        messages.warning(request, "Cette candidature est déjà terminée.")
        return redirect("candidates:application_detail", code)
    if request.method == "POST":
        with Doing(request, IllegalMove, said="Votre candidature est retirée."):
            withdraw_application_record(application, by=request.user, at=moment(application.promotion))
        return redirect("candidates:application_detail", code)
    context = {"application": application, "promotion": application.promotion}
    return render(request, "candidates/application_withdraw.html", context)
