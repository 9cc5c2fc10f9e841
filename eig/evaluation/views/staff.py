"""The team's pages of readings: who reads how much, what lacks a reading, who is given what, who leaves."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.accounts.models import User
from eig.deeds import Doing
from eig.design.answers import form_page, posted
from eig.design.templatetags.words import counted
from eig.evaluation import actions
from eig.evaluation.actions import PlanChanged
from eig.evaluation.choices import SheetStatus
from eig.evaluation.desks import ReadingDesk
from eig.evaluation.forms import AssignForm, ReaderForm, TeamRecusalForm
from eig.evaluation.queries import (
    LoadedReader,
    lacking_readings,
    planned_readings,
    readers_after,
    readers_to_choose,
    readers_with_load,
    reviews_of,
)
from eig.evaluation.rules import Distribution
from eig.evaluation.views.reader import NOT_HANDED
from eig.french import of
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

PAGE = 25


def _promotion(code: str) -> Promotion:
    return get_object_or_404(Promotion, code=code)


def _dossier(desk: ReadingDesk, promotion: str, code: UUID) -> Any:
    return get_object_or_404(desk.dossiers.handed_in(promotion), code=code)


def _reader(desk: ReadingDesk, promotion: Promotion, person: UUID) -> LoadedReader:
    rows = readers_with_load(desk.model, promotion)
    found = next((row for row in rows if row.person.code == person), None)
    if found is None:
        raise Http404
    return found


def _context(desk: ReadingDesk, promotion: Promotion, **more: Any) -> dict[str, Any]:
    app = desk.model._meta.app_label
    names = ("staff_reading_list", "staff_reading_distribute", "staff_reader_edit", "staff_reader_dismiss")
    doors = {name.removeprefix("staff_"): f"{app}:{name}" for name in names}
    return {
        "promotion": promotion,
        "desk": desk,
        "doors": {**doors, "preview": f"{app}:{desk.preview}"},
        "crumbs": desk.staff_crumbs(promotion),
        "has_trades": bool(desk.model.KIND.trades),
        **more,
    }


@staff_only
def reading_list(request: SignedInRequest, promotion: str, desk: ReadingDesk) -> HttpResponse:
    """Who holds how much, how far the dossiers are read, what is still to hand out."""
    row = _promotion(promotion)
    wanted = {item.dossier: item.count for item in lacking_readings(desk.model, row)}
    readers = readers_with_load(desk.model, row)
    context = _context(
        desk,
        row,
        readers=readers,
        held=sum(reader.held for reader in readers),
        signed=sum(reader.signed for reader in readers),
        lacking=sum(wanted.values()),
        lacking_dossiers=sum(bool(count) for count in wanted.values()),
        required=getattr(row, desk.model.KIND.required),
        now=moment(row),
        **desk.progressing(request, row, wanted),
    )
    context["crumbs"] = desk.staff_crumbs(row, readings=False)
    return render(request, "evaluation/staff/reading_list.html", context)


@staff_only
def reading_preview(request: SignedInRequest, promotion: str, desk: ReadingDesk) -> HttpResponse:
    """What would be handed to whom; applied as it is shown, or not at all."""
    row = _promotion(promotion)
    plan = planned_readings(desk.model, row, ties=desk.ties)
    page = Paginator(plan.dossiers, PAGE).get_page(request.GET.get("page"))
    readers = readers_after(desk.model, row, plan)
    names = {item.reader.person.pk: item.reader.person for item in readers}
    lines, given = desk.lines(row, list(page)), plan.readers
    context = _context(
        desk,
        row,
        plan=plan,
        unmet=sum(plan.unmet.values()),
        page=page,
        rows=[
            (lines[pk], [names[reader] for reader in given.get(pk, ())], plan.unmet.get(pk, 0))
            for pk in page
            if pk in lines
        ],
        readers=readers,
        # One reader a dossier compares nobody, anywhere.
        apart=_apart(row, plan, names) if getattr(row, desk.model.KIND.required) > 1 else (),
    )
    return render(request, "evaluation/staff/reading_preview.html", context)


def _apart(
    promotion: Promotion, plan: Distribution, names: Mapping[int, User]
) -> list[tuple[str, list[list[User]]]]:
    """Trade → the groups of readers whom nothing would compare to the others."""
    trades = promotion.trades.in_bulk(plan.apart)
    return [
        (
            trades[trade].label if trade in trades else "",
            [[names[one] for one in sorted(group) if one in names] for group in groups],
        )
        for trade, groups in plan.apart.items()
    ]


@staff_only
@require_POST
def reading_distribute(request: SignedInRequest, promotion: str, desk: ReadingDesk) -> HttpResponse:
    """Apply the plan that the preview showed, and no other; the result is kept, row by row."""
    row = _promotion(promotion)
    with Doing(request, PlanChanged, refused=messages.warning) as done:
        deed = actions.apply_plan(
            desk.model,
            row,
            ties=desk.ties,
            listing=desk.listing,
            digest=request.POST.get("digest", ""),
            by=request.user,
            at=moment(row),
        )
        done.said = "Les lectures sont distribuées. Voici le résultat, ligne par ligne."
        return redirect("listing:bulk_detail", promotion, deed.code)
    return redirect(desk.door(desk.preview, promotion))


@staff_only
@require_POST
def reading_ask(request: SignedInRequest, promotion: str, code: UUID, desk: ReadingDesk) -> HttpResponse:
    """One reading more, by the least loaded person who may, when those made differ."""
    dossier = _dossier(desk, promotion, code)
    with Doing(request, NOT_HANDED) as done:
        review = actions.ask_reading(
            desk.model, dossier, ties=desk.ties, by=request.user, at=moment(dossier.promotion)
        )
        done.said = f"{review.reader} lira aussi « {desk.dossiers.staff_label(dossier)} »."
    return redirect(desk.door(desk.apart, promotion))


@staff_only
@require_POST
def reader_assign(request: SignedInRequest, promotion: str, code: UUID, desk: ReadingDesk) -> HttpResponse:
    """Give the dossier to one more reader, by hand."""
    dossier = _dossier(desk, promotion, code)
    form = AssignForm(request.POST, readers=readers_to_choose(desk.model, dossier))
    if form.is_valid():
        person = form.person()
        with Doing(request, NOT_HANDED, said=f"{person} lira {desk.model.KIND.this}."):
            actions.assign_reader(
                desk.model, dossier, reader=person, by=request.user, at=moment(dossier.promotion)
            )
    else:
        messages.error(request, "Choisissez une personne parmi les lectrices et lecteurs nommés.")
    return redirect(desk.dossiers.staff_page, promotion, code)


@staff_only
def reader_recuse(
    request: SignedInRequest, promotion: str, code: UUID, desk: ReadingDesk, sheet: UUID | None = None
) -> HttpResponse:
    """A conflict that a reader did not see: recorded with its reason; their sheet no longer counts."""
    dossier = _dossier(desk, promotion, code)
    live = reviews_of(desk.model, dossier).exclude(sheet__status=SheetStatus.RECUSED)
    reviews = list(live.filter(sheet__code=sheet) if sheet else live)
    if not reviews:
        raise Http404
    form = TeamRecusalForm(posted(request), reviews=reviews)
    if form.is_valid():
        reader, at = form.review().reader, moment(dossier.promotion)
        reason = form.cleaned_data["reason"]
        actions.recuse_reader(desk.model, dossier, person=reader, reason=reason, by=request.user, at=at)
        messages.success(request, f"Le déport {of(reader)} est enregistré.")
        return redirect(desk.dossiers.staff_page, promotion, code)
    context = {
        "promotion": dossier.promotion,
        "crumbs": (crumbs := desk.dossiers.staff_crumbs(dossier)),
        "back": crumbs[-1].href,
        "label": desk.dossiers.staff_label(dossier),
        "form": form,
    }
    return form_page(request, "evaluation/staff/reader_recuse.html", context)


@staff_only
def reader_edit(request: SignedInRequest, promotion: str, person: UUID, desk: ReadingDesk) -> HttpResponse:
    """What a reader takes, and how many dossiers at most; or their leaving."""
    row = _promotion(promotion)
    reader = _reader(desk, row, person)
    trades = list(row.trades.order_by("rank", "pk")) if desk.model.KIND.trades else []
    chosen = [trade.code for trade in trades if trade.label in reader.trades]
    form = ReaderForm(posted(request), trades=trades, initial={"cap": reader.cap, "trades": chosen})
    if form.is_valid():
        actions.change_reader(
            desk.model,
            row,
            person=reader.person,
            trades=form.chosen(),
            cap=form.cleaned_data["cap"],
            by=request.user,
            at=moment(row),
        )
        messages.success(request, f"Ce que lit {reader.person} est enregistré.")
        return redirect(desk.door("staff_reading_list", promotion))
    context = _context(desk, row, reader=reader, form=form)
    return form_page(request, "evaluation/staff/reader_edit.html", context)


@staff_only
@require_POST
def reader_dismiss(request: SignedInRequest, promotion: str, person: UUID, desk: ReadingDesk) -> HttpResponse:
    """A reader leaves: what they had not signed is free, and the new distribution is shown."""
    row = _promotion(promotion)
    reader = _reader(desk, row, person)
    freed = desk.dismiss(row, person=reader.person, by=request.user, at=moment(row))
    messages.success(
        request,
        f"{reader.person} ne lit plus pour cette promotion. "
        f"{counted(freed, 'lecture')} à confier de nouveau : en voici la répartition proposée.",
    )
    return redirect(desk.door(desk.preview, promotion))
