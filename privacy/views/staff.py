"""The programme team: how long each kind of data is kept, what the next purge would do, what was erased."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eig.accounts.doors import SignedInRequest, grave, staff_only
from eig.design.answers import posted
from eig.orders.forms import ReasonForm
from eig.orders.views import order_page
from eig.promotions.models import Promotion
from privacy.actions import set_lengths
from privacy.actions.retention import SHORTENING, shortened
from privacy.forms import LengthsForm
from privacy.models import Erasure
from privacy.queries import lengths_of
from privacy.queries.purging import foreseen, purge_lines

HORIZON = timedelta(days=90)


@staff_only
def staff_purge(request: SignedInRequest, promotion: str) -> HttpResponse:
    """A dry run: nothing is erased from this page."""
    row = get_object_or_404(Promotion, code=promotion)
    now = timezone.now()
    proofs = Erasure.objects.filter(promotion_code__in=[row.code, ""]).order_by("-done_on", "-pk")
    context = {
        "promotion": row,
        "lines": purge_lines(row, at=now),
        "foreseen": foreseen(row, at=now, horizon=HORIZON),
        "page": Paginator(proofs, 25).get_page(request.GET.get("page")),
    }
    return render(request, "privacy/staff/staff_purge.html", context)


@staff_only
@grave
def staff_retention_edit(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    form = LengthsForm(posted(request), lengths=lengths_of(row))
    shorter = form.is_valid() and shortened(row, months=form.cleaned_data)
    if shorter:
        title = f"Raccourcir {len(shorter)} durée(s) de conservation"
        context = {"lengths": form, "shorter": SHORTENING.words(row, form.cleaned_data)}
        return order_page(
            request,
            row,
            SHORTENING,
            "privacy/staff/staff_retention_shorten.html",
            context,
            title=title,
            given=form.cleaned_data,
            form=ReasonForm(request.POST if "reason" in request.POST else None),
        )
    if form.is_valid():
        changed = set_lengths(row, months=form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"Durées enregistrées ({changed} changée{'s' if changed > 1 else ''}).")
        return redirect("privacy:staff_purge", row.code)
    context = {"promotion": row, "form": form}
    return render(
        request, "privacy/staff/staff_retention_edit.html", context, status=422 if form.is_bound else 200
    )
