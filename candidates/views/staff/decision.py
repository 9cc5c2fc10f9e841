"""Staff: waves of decisions, from the proposals to the publication."""

from collections.abc import Callable
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import (
    DecisionLocked,
    NothingToDecide,
    ReadingsMissing,
    WaveNotDue,
    WaveNotReady,
    cancel_wave,
    prepare_wave,
    propose_decision,
    propose_decisions,
    publish_wave,
    reopen_wave,
    retract_decision,
    validate_wave,
)
from candidates.emails import decision_letter
from candidates.forms import DecisionForm, ProposalForm, WaveForm
from candidates.models import Application, Decision
from candidates.queries import (
    applications_listed,
    applications_not_ready,
    decisions_of_wave,
    shown_score,
    standings,
    waiting_by_trade,
    waves_listed,
)
from candidates.rules import kept, reserved
from eig.accounts.doors import SignedInRequest, grave, staff_only
from eig.design.templatetags.words import counted
from eig.evaluation.choices import Stage
from eig.evaluation.queries import GridView, grid_of
from eig.evaluation.rules import COMMON_MULTIPLE
from eig.lifecycle import IllegalMove
from eig.mail.outbox import render_letter
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion, Wave
from eig.promotions.queries import moment, phases_by_kind

PAGE = 25
SAMPLE = 3
REFUSALS = (DecisionLocked, IllegalMove, NothingToDecide, ReadingsMissing, WaveNotDue, WaveNotReady)


def _promotion(code: str) -> Promotion:
    return get_object_or_404(Promotion, code=code)


def _wave(promotion: Promotion, code: str) -> Wave:
    return get_object_or_404(waves_listed(promotion), code=code)


@staff_only
def staff_wave_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    """The waves, and a form to prepare one more."""
    row = _promotion(promotion)
    form = WaveForm(request.POST or None)
    if form.is_valid():
        wave = prepare_wave(row, **form.cleaned_data, by=request.user, at=moment(row))
        return redirect("candidates:staff_wave_detail", promotion, wave.code)
    context = {
        "promotion": row,
        "waves": waves_listed(row),
        "form": form,
        "waiting": applications_not_ready(row),
    }
    status = 422 if form.is_bound else 200
    return render(request, "candidates/staff/staff_wave_list.html", context, status=status)


@staff_only
def staff_wave_detail(request: SignedInRequest, promotion: str, wave: str) -> HttpResponse:
    row = _promotion(promotion)
    return _wave_page(request, row, _wave(row, wave))


def _wave_page(
    request: SignedInRequest, promotion: Promotion, wave: Wave, *, proposal: ProposalForm | None = None
) -> HttpResponse:
    grid = grid_of(promotion, Stage.APPLICATION_READING)
    page = Paginator(decisions_of_wave(wave), PAGE).get_page(request.GET.get("page"))
    is_prepared = wave.status == Wave.Status.PREPARED
    trades = waiting_by_trade(promotion) if is_prepared else []
    context = {
        "promotion": promotion,
        "wave": wave,
        "page": page,
        "rows": [
            (item, shown_score(item.application.score, total_weight=grid.total_weight)) for item in page
        ],
        "is_prepared": is_prepared,
        "is_validated": wave.status == Wave.Status.VALIDATED,
        "is_mine": wave.prepared_by_id == request.user.pk,
        "is_due": moment(promotion) >= wave.publishes_at,
        "not_ready": applications_not_ready(promotion) if is_prepared else 0,
        "waiting": len(standings(promotion)) if is_prepared else 0,
        "proposal": proposal or ProposalForm(trades=trades, scale_max=grid.grid.scale_max),
    }
    return render(
        request, "candidates/staff/staff_wave_detail.html", context, status=422 if proposal else 200
    )


def _least_score(mean: Decimal | None, grid: GridView) -> int | None:
    """A mean on the grid's scale, as an exact score of applications."""
    return None if mean is None else int(mean * 100) * COMMON_MULTIPLE * grid.total_weight // 100


@staff_only
@require_POST
def staff_wave_propose(request: SignedInRequest, promotion: str, wave: str) -> HttpResponse:
    """Propose for everybody who is read enough, from the standings."""
    row = _promotion(promotion)
    held = _wave(row, wave)
    grid = grid_of(row, Stage.APPLICATION_READING)
    form = ProposalForm(request.POST, trades=waiting_by_trade(row), scale_max=grid.grid.scale_max)
    if not form.is_valid():
        return _wave_page(request, row, held, proposal=form)
    chosen = kept(
        standings(row),
        tops=form.tops() or None,
        least_score=_least_score(form.cleaned_data["least"], grid),
    )
    decline = form.cleaned_data["decline_others"]
    waiting = reserved(standings(row), kept=chosen, reserves=form.reserves())

    def deed() -> str:
        yes, no = propose_decisions(
            held,
            kept=chosen,
            by=request.user,
            at=moment(row),
            decline_others=decline,
            reserve=waiting,
        )
        return (
            f"{counted(yes, 'présélection proposée')}, "
            f"{counted(no, 'autre candidature proposée,autres candidatures proposées')}, "
            f"dont {len(waiting)} en liste complémentaire."
        )

    return _do(request, row, held, deed)


