"""Staff: readings handed out by trade and caps, seen before they are done; readers changed, or leaving."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import PlanChanged, apply_plan, change_reader, dismiss_reader
from candidates.forms import ReaderForm
from candidates.queries import readers_with_load
from candidates.queries.assignment import digest_of, handings, planned_readings, readers_after, touched
from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.design.answers import form_page, posted
from eig.design.templatetags.words import counted
from eig.evaluation.queries import LoadedReader
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

PAGE = 25


@staff_only
def staff_assignment_preview(request: SignedInRequest, promotion: str) -> HttpResponse:
    """What would be handed to whom; applied as it is shown, or not at all."""
    row = get_object_or_404(Promotion, code=promotion)
    if request.method == "POST":
        return _apply(request, row)
    plan = planned_readings(row)
    page = Paginator(touched(plan), PAGE).get_page(request.GET.get("page"))
    readers = readers_after(row, plan)
    context = {
        "promotion": row,
        "digest": digest_of(plan),
        "pairs": len(plan.pairs),
        "unmet": sum(plan.unmet.values()),
        "unmet_applications": len(plan.unmet),
        "page": page,
        "rows": handings(row, plan, list(page), readers=readers),
        "readers": readers,
    }
    return render(request, "candidates/staff/staff_assignment_preview.html", context)


def _apply(request: SignedInRequest, promotion: Promotion) -> HttpResponse:
    with Doing(request, PlanChanged, refused=messages.warning) as done:
        made = apply_plan(
            promotion, digest=request.POST.get("digest", ""), by=request.user, at=moment(promotion)
        )
        done.said = "Les lectures sont distribuées. Voici le résultat, ligne par ligne."
    if not done:
        return redirect("candidates:staff_assignment_preview", promotion.code)
    return redirect("listing:bulk_detail", promotion.code, made.code)


def _reader(promotion: Promotion, person: str) -> LoadedReader | None:
    return next((row for row in readers_with_load(promotion) if str(row.person.code) == str(person)), None)


@staff_only
def staff_reader_edit(request: SignedInRequest, promotion: str, person: str) -> HttpResponse:
    """The trades that a reader takes, and how many dossiers at most."""
    row = get_object_or_404(Promotion, code=promotion)
    reader = _reader(row, person)
    if reader is None:
        raise Http404
    trades = list(row.trades.order_by("rank", "pk"))
    chosen = [trade.code for trade in trades if trade.label in reader.trades]
    form = ReaderForm(posted(request), trades=trades, initial={"cap": reader.cap, "trades": chosen})
    if request.method == "POST" and form.is_valid():
        change_reader(
            row,
            person=reader.person,
            trades=form.chosen(),
            cap=form.cleaned_data["cap"],
            by=request.user,
            at=moment(row),
        )
        messages.success(request, f"Ce que lit {reader.person} est enregistré.")
        return redirect("candidates:staff_reading_list", promotion)
    context = {"promotion": row, "reader": reader, "form": form, "left": reader.left}
    return form_page(request, "candidates/staff/staff_reader_edit.html", context)


@staff_only
@require_POST
def staff_reader_dismiss(request: SignedInRequest, promotion: str, person: str) -> HttpResponse:
    """A reader leaves: what they had not signed is free, and the new distribution is shown."""
    row = get_object_or_404(Promotion, code=promotion)
    reader = _reader(row, person)
    if reader is None:
        raise Http404
    freed = dismiss_reader(row, person=reader.person, by=request.user, at=moment(row))
    messages.success(
        request,
        f"{reader.person} ne lit plus pour cette promotion. "
        f"{counted(freed, 'lecture')} à confier de nouveau : en voici la répartition proposée.",
    )
    return redirect("candidates:staff_assignment_preview", promotion)
