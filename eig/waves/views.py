"""The team's screens of waves, the same for every step: prepare, propose, have validated, publish."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, grave, staff_only
from eig.accounts.models import User
from eig.deeds import Doing
from eig.design.answers import posted
from eig.design.templatetags.words import counted
from eig.failures.queries import failure_of
from eig.journal.doors import shows
from eig.lifecycle import IllegalMove
from eig.mail.models import Message
from eig.mail.outbox import EmptyMessage, Letter, render_letter
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from eig.waves import actions
from eig.waves.actions import MOVABLE, REFUSALS, RankTaken
from eig.waves.choices import WaveStatus
from eig.waves.desks import PAGE, WaveDesk
from eig.waves.forms import DecisionForm, RereadForm, SplitForm, WaveForm
from eig.waves.models import Wave
from eig.waves.queries import (
    PUBLISH,
    digest_of,
    letters_held,
    letters_written,
    outcome_counts,
    rereading,
    validators_of,
    waves_listed,
)


def _promotion(code: str) -> Promotion:
    return get_object_or_404(Promotion, code=code)


def wave_of(desk: WaveDesk, promotion: str, wave: Any) -> Any:
    return get_object_or_404(waves_listed(desk.kind, promotion), code=wave)


def _to(desk: WaveDesk, wave: Any) -> HttpResponse:
    return redirect(f"{desk.app}:staff_wave_detail", wave.promotion.code, wave.code)


def _context(desk: WaveDesk, promotion: Promotion, **more: Any) -> dict[str, Any]:
    app = desk.app
    doors = (
        ["list", "detail", "preview", "move", "validate", "split", "publish", "reopen", "cancel"],
        ["edit", "retract"],
    )
    return {
        "promotion": promotion,
        "desk": desk,
        "words": desk.kind.words,
        "above": {"label": desk.above[0], "view": desk.above[1]},
        "doors": {
            **{name: f"{app}:staff_wave_{name}" for name in doors[0]},
            **{name: f"{app}:staff_decision_{name}" for name in doors[1]},
        },
        **more,
    }


def _form_page(
    request: SignedInRequest, template: str, context: dict[str, Any], form: forms.Form
) -> HttpResponse:
    return render(request, template, {**context, "form": form}, status=422 if form.is_bound else 200)


@staff_only
def wave_list(request: SignedInRequest, promotion: str, desk: WaveDesk) -> HttpResponse:
    """The waves, and a form to prepare one more."""
    row = _promotion(promotion)
    now = moment(row)
    form = WaveForm(posted(request), now=now)
    if form.is_valid():
        wave = actions.prepare_wave(row, kind=desk.kind, by=request.user, at=now, **form.cleaned_data)
        return _to(desk, wave)
    page = Paginator(waves_listed(desk.kind, row), PAGE).get_page(request.GET.get("page"))
    context = _context(desk, row, page=page, left=desk.left(row))
    return _form_page(request, "waves/wave_list.html", context, form)


@staff_only
def wave_detail(request: SignedInRequest, promotion: str, wave: Any, desk: WaveDesk) -> HttpResponse:
    return wave_page(request, desk, wave_of(desk, promotion, wave))


def wave_page(
    request: SignedInRequest, desk: WaveDesk, wave: Any, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A wave with its decisions; `more` comes from a way to propose that was refused."""
    promotion = wave.promotion
    page = Paginator(desk.kind.decisions(wave), PAGE).get_page(request.GET.get("page"))
    is_prepared, is_validated = wave.status == WaveStatus.PREPARED, wave.status == WaveStatus.VALIDATED
    context = _context(
        desk,
        promotion,
        wave=wave,
        page=page,
        lines=desk.lines(promotion, list(page)),
        best=desk.kind.best,
        counts=outcome_counts(desk.kind, wave),
        held=letters_held(wave) if is_validated else 0,
        failure=failure_of(PUBLISH, wave),
        is_prepared=is_prepared,
        is_validated=is_validated,
        is_open=is_prepared or is_validated,
        is_due=is_validated and wave.publishes_at <= moment(promotion),
        validators=list(validators_of(wave)) if is_prepared else [],
        fresh=_fresh(desk, wave) if is_validated else 0,
    )
    context["may_validate"] = request.user in context["validators"]
    if is_prepared:
        context |= desk.propose(request, promotion)
    return render(request, "waves/wave_detail.html", context | more, status=status)


