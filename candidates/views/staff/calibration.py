"""Staff: the calibration of the readers, and the words of the grid."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import CalibrationRefused, cancel_calibration, open_calibration
from candidates.forms.calibration import AnchorForm, CalibrationForm
from candidates.queries.calibration import applications_to_calibrate, calibration_board, calibration_of
from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.design.answers import form_page
from eig.evaluation.actions import AnchorsRefused, amend_anchors
from eig.evaluation.choices import Stage
from eig.evaluation.models import Criterion
from eig.evaluation.queries import amendments_of, grid_of, readers_of
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

OFFERED = 40


def _page(
    request: SignedInRequest, row: Promotion, *, form: CalibrationForm | None = None, status: int = 200
) -> HttpResponse:
    calibration = calibration_of(row)
    grid = grid_of(row, Stage.APPLICATION_READING)
    context = {
        "promotion": row,
        "grid": grid,
        "amendments": amendments_of(grid),
        "board": calibration_board(calibration, grid=grid) if calibration else None,
        "form": form
        or (None if calibration else CalibrationForm(applications=applications_to_calibrate(row)[:OFFERED])),
        "reader_count": readers_of(row, Stage.APPLICATION_READING).count(),
    }
    return render(request, "candidates/staff/staff_calibration_detail.html", context, status=status)


@staff_only
def staff_calibration_detail(request: SignedInRequest, promotion: str) -> HttpResponse:
    return _page(request, get_object_or_404(Promotion, code=promotion))


@staff_only
@require_POST
def staff_calibration_open(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    form = CalibrationForm(request.POST, applications=applications_to_calibrate(row)[:OFFERED])
    if not form.is_valid():
        return _page(request, row, form=form, status=422)
    counts = form.cleaned_data["counts"] == "yes"
    with Doing(request, CalibrationRefused, form=form, field="applications") as done:
        open_calibration(row, applications=form.chosen(), counts=counts, by=request.user, at=moment(row))
        done.said = "Le calibrage est ouvert : chaque lecteur et lectrice reçoit ces candidatures."
    if not done:
        return _page(request, row, form=form, status=422)
    return redirect("candidates:staff_calibration_detail", promotion)


@staff_only
@require_POST
def staff_calibration_cancel(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    calibration = calibration_of(row)
    if calibration is not None:
        with Doing(request, CalibrationRefused, said="Le calibrage est annulé."):
            cancel_calibration(calibration, by=request.user, at=moment(row))
    return redirect("candidates:staff_calibration_detail", promotion)


@staff_only
def staff_anchor_edit(request: SignedInRequest, promotion: str, criterion: str) -> HttpResponse:
    """Make the anchors of one criterion clearer; every wording is kept."""
    row = get_object_or_404(Promotion, code=promotion)
    stage = {"grid__promotion": row, "grid__stage": Stage.APPLICATION_READING}
    found = get_object_or_404(Criterion, **stage, code=criterion)
    grid = grid_of(row, Stage.APPLICATION_READING)
    form = AnchorForm(request.POST if request.method == "POST" else None, criterion=found)
    if request.method == "POST" and form.is_valid():
        with Doing(request, AnchorsRefused, form=form) as done:
            reason, at = form.cleaned_data["reason"], moment(row)
            made = amend_anchors(found, anchors=form.anchors(), reason=reason, by=request.user, at=at)
            done.said = "Les repères sont précisés : les lecteurs le verront." if made else "Rien n’a changé."
        if done:
            return redirect("candidates:staff_calibration_detail", promotion)
    history = [item for item in amendments_of(grid) if item.criterion_id == found.pk]
    context = {"promotion": row, "criterion": found, "form": form, "history": history}
    return form_page(request, "candidates/staff/staff_anchor_edit.html", context)
