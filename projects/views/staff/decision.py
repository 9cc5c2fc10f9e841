"""Waves of decisions: prepare, propose, have validated by a second person, publish."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, grave, staff_only
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.lifecycle import IllegalMove
from eig.mail.outbox import EmptyMessage, render_letter
from eig.mail.queries import messages_of_batch
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion, Wave
from eig.promotions.queries import moment
from projects.actions import (
    DecisionLocked,
    NothingToDecide,
    RankTaken,
    WaveNotDue,
    WaveNotReady,
    cancel_wave,
    prepare_wave,
    propose_decision,
    publish_wave,
    reopen_wave,
    retract_decision,
    validate_wave,
)
from projects.actions.decision import batch_of
from projects.choices import HearingStatus, Outcome
from projects.emails import decision_letters
from projects.forms import DecisionForm, WaveForm
from projects.queries import (
    decisions_of_wave,
    mark_of,
    projects_listed,
    projects_to_decide,
    reading_summary,
    reviews_of,
    waves_listed,
)
from projects.queries.hearing import hearing_of
from projects.queries.reading import reason_built

GROUPS = (
    (Outcome.LAUREATE, "Lauréats"),
    (Outcome.RESERVE, "Liste complémentaire"),
    (Outcome.DECLINED, "Non retenus"),
)
REFUSALS = (DecisionLocked, IllegalMove, NothingToDecide, RankTaken, WaveNotDue, WaveNotReady)


def _wave(promotion: str, code: str) -> Wave:
    return get_object_or_404(waves_listed(promotion), code=code)


@staff_only
def staff_wave_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    now = moment(row)
    form = WaveForm(request.POST if request.method == "POST" else None, now=now)
    if form.is_valid():
        wave = prepare_wave(row, by=request.user, at=now, **form.cleaned_data)
        return redirect("projects:staff_wave_detail", promotion, wave.code)
    page = Paginator(waves_listed(row.code), 20).get_page(request.GET.get("page"))
    context = {"promotion": row, "form": form, "page": page, "left": projects_to_decide(row).count()}
    return render(
        request, "projects/staff/staff_wave_list.html", context, status=422 if form.is_bound else 200
    )


@staff_only
def staff_wave_detail(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    wave = _wave(promotion, code)
    weight = grid_of(wave.promotion, Stage.PROJECT_READING).total_weight
    decisions = [(item, mark_of(item.project, weight=weight)) for item in decisions_of_wave(wave)]
    prepared = wave.status == Wave.Status.PREPARED
    validated = wave.status == Wave.Status.VALIDATED
    held = messages_of_batch(batch_of(wave))
    context = {
        "promotion": wave.promotion,
        "wave": wave,
        "groups": [(label, [row for row in decisions if row[0].outcome == value]) for value, label in GROUPS],
        "to_decide": [
            (project, mark_of(project, weight=weight)) for project in projects_to_decide(wave.promotion)
        ]
        if prepared
        else [],
        "is_prepared": prepared,
        "is_validated": validated,
        "is_due": validated and wave.publishes_at <= moment(wave.promotion),
        "is_mine": wave.prepared_by_id == request.user.pk,
        "may_cancel": prepared or validated,
        "mails": held.count(),
        "samples": held[:3],
    }
    return render(request, "projects/staff/staff_wave_detail.html", context)


@staff_only
def staff_wave_preview(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """Each letter as it would leave, before a second person validates: nothing is written."""
    wave = _wave(promotion, code)
    letters = []
    for decision, letter in decision_letters(wave, list(decisions_of_wave(wave))):
        try:
            subject, body = render_letter(letter) if letter else ("", "")
        except EmptyMessage:
            subject, body = "", ""
        to = letter.to if letter else None
        letters.append({"decision": decision, "to": to, "subject": subject, "body": body})
    context = {
        "promotion": wave.promotion,
        "wave": wave,
        "letters": letters,
        "wrong": sum(not letter["body"] for letter in letters),
        "is_prepared": wave.status == Wave.Status.PREPARED,
    }
    return render(request, "projects/staff/staff_wave_preview.html", context)


@staff_only
def staff_decision_edit(request: SignedInRequest, promotion: str, code: str, project: str) -> HttpResponse:
    """Propose what becomes of one project; the reason starts from the grid's sentences."""
    wave = _wave(promotion, code)
    row = get_object_or_404(projects_listed(wave.promotion), code=project)
    reviews = list(reviews_of(row))
    summary = reading_summary(reviews, gap=wave.promotion.third_reader_gap)
    hearing = hearing_of(row)
    awaited = row.decisions.filter(published_at__isnull=True).first()
    initial = (
        {"outcome": awaited.outcome, "reserve_rank": awaited.reserve_rank, "reason": awaited.reason}
        if awaited
        else {"reason": reason_built(summary, hearing)}
    )
    form = DecisionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            propose_decision(row, wave=wave, by=request.user, at=moment(wave.promotion), **form.values())
        except RankTaken as reason:
            form.add_error("reserve_rank", str(reason))
        except REFUSALS as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"Proposition enregistrée pour « {row.title} ».")
            return redirect("projects:staff_wave_detail", promotion, code)
    context = {
        "promotion": wave.promotion,
        "wave": wave,
        "project": row,
        "summary": summary,
        "hearing": hearing if hearing and hearing.status == HearingStatus.HEARD else None,
        "reviews": [review for review in reviews if review.sheet.total is not None],
        "form": form,
    }
    return render(
        request, "projects/staff/staff_decision_edit.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@staff_only
def staff_decision_retract(request: SignedInRequest, promotion: str, code: str, project: str) -> HttpResponse:
    wave = _wave(promotion, code)
    decision = get_object_or_404(decisions_of_wave(wave), project__code=project)
    try:
        retract_decision(decision, by=request.user, at=moment(wave.promotion))
    except DecisionLocked as reason:
        messages.error(request, str(reason))
    return redirect("projects:staff_wave_detail", promotion, code)


@require_POST
@staff_only
@grave
def staff_wave_validate(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    wave = _wave(promotion, code)
    try:
        validate_wave(wave, by=request.user, at=moment(wave.promotion))
    except REFUSALS as reason:
        messages.error(request, str(reason))
    else:
        messages.success(
            request, "Vague validée. Les messages sont écrits et retenus jusqu’à la publication."
        )
    return redirect("projects:staff_wave_detail", promotion, code)


@require_POST
@staff_only
@grave
def staff_wave_publish(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    wave = _wave(promotion, code)
    try:
        count = publish_wave(wave, at=moment(wave.promotion), by=request.user)
    except REFUSALS as reason:
        messages.error(request, str(reason))
    else:
        wake_after_commit()
        messages.success(request, f"{count} décision{'s publiées' if count > 1 else ' publiée'}.")
    return redirect("projects:staff_wave_detail", promotion, code)


@require_POST
@staff_only
@grave
def staff_wave_reopen(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    wave = _wave(promotion, code)
    try:
        again = reopen_wave(wave, by=request.user, at=moment(wave.promotion))
    except IllegalMove as reason:
        messages.error(request, str(reason))
        return redirect("projects:staff_wave_detail", promotion, code)
    messages.success(request, "La vague est de nouveau en préparation. Les messages retenus sont jetés.")
    return redirect("projects:staff_wave_detail", promotion, again.code)


@require_POST
@staff_only
@grave
def staff_wave_cancel(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    wave = _wave(promotion, code)
    try:
        cancel_wave(wave, by=request.user, at=moment(wave.promotion))
    except IllegalMove as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "Vague annulée : ses propositions sont effacées, aucun message ne partira.")
    return redirect("projects:staff_wave_list", promotion)