def _do(request: SignedInRequest, promotion: Promotion, wave: Wave, deed: Callable[[], str]) -> HttpResponse:
    """Run a deed on a wave; what it refuses is said in its own sentence."""
    try:
        said = deed()
    except REFUSALS as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, said)
    return redirect("candidates:staff_wave_detail", promotion.code, wave.code)


@staff_only
def staff_wave_preview(request: SignedInRequest, promotion: str, wave: str) -> HttpResponse:
    """The messages as they would leave: how many of each kind, and a few of them in full."""
    row = _promotion(promotion)
    held = _wave(row, wave)
    phases = phases_by_kind(row)
    groups: dict[str, list[Decision]] = {}
    for decision in decisions_of_wave(held):
        groups.setdefault(decision.get_outcome_display(), []).append(decision)
    shown = [
        (
            label,
            len(decisions),
            [
                (item, *render_letter(decision_letter(item, wave=held, phases=phases)))
                for item in decisions[:SAMPLE]
            ],
        )
        for label, decisions in groups.items()
    ]
    context = {"promotion": row, "wave": held, "groups": shown}
    return render(request, "candidates/staff/staff_wave_preview.html", context)


@staff_only
@require_POST
@grave
def staff_wave_validate(request: SignedInRequest, promotion: str, wave: str) -> HttpResponse:
    row = _promotion(promotion)
    held = _wave(row, wave)

    def deed() -> str:
        validate_wave(held, by=request.user, at=moment(row))
        return "La vague est validée : ses messages sont écrits et retenus jusqu’à la publication."

    return _do(request, row, held, deed)


@staff_only
@require_POST
@grave
def staff_wave_publish(request: SignedInRequest, promotion: str, wave: str) -> HttpResponse:
    row = _promotion(promotion)
    held = _wave(row, wave)

    def deed() -> str:
        count = publish_wave(held, by=request.user, at=moment(row))
        wake_after_commit()
        return f"{counted(count, 'décision publiée')} : les pages ont changé et les messages partent."

    return _do(request, row, held, deed)


@staff_only
@require_POST
def staff_wave_reopen(request: SignedInRequest, promotion: str, wave: str) -> HttpResponse:
    """Take a validated wave up again."""
    row = _promotion(promotion)
    held = _wave(row, wave)
    try:
        again = reopen_wave(held, by=request.user, at=moment(row))
    except REFUSALS as reason:
        messages.error(request, str(reason))
        return redirect("candidates:staff_wave_detail", promotion, wave)
    messages.success(request, "La vague est reprise : ses propositions sont dans cette nouvelle vague.")
    return redirect("candidates:staff_wave_detail", promotion, again.code)


@staff_only
@require_POST
def staff_wave_cancel(request: SignedInRequest, promotion: str, wave: str) -> HttpResponse:
    row = _promotion(promotion)
    held = _wave(row, wave)

    def deed() -> str:
        cancel_wave(held, by=request.user, at=moment(row))
        return "La vague est annulée : ses propositions sont oubliées et aucun message ne part."

    return _do(request, row, held, deed)


@staff_only
def staff_decision_edit(request: SignedInRequest, promotion: str, wave: str, code: str) -> HttpResponse:
    """One decision: its outcome, its reason; or take it out of the wave."""
    row = _promotion(promotion)
    held = _wave(row, wave)
    application: Application = get_object_or_404(applications_listed(row), code=code)
    decision = Decision.objects.filter(application=application, wave=held).first()
    initial = (
        {"outcome": decision.outcome, "reason": decision.reason, "reserve_rank": decision.reserve_rank}
        if decision
        else {}
    )
    form = DecisionForm(request.POST or None, initial=initial)

    def propose() -> str:
        propose_decision(application, wave=held, **form.cleaned_data, by=request.user, at=moment(row))
        return f"La décision proposée pour {application} est enregistrée."

    def retract() -> str:
        assert decision is not None
        retract_decision(decision, by=request.user, at=moment(row))
        return f"{application} n’est plus dans cette vague."

    if decision and request.POST.get("then") == "retract":
        return _do(request, row, held, retract)
    if form.is_valid():
        return _do(request, row, held, propose)
    context = {
        "promotion": row,
        "wave": held,
        "application": application,
        "decision": decision,
        "form": form,
        "is_prepared": held.status == Wave.Status.PREPARED,
    }
    return render(
        request,
        "candidates/staff/staff_decision_edit.html",
        context,
        status=422 if form.is_bound else 200,
    )
