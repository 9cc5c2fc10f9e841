"""Seal the draw, then show it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.teams.actions import AuditionsPending, DrawMissing, DrawSealed, commit_draw, reveal_draw
from matching.teams.forms import SeedForm


@require_POST
@staff_only
def draw_commit(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    form = SeedForm(request.POST)
    if not form.is_valid():
        messages.error(request, "La graine est trop longue, ou contient un caractère interdit.")
        return redirect("teams:scenario_list", promotion)
    with Doing(request, DrawSealed, said="Le tirage est scellé : son empreinte est publique."):
        commit_draw(row, by=request.user, at=moment(row), seed=form.cleaned_data["seed"] or None)
    return redirect("teams:scenario_list", promotion)


@require_POST
@staff_only
def draw_reveal(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    with Doing(request, (AuditionsPending, DrawMissing)) as done:
        reveal_draw(row, by=request.user, at=moment(row))
        done.said = "La graine est révélée : chacun peut refaire le tirage."
    return redirect("teams:scenario_list", promotion)
