"""Staff: the list of applications, one application whole, its eligibility, its readers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import ReasonMissing, refuse_eligibility, restore_eligibility
from candidates.actions.decision import WAVES
from candidates.choices import Status
from candidates.documents import INELIGIBILITY_LETTER
from candidates.forms import IneligibilityForm, ReasonForm
from candidates.models import Application, Review
from candidates.queries import (
    applications_for_staff,
    applications_listed,
    decision_told,
    files_of,
    lookalikes,
    readers_to_choose,
    reading_summary,
    reviews_of,
)
from candidates.queries.columns import BADGES
from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.documents.doors import serve
from eig.documents.printing import ready_document
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.forms import AssignForm
from eig.evaluation.queries import GridView, grid_of
from eig.journal.choices import Shown
from eig.journal.doors import shows
from eig.lifecycle import IllegalMove
from eig.mail.models import Message
from eig.mail.queries import ledger_of
from eig.promotions.queries import moment

MAIL_BADGES = {"sent": "success", "failed": "error", "held": "new", "cancelled": ""}


def messages_to_show(application: Application) -> list[tuple[Message, str]]:
    """What was written to the person about this promotion, held letters too: the team's side."""
    rows = ledger_of(application.candidate, promotion_id=application.promotion_id)
    return [(row, MAIL_BADGES.get(row.status, "info")) for row in rows[:50]]


def application_in(
    request: SignedInRequest, promotion: str, code: str, *, what: Shown = Shown.DOSSIER
) -> Application:
    """One application, to show or to act upon."""
    application = get_object_or_404(applications_for_staff(promotion), code=code)
    shows(request, application, what=what)
    return application


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """One reading in the table: a column of marks, one per criterion of the grid."""

    review: Review
    kind: str
    marks: Sequence[str]
    verdict: str
    comment: str


SHEET_BADGES = {SheetStatus.DRAFT: "", SheetStatus.SIGNED: "success", SheetStatus.RECUSED: "warning"}


def _reading_shown(review: Review, grid: GridView) -> ReadingShown:
    """The marks of a draft are its reader's alone: they show once signed."""
    sheet = review.sheet
    is_signed = sheet.status == SheetStatus.SIGNED
    marks = {mark.criterion_id: str(mark.value) for mark in sheet.marks.all()} if is_signed else {}
    verdict = dict(grid.grid.verdicts).get(sheet.verdict, "")
    if sheet.favourite:
        verdict = f"{verdict}, coup de cœur" if verdict else "Coup de cœur"
    return ReadingShown(
        review=review,
        kind=SHEET_BADGES[SheetStatus(sheet.status)],
        marks=[marks.get(criterion.pk, "–") for criterion in grid.criteria],
        verdict=verdict if is_signed else "",
        comment=sheet.comment if is_signed else "",
    )


@staff_only
def staff_application_detail(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    return _detail(request, application_in(request, promotion, code))


def _detail(
    request: SignedInRequest,
    application: Application,
    *,
    reason: ReasonForm | IneligibilityForm | None = None,
    status: int = 200,
) -> HttpResponse:
    promotion = application.promotion
    form = form_of(promotion, FormKind.APPLICATION)
    grid = grid_of(promotion, Stage.APPLICATION_READING)
    reviews = list(reviews_of(application))
    decision = WAVES.awaited(application) or decision_told(application)
    # What may be said now: why it is set aside, or why it comes back. The state may just have changed.
    expected = ReasonForm if application.status == Status.INELIGIBLE else IneligibilityForm
    readings = [_reading_shown(review, grid) for review in reviews]
    context = {
        "promotion": promotion,
        "application": application,
        "readings": readings,
        "marks": [
            (criterion, [reading.marks[rank] for reading in readings])
            for rank, criterion in enumerate(grid.criteria)
        ],
        "is_read": any(review.sheet.status != SheetStatus.RECUSED for review in reviews),
        "badge": BADGES.get(Status(application.status), ""),
        "sections": answers_shown(form, application.answers),
        "files": files_of(application, form),
        "reviews": reviews,
        "summary": reading_summary(reviews, gap=promotion.third_reader_gap),
        "grid": grid,
        "decision": decision,
        "decision_title": "Décision publiée" if decision and decision.published_at else "Décision proposée",
        "mails": messages_to_show(application),
        "corrections": list(application.corrections.order_by("-asked_at", "-pk")),
        "may_correct": application.status == Status.SUBMITTED,
        "alike": applications_listed(promotion).filter(pk__in=lookalikes(application)),
        "assign": AssignForm(readers=readers_to_choose(application)),
        "reason": reason if isinstance(reason, expected) else expected(),
        "may_refuse": application.status == Status.SUBMITTED,
        "has_letter": ready_document(INELIGIBILITY_LETTER, application.pk) is not None,
        "may_restore": application.status == Status.INELIGIBLE,
        "required": promotion.readers_per_application,
    }
    return render(request, "candidates/staff/staff_application_detail.html", context, status=status)


@staff_only
@require_POST
def staff_application_refuse(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """Set an application aside, with its reason."""
    application = application_in(request, promotion, code)
    form = IneligibilityForm(request.POST)
    if not form.is_valid():
        return _detail(request, application, reason=form, status=422)
    at = moment(application.promotion)
    with Doing(request, (ReasonMissing, IllegalMove), prints=True) as done:
        refuse_eligibility(application, **form.cleaned_data, by=request.user, at=at)
        done.said = "La candidature est déclarée inéligible ; la personne en est informée."
    return redirect("candidates:staff_application_detail", promotion, code)


@staff_only
@require_POST
def staff_application_restore(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """Take the refusal back."""
    application = application_in(request, promotion, code)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _detail(request, application, reason=form, status=422)
    at = moment(application.promotion)
    with Doing(request, (ReasonMissing, IllegalMove)) as done:
        restore_eligibility(application, reason=form.cleaned_data["reason"], by=request.user, at=at)
        done.said = "La candidature est rétablie ; la personne en est informée."
    return redirect("candidates:staff_application_detail", promotion, code)


@staff_only
def staff_attachment_download(
    request: SignedInRequest, promotion: str, code: str, document: str
) -> FileResponse:
    application = application_in(request, promotion, code, what=Shown.FILE)
    attachment = get_object_or_404(
        application.attachments.select_related("document"), document__code=document
    )
    return serve(attachment.document)


@staff_only
def staff_letter_download(request: SignedInRequest, promotion: str, code: str) -> FileResponse:
    """The letter that says why an application is not admitted."""
    application = application_in(request, promotion, code, what=Shown.FILE)
    if application.status != Status.INELIGIBLE:
        raise Http404
    return serve(ready_document(INELIGIBILITY_LETTER, application.pk))
