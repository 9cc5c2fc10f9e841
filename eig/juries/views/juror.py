"""The team's page of a juror, the same for both kinds: who they are, where they sit, their ties."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import form_page, posted
from eig.dossiers.desks import Crumb
from eig.evaluation.views.recusal import recusal_page
from eig.french import of
from eig.juries.actions import IsCandidate
from eig.juries.desks import JuryDesk
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment


def _juror(row: Promotion, code: UUID, desk: JuryDesk) -> Any:
    return get_object_or_404(desk.jurors(row), code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def juror_page(request: SignedInRequest, row: Promotion, code: UUID, desk: JuryDesk) -> HttpResponse:
    juror = _juror(row, code, desk)
    form = desk.juror_form(posted(request), promotion=row, juror=juror)
    if form.is_valid():
        with Doing(request, IsCandidate, said=f"La fiche {of(juror)} est enregistrée.", form=form) as done:
            desk.correct(row, person=juror.person, by=request.user, at=moment(row), **form.values())
        if done:
            return redirect(desk.door("juror", row, code))
    seats = juror.seats.select_related(desk.table.panel).order_by("during", "pk")
    panels = [(seat, getattr(seat, desk.table.panel)) for seat in seats]
    context = {
        "promotion": row,
        "desk": desk,
        "juror": juror,
        "form": form,
        "crumbs": desk.crumbs(row, "list", "jurors"),
        "seats": [(seat, panel, desk.door("page", row, panel.code)) for seat, panel in panels],
        "ties": [(line, desk.door("recuse", row, code, line.subject.code)) for line in desk.ties(juror)],
        "dismiss": desk.door("dismiss", row, code),
    }
    return form_page(request, "juries/juror_page.html", context)


@require_POST
@promotion_desk
def juror_dismiss(request: SignedInRequest, row: Promotion, code: UUID, desk: JuryDesk) -> HttpResponse:
    juror = _juror(row, code, desk)
    said = f"{juror} ne fait plus partie des jurys de la promotion."
    with Doing(request, desk.refusals, said=said) as done:
        desk.dismiss(juror, by=request.user, at=moment(row))
    return redirect(desk.door("jurors", row) if done else desk.door("juror", row, code))


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def juror_recuse(
    request: SignedInRequest, row: Promotion, code: UUID, subject: UUID, desk: JuryDesk
) -> HttpResponse:
    """A conflict that the juror did not see, or said by telephone: recorded on their behalf."""
    juror = _juror(row, code, desk)
    judged, name = desk.judged(row, subject)
    return recusal_page(
        request,
        row,
        partial(desk.recuse, juror, judged),
        subject=name,
        words=desk.aside,
        crumbs=[*desk.crumbs(row, "jurors"), Crumb(str(juror), desk.door("juror", row, code))],
        said=f"Le déport {of(juror)} est enregistré.",
        person=str(juror),
        readers=desk.readers,
    )
