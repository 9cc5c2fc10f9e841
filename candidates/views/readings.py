"""The readings of applications on the pages that both calls have alike (`eig.evaluation`)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from candidates.actions import dismiss_reader, take_next
from candidates.models import Application, Review
from candidates.queries import APPLICATIONS, applications_apart, applications_listed
from candidates.queries.calibration import promotions_calibrated
from candidates.queries.ties import reader_ties
from candidates.views.desk import DESK
from candidates.views.reader import conflict_page, dossier_shown
from eig.accounts.doors import SignedInRequest
from eig.evaluation.choices import Stage
from eig.evaluation.desks import Line, ReadingDesk
from eig.evaluation.queries import grid_of
from eig.evaluation.rules import shown_score
from eig.promotions.models import Promotion

PAGE = 25


def _lines(promotion: Promotion, keys: Sequence[int]) -> Mapping[int, Line]:
    here = promotion.code
    return {
        row.pk: Line(
            str(row.number),
            reverse("candidates:staff_application_detail", args=[here, row.code]),
            _trades(row),
        )
        for row in applications_listed(promotion).filter(pk__in=keys)
    }


def _progress(request: SignedInRequest, promotion: Promotion, wanted: Mapping[int, int]) -> Mapping[str, Any]:
    """The applications whose two readings differ: the others are too many to be a page."""
    weight = grid_of(promotion, Stage.APPLICATION_READING).total_weight
    page = Paginator(applications_apart(promotion), PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "apart": [(item, shown_score(item.score, weight=weight)) for item in page],
        "gap": promotion.third_reader_gap,
    }


def _trades(application: Application) -> str:
    links = sorted(application.trade_links.all(), key=lambda link: (link.rank, link.pk))
    return ", ".join(link.trade.label for link in links)


def _calibration(review: Review) -> str:
    here = review.application.promotion.code
    return reverse("candidates:calibration_detail", args=[here]) if review.calibration else ""


READINGS = ReadingDesk(
    model=Review,
    dossiers=DESK,
    listing=APPLICATIONS,
    ties=reader_ties,
    dismiss=dismiss_reader,
    heading=("Candidature", "Métiers"),
    preview="staff_assignment_preview",
    ask="staff_third_ask",
    apart="staff_disagreement_list",
    listed="reading_list",
    take="reading_next",
    label=lambda application: f"Candidature {application.number}",
    detail=_trades,
    before=conflict_page,
    dossier="candidates/review_dossier.html",
    shown=dossier_shown,
    take_next=take_next,
    names_readers=False,
    lines=_lines,
    menu="candidates/staff/team_menu.html",
    style="evaluation/reading.css",
    progress="candidates/staff/reading_progress.html",
    progressing=_progress,
    calibration=_calibration,
    calibrations=lambda user: [
        (row.name, reverse("candidates:calibration_detail", args=[row.code]))
        for row in promotions_calibrated(user)
    ],
)