def _fresh(desk: WaveDesk, wave: Any) -> int:
    """How many decisions show a sign that nobody agreed to: the hour would not publish them."""
    return sum(bool(item.fresh) for item in rereading(wave, list(desk.kind.decisions(wave))))


@staff_only
@grave
def wave_validate(request: SignedInRequest, promotion: str, wave: Any, desk: WaveDesk) -> HttpResponse:
    """What a second person rereads and ticks before they agree; or, since they did, what appeared."""
    row = wave_of(desk, promotion, wave)
    is_prepared = row.status == WaveStatus.PREPARED
    if not is_prepared and row.status != WaveStatus.VALIDATED:
        messages.error(request, str(IllegalMove()))
        return _to(desk, row)
    decisions = list(desk.kind.decisions(row))
    looked = rereading(row, decisions)
    form = RereadForm(posted(request), reread=looked)
    if form.is_valid():
        act, said = (
            (actions.validate_wave, "La vague est validée. Les messages sont écrits et retenus.")
            if is_prepared
            else (actions.confirm_wave, "Les décisions relues sont confirmées.")
        )
        with Doing(request, REFUSALS, said=said, form=form):
            act(row, by=request.user, at=moment(row.promotion), **form.cleaned_data)
            return _to(desk, row)
    # Whoever validates answers for all of it.
    shows(request, *(item.target for item in decisions))
    ticked = {str(pk) for pk in request.POST.getlist("read")}
    lines = zip(looked, desk.lines(row.promotion, decisions), strict=True)
    context = _context(
        desk,
        row.promotion,
        wave=row,
        counts=outcome_counts(desk.kind, row),
        best=desk.kind.best,
        asked=[(item, line, str(item.decision.target.pk) in ticked) for item, line in lines if item.is_asked],
        seen=digest_of(looked),
        is_prepared=is_prepared,
    )
    return _form_page(request, "waves/wave_validate.html", context, form)


@staff_only
@grave
def wave_split(request: SignedInRequest, promotion: str, wave: Any, desk: WaveDesk) -> HttpResponse:
    """What some people wrote leaves for another wave, so that each half has somebody to validate it."""
    row = wave_of(desk, promotion, wave)
    form = SplitForm(posted(request), wave=row)
    if form.is_valid():
        with Doing(request, REFUSALS, said="Voici la nouvelle vague.", form=form):
            other = actions.split_wave(row, by=request.user, at=moment(row.promotion), **form.cleaned_data)
            return _to(desk, other)
    if row.status != WaveStatus.PREPARED:
        messages.error(request, str(IllegalMove()))
        return _to(desk, row)
    context = _context(desk, row.promotion, wave=row, validators=list(validators_of(row)))
    return _form_page(request, "waves/wave_split.html", context, form)


@staff_only
def wave_preview(request: SignedInRequest, promotion: str, wave: Any, desk: WaveDesk) -> HttpResponse:
    """Each letter as it would leave, before a second person validates; then as it is held, or has left."""
    row = wave_of(desk, promotion, wave)
    decisions = list(desk.kind.decisions(row))
    shows(request, *(item.target for item in decisions))
    is_prepared = row.status == WaveStatus.PREPARED
    if is_prepared:
        letters = [_rendered(item, letter) for item, letter in desk.kind.letters(row, decisions)]
    else:
        written = letters_written(row)
        letters = [_kept(item, written.get(item.letter_key)) for item in decisions]
    context = _context(
        desk,
        row.promotion,
        wave=row,
        letters=len(letters),
        # What stops the validation comes first, wherever it is in the order.
        page=Paginator(sorted(letters, key=lambda item: bool(item["body"])), PAGE).get_page(
            request.GET.get("page")
        ),
        wrong=sum(not letter["body"] for letter in letters),
        is_prepared=is_prepared,
    )
    return render(request, "waves/wave_preview.html", context)


def _kept(decision: Any, message: Message | None) -> dict[str, Any]:
    shown = {"to": message.to_email, "subject": message.subject, "body": message.body} if message else {}
    return {"decision": decision, "target": decision.target, "to": None, "subject": "", "body": "", **shown}


def _rendered(decision: Any, letter: Letter | None) -> dict[str, Any]:
    subject = body = ""
    if letter is not None:
        try:
            subject, body = render_letter(letter)
        except EmptyMessage:
            subject = body = ""
    to = letter.to if letter else None
    return {"decision": decision, "target": decision.target, "to": to, "subject": subject, "body": body}


