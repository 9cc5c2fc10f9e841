"""The cockpit, the calendar, the journal."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from eig.accounts.doors import SignedInRequest, grave, staff_only
from eig.deeds import Doing
from eig.design.answers import posted
from eig.journal.models import Entry
from eig.journal.queries import consultations_of
from eig.listing.views import list_page
from eig.orders.actions import REFUSALS
from eig.orders.queries import orders_waiting, others_than
from eig.orders.views import ASKED
from eig.promotions.models import Promotion
from eig.promotions.queries import calendar, moment, phase_of, promotions_listed
from eig.promotions.rules import holidays_near
from journey.actions.calendar import REOPENING, NotAnExtension, ask_reopening, extend_phase
from journey.forms import ExtensionForm
from journey.queries.calendar import concerned_by, mailed_by, moved_by
from journey.queries.cockpit import cockpit
from journey.queries.listing import JOURNAL

CONSULTATIONS = 100


@staff_only
def staff_promotion_list(request: SignedInRequest) -> HttpResponse:
    return render(request, "journey/staff/staff_promotion_list.html", {"promotions": promotions_listed()})


@staff_only
def staff_cockpit(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    return render(
        request,
        "journey/staff/staff_cockpit.html",
        {"promotion": row, "cockpit": cockpit(row, now=moment(row)), "now": moment(row)},
    )


@staff_only
def staff_calendar(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    now = moment(row)
    phases = [(phase, phase.is_open(now), phase.is_over(now)) for phase in calendar(row)]
    rules = row.reminder_rules.order_by("audience", "-hours_before", "pk")
    context = {"promotion": row, "phases": phases, "now": now, "reminder_rules": rules}
    return render(request, "journey/staff/staff_calendar.html", context)


@staff_only
@grave
def staff_phase_extend(request: SignedInRequest, promotion: str, kind: str) -> HttpResponse:
    """Two steps: the first post shows what moves and who is concerned, the second one does it.

    Once the phase is over, somebody else does.
    """
    row = get_object_or_404(Promotion, code=promotion)
    phase = phase_of(row, kind)
    if phase is None:
        raise Http404
    form = ExtensionForm(posted(request), closes_at=phase.closes_at)
    is_over = phase.is_over(moment(row))
    context = {"promotion": row, "phase": phase, "form": form, "is_over": is_over}
    if is_over:
        context["others"] = others_than(request.user)
        context["waiting"] = orders_waiting(row, REOPENING.code, at=moment(row))
    if form.is_valid() and "confirm" in request.POST and is_over:
        with Doing(request, (*REFUSALS, NotAnExtension), form=form, said=ASKED) as done:
            order = ask_reopening(phase, by=request.user, at=moment(row), **form.cleaned_data)
        if done:
            return redirect("orders:order_detail", row.code, order.code)
    elif form.is_valid() and "confirm" in request.POST:
        with Doing(request, NotAnExtension, said="La prolongation est publiée.") as done:
            extend_phase(
                phase,
                closes_at=form.cleaned_data["closes_at"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=moment(row),
            )
        if done:
            return redirect("journey:staff_calendar", row.code)
    elif form.is_valid():
        context["preview"] = concerned_by(row, kind)
        context["moved"] = moved_by(phase, closes_at=form.cleaned_data["closes_at"], now=moment(row))
        context["mailed"] = mailed_by(row, kind)
        context["holidays"] = holidays_near(form.cleaned_data["closes_at"])
    return render(request, "journey/staff/staff_phase_extend.html", context)


@staff_only
def staff_journal(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    return list_page(request, row, JOURNAL, template="journey/staff/staff_journal.html")


@staff_only
def staff_record_history(request: SignedInRequest, record_type: str, record_id: int) -> HttpResponse:
    """Everything the journal knows of one record, and who looked at it lately."""
    entries = (
        Entry.objects.filter(record_type=record_type, record_id=record_id)
        .select_related("actor")
        .order_by("-at", "-pk")
    )
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    promotion = Promotion.objects.filter(pk=page.object_list[0].promotion_id or 0).first()
    context = {
        "page": page,
        "promotion": promotion,
        "consultations": consultations_of(record_type, record_id)[:CONSULTATIONS],
        "most": CONSULTATIONS,
    }
    return render(request, "journey/staff/staff_record_history.html", context)
