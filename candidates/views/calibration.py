"""The calibration as readers see it: how far they are, then how marks compare once all have signed."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from candidates.queries import is_application_reader
from candidates.queries.calibration import calibration_board, calibration_of, calibration_reviews
from eig.accounts.doors import SignedInRequest
from eig.evaluation.choices import Stage
from eig.evaluation.queries import amendments_of, grid_of
from eig.promotions.models import Promotion


def calibration_detail(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Nobody's marks before the last signature; then everybody's, under letters."""
    row = get_object_or_404(Promotion, code=promotion)
    calibration = calibration_of(row)
    if calibration is None or not is_application_reader(request.user, row):
        raise Http404
    grid = grid_of(row, Stage.APPLICATION_READING)
    board = calibration_board(calibration, grid=grid)
    context = {
        "promotion": row,
        "board": board,
        "mine": list(calibration_reviews(row).filter(reader=request.user)),
        "me": request.user,
        "grid": grid,
        "amendments": amendments_of(grid),
    }
    return render(request, "candidates/calibration_detail.html", context)
