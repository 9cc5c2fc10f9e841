"""Webinars as the programme team holds them: announce, change, cancel, who comes."""

import csv

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.design.answers import form_page, posted
from eig.exports.rules import neutralised
from eig.lifecycle import IllegalMove
from eig.listing.views import list_page
from eig.meetings.actions import TooFewSeats, cancel_webinar, change_webinar, hold_webinar
from eig.meetings.choices import WebinarStatus
from eig.meetings.forms import CancellationForm, RegistrationFilter, WebinarForm
from eig.meetings.models import Webinar
from eig.meetings.queries import registrations_of, webinars_listed
from eig.meetings.queries.listing import WEBINARS
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

PER_PAGE = 50
COLUMNS = ("Nom", "Adresse électronique", "Organisme", "État", "Inscription")


def _webinar(promotion: str, code: str) -> Webinar:
    rows = Webinar.objects.select_related("promotion").prefetch_related("trades")
    return get_object_or_404(rows, promotion__code=promotion, code=code)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def staff_webinar_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    return list_page(request, row, WEBINARS, template="meetings/staff/staff_webinar_list.html")


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def staff_webinar_create(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    form = WebinarForm(posted(request), promotion=row, initial={"capacity": 100})
    if request.method == "POST" and form.is_valid():
        webinar = hold_webinar(row, by=request.user, at=moment(row), **form.values())
        messages.success(request, "Le webinaire est annoncé : les inscriptions sont ouvertes.")
        return redirect("meetings:staff_webinar_detail", row.code, webinar.code)
    context = {"promotion": row, "form": form}
    return form_page(request, "meetings/staff/staff_webinar_create.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def staff_webinar_edit(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    webinar = _webinar(promotion, code)
    form = WebinarForm(posted(request), promotion=webinar.promotion, webinar=webinar)
    if request.method == "POST" and form.is_valid():
        with Doing(request, TooFewSeats, form=form, field="capacity") as done:
            told = change_webinar(webinar, by=request.user, at=moment(webinar.promotion), **form.values())
            more = f" {told} personnes en sont averties." if told else ""
            done.said = f"Le webinaire est modifié.{more}"
        if done:
            return redirect("meetings:staff_webinar_detail", promotion, code)
    context = {"promotion": webinar.promotion, "webinar": webinar, "form": form}
    return form_page(request, "meetings/staff/staff_webinar_edit.html", context)


@staff_only
@require_safe
def staff_webinar_detail(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    found = _webinar(promotion, code)
    webinar = webinars_listed(found.promotion).get(pk=found.pk)
    form = RegistrationFilter(request.GET)
    form.is_valid()
    rows = registrations_of(webinar, text=form.cleaned_data.get("q") or "")
    context = {
        "promotion": found.promotion,
        "webinar": webinar,
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "is_planned": webinar.status == WebinarStatus.PLANNED,
    }
    return render(request, "meetings/staff/staff_webinar_detail.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def staff_webinar_cancel(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    webinar = _webinar(promotion, code)
    form = CancellationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with Doing(request, IllegalMove) as done:
            told = cancel_webinar(
                webinar, by=request.user, at=moment(webinar.promotion), reason=form.cleaned_data["reason"]
            )
            done.said = f"Le webinaire est annulé. Personnes averties : {told}."
        return redirect("meetings:staff_webinar_detail", promotion, code)
    context = {"promotion": webinar.promotion, "webinar": webinar, "form": form}
    return form_page(request, "meetings/staff/staff_webinar_cancel.html", context)


@staff_only
@require_safe
def staff_registration_download(request: SignedInRequest, promotion: str, code: str) -> HttpResponse:
    """Everybody, as a spreadsheet reads it: semicolons, and no cell that would be run."""
    webinar = _webinar(promotion, code)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    day = localtime(webinar.starts_at)
    response.headers["Content-Disposition"] = f'attachment; filename="webinaire-{day:%Y-%m-%d}.csv"'
    response.headers["Cache-Control"] = "no-store, private"
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(COLUMNS)
    for row in registrations_of(webinar).iterator(chunk_size=500):
        cells = (
            row.name, row.email, row.organisation, row.get_status_display(),
            f"{localtime(row.registered_at):%d/%m/%Y %H:%M}",
        )  # fmt: skip
        writer.writerow(neutralised(cell) for cell in cells)
    return response
