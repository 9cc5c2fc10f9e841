"""The waves of applications on the team's screens (`eig.waves`); proposals for everybody at once."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from candidates.actions import propose_decisions
from candidates.actions.decision import WAVES
from candidates.forms import ProposalForm
from candidates.models import Application, Decision
from candidates.queries import applications_listed, applications_not_ready, standings, waiting_by_trade
from candidates.queries.decision import reason_built, reserve_lengths
from candidates.rules import kept, reserved
from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.design.templatetags.words import counted
from eig.evaluation.choices import Stage
from eig.evaluation.queries import GridView, grid_of
from eig.evaluation.rules import COMMON_MULTIPLE, shown_score
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from eig.waves.actions import REFUSALS
from eig.waves.desks import Line, WaveDesk
from eig.waves.views import wave_of, wave_page


def _lines(promotion: Promotion, decisions: Sequence[Decision]) -> list[Line]:
    weight = grid_of(promotion, Stage.APPLICATION_READING).total_weight
    return [
        Line(
            code=item.application.code,
            label=str(item.application.number),
            href=reverse("candidates:staff_application_detail", args=[promotion.code, item.application.code]),
            detail=str(item.application.candidate),
            mark=shown_score(item.application.score, weight=weight),
            decision=item,
        )
        for item in decisions
    ]


def _target(promotion: Promotion, code: UUID) -> Application:
    return get_object_or_404(applications_listed(promotion), code=code)


def _read(application: Application) -> tuple[Mapping[str, Any], str]:
    return {"application": application}, reason_built(application)


def _left(promotion: Promotion) -> str:
    waiting = applications_not_ready(promotion)
    if not waiting:
        return ""
    words = "candidature attend,candidatures attendent"
    return f"{counted(waiting, words)} encore des lectures signées."


def _propose(request: SignedInRequest, promotion: Promotion) -> Mapping[str, Any]:
    scale_max = grid_of(promotion, Stage.APPLICATION_READING).grid.scale_max
    return {
        "not_ready": applications_not_ready(promotion),
        "waiting": len(standings(promotion)),
        "proposal": ProposalForm(trades=waiting_by_trade(promotion), scale_max=scale_max),
    }


DESK = WaveDesk(
    kind=WAVES,
    app="candidates",
    title="Décisions de présélection",
    above=("Candidatures", "candidates:staff_application_list"),
    menu="candidates/staff/team_menu.html",
    style="",
    kept_title="Présélectionnées",
    one_title="Candidature",
    lines=_lines,
    target=_target,
    reading="candidates/staff/decision_reading.html",
    read=_read,
    left=_left,
    proposing="candidates/staff/wave_proposing.html",
    propose=_propose,
)


def _least_score(mean: Decimal | None, grid: GridView) -> int | None:
    """A mean on the grid's scale, as an exact score of applications."""
    return None if mean is None else int(mean * 100) * COMMON_MULTIPLE * grid.total_weight // 100


@staff_only
@require_POST
def staff_wave_propose(request: SignedInRequest, promotion: str, wave: UUID) -> HttpResponse:
    """Propose for everybody who is read enough, from the standings."""
    held = wave_of(DESK, promotion, wave)
    row: Promotion = held.promotion
    grid = grid_of(row, Stage.APPLICATION_READING)
    form = ProposalForm(request.POST, trades=waiting_by_trade(row), scale_max=grid.grid.scale_max)
    if not form.is_valid():
        return wave_page(request, DESK, held, status=422, proposal=form)
    ranked = standings(row)
    chosen = kept(
        ranked, tops=form.tops() or None, least_score=_least_score(form.cleaned_data["least"], grid)
    )
    waiting = reserved(ranked, kept=chosen, reserves=form.reserves(), after=reserve_lengths(held))
    with Doing(request, REFUSALS) as done:
        yes, no = propose_decisions(
            held,
            kept=chosen,
            by=request.user,
            at=moment(row),
            decline_others=form.cleaned_data["decline_others"],
            reserve=waiting,
        )
        done.said = (
            f"{counted(yes, 'présélection proposée')}, "
            f"{counted(no, 'autre candidature proposée,autres candidatures proposées')}, "
            f"dont {len(waiting)} en liste complémentaire."
        )
    return redirect("candidates:staff_wave_detail", promotion, held.code)
