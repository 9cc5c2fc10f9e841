"""The algorithm, told to everybody, with an example to play with."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.promotions.models import Promotion
from eig.promotions.queries import current_promotion, promotions_listed
from matching.teams.choices import Reason
from matching.teams.forms import ExampleForm
from matching.teams.queries import draw_of, published_scenario, seed_came_first
from matching.teams.queries.example import played


@login_not_required
def algorithm_detail(request: HttpRequest) -> HttpResponse:
    promotion = _told()
    if promotion is None:
        return render(request, "teams/algorithm_none.html")
    example = promotion.texts["example"]
    grid = grid_of(promotion, Stage.AUDITION).grid
    form = ExampleForm(request.GET or None, example=example, scale=(grid.scale_min, grid.scale_max))
    answer = played(form.instance()) if not form.is_bound or form.is_valid() else None
    draw = draw_of(promotion)
    context = {
        "promotion": promotion,
        "page": promotion.texts["algorithm"],
        "example": example,
        "grid": grid,
        "form": form,
        "people": form.people(),
        "played": answer,
        "changed": form.is_bound,
        "draw": draw,
        "seed": draw.seed if draw and draw.revealed_at else "",
        "sealed_first": draw is not None and seed_came_first(draw),
        "scenario": published_scenario(promotion),
        "reasons": [reason.label for reason in Reason if reason != Reason.UNKNOWN_PROJECT],
    }
    return render(request, "teams/algorithm_detail.html", context)


def _told() -> Promotion | None:
    """The current promotion, else the latest one whose texts tell the algorithm."""
    current = current_promotion()
    if current and {"algorithm", "example"} <= current.texts.keys():
        return current
    return promotions_listed().filter(texts__has_keys=["algorithm", "example"]).first()