@staff_only
@grave
def wave_move(request: SignedInRequest, promotion: str, wave: Any, desk: WaveDesk) -> HttpResponse:
    """Change the name or the hour while nothing is published; the two people who agreed on it are told."""
    row = wave_of(desk, promotion, wave)
    now = moment(row.promotion)
    form = WaveForm(posted(request), now=now, wave=row)
    if row.status not in MOVABLE:
        messages.error(request, str(IllegalMove()))
        return _to(desk, row)
    if form.is_valid():
        with Doing(request, REFUSALS) as done:
            is_moved = actions.move_wave(row, by=request.user, at=now, **form.cleaned_data)
            done.said = "La vague est modifiée." if is_moved else "Rien n’a changé."
        return _to(desk, row)
    context = _context(desk, row.promotion, wave=row, is_validated=row.status == WaveStatus.VALIDATED)
    return _form_page(request, "waves/wave_move.html", context, form)


@staff_only
def decision_edit(
    request: SignedInRequest, promotion: str, wave: Any, code: Any, desk: WaveDesk
) -> HttpResponse:
    """Propose what becomes of one record. What is refused is said on the form, which keeps what was typed."""
    row = wave_of(desk, promotion, wave)
    target = desk.target(row.promotion, code)
    read, suggested = desk.read(target)
    awaited: Any = desk.kind.awaited(target)
    is_prepared = row.status == WaveStatus.PREPARED
    initial = {"reason": suggested}
    if awaited is not None:
        initial = {name: getattr(awaited, name) for name in ("outcome", "reserve_rank", "reason")}
    form = DecisionForm(posted(request), kind=desk.kind, initial=initial)
    if form.is_valid():
        try:
            actions.propose_decision(
                target, wave=row, by=request.user, at=moment(row.promotion), **form.cleaned_data
            )
        except RankTaken as reason:
            form.add_error("reserve_rank", str(reason))
        except REFUSALS as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"Proposition enregistrée pour « {target} ».")
            return _to(desk, row)
    shows(request, target)
    context = _context(
        desk,
        row.promotion,
        wave=row,
        target=target,
        decision=awaited if awaited and awaited.wave_id == row.pk else None,
        is_prepared=is_prepared,
        is_last=[*validators_of(row)] == [request.user],
        **read,
    )
    return _form_page(request, "waves/decision_edit.html", context, form)


@require_POST
@staff_only
def decision_retract(
    request: SignedInRequest, promotion: str, wave: Any, code: Any, desk: WaveDesk
) -> HttpResponse:
    row = wave_of(desk, promotion, wave)
    where = {f"{desk.kind.decision.TARGET}__code": code}
    decision = get_object_or_404(desk.kind.decisions(row), **where)
    with Doing(request, REFUSALS, said=f"« {decision.target} » n’est plus dans cette vague."):
        actions.retract_decision(decision, by=request.user, at=moment(row.promotion))
    return _to(desk, row)


Act = Callable[..., tuple[Wave, str]]


@require_POST
@staff_only
@grave
def wave_act(request: SignedInRequest, promotion: str, wave: Any, desk: WaveDesk, act: Act) -> HttpResponse:
    """One grave deed on a wave: it says which wave to show, and what was done."""
    row = wave_of(desk, promotion, wave)
    with Doing(request, REFUSALS) as done:
        row, said = act(row, by=request.user, at=moment(row.promotion))
        done.said = said
    return _to(desk, row)


def publish(wave: Wave, *, by: User, at: datetime) -> tuple[Wave, str]:
    count = actions.publish_wave(wave, by=by, at=at)
    wake_after_commit()
    return wave, f"{counted(count, 'décision publiée')} : les pages ont changé et les messages partent."


def reopen(wave: Wave, *, by: User, at: datetime) -> tuple[Wave, str]:
    again = actions.reopen_wave(wave, by=by, at=at)
    return again, "La vague est de nouveau en préparation. Les messages retenus sont jetés."


def cancel(wave: Wave, *, by: User, at: datetime) -> tuple[Wave, str]:
    actions.cancel_wave(wave, by=by, at=at)
    return wave, "La vague est annulée : ses propositions sont effacées, aucun message ne partira."
