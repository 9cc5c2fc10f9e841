"""Sign a scenario, publish its results, follow the offers and the reserve."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, grave, staff_only
from eig.accounts.queries import accounts_of
from eig.deeds import Doing
from eig.lifecycle import IllegalMove
from eig.listing.views import list_page
from eig.orders.queries import others_than
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import PhaseNotOpen
from eig.promotions.models import Promotion
from eig.promotions.queries import moment, phase_of
from eig.promotions.rules import end_of_day
from matching.teams.actions import (
    AuditionsPending,
    InputsChanged,
    NobodyNext,
    NotChecked,
    ReserveOver,
    ScenarioFrozen,
    SignedByThem,
    offer_to_next,
    publish_results,
    sign_scenario,
    unsign_scenario,
)
from matching.teams.choices import ScenarioStatus
from matching.teams.queries import published_scenario, reserves_of
from matching.teams.queries.listing import OFFERS
from matching.teams.queries.offer import offers_counted
from matching.teams.queries.scenario import figures_of, may_be_signed
from matching.teams.views.staff.scenario import scenario_of
from projects.models import Project


@staff_only
@grave
def scenario_sign(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    scenario = scenario_of(promotion, code)
    if request.method != "POST":
        context = {
            "promotion": scenario.promotion,
            "scenario": scenario,
            "figures": figures_of(scenario),
            "may_be_signed": may_be_signed(scenario),
            "others": others_than(request.user),
        }
        return render(request, "teams/staff/scenario_sign.html", context)
    with Doing(request, (NotChecked, InputsChanged, AuditionsPending, ScenarioFrozen, IllegalMove)) as done:
        sign_scenario(scenario, by=request.user, at=moment(scenario.promotion))
        done.said = "Le scénario est signé. Rien n’est visible des candidats avant la publication."
    return redirect("teams:scenario_detail", promotion, code)


@staff_only
@grave
def scenario_unsign(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    scenario = scenario_of(promotion, code)
    if request.method != "POST":
        if scenario.status != ScenarioStatus.SIGNED:
            return redirect("teams:scenario_detail", promotion, code)
        context = {"promotion": scenario.promotion, "scenario": scenario}
        return render(request, "teams/staff/scenario_unsign.html", context)
    with Doing(request, IllegalMove, said="La signature est retirée."):
        unsign_scenario(scenario, by=request.user, at=moment(scenario.promotion))
    return redirect("teams:scenario_detail", promotion, code)


@staff_only
@grave
def results_publish(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    scenario = scenario_of(promotion, code)
    row = scenario.promotion
    if request.method != "POST":
        if scenario.status != ScenarioStatus.SIGNED:
            return redirect("teams:scenario_detail", promotion, code)
        context = {
            "promotion": row,
            "scenario": scenario,
            "figures": figures_of(scenario),
            "heard": len({person for person, _, _ in (scenario.instance or {})["scores"]}),
            "announcement": phase_of(row, PhaseKind.ANNOUNCEMENT),
            "deadline": end_of_day(moment(row), days=row.acceptance_days),
            "is_signer": scenario.signed_by_id in accounts_of(request.user),
            "others": others_than(request.user),
        }
        return render(request, "teams/staff/results_publish.html", context)
    refusals = (NotChecked, InputsChanged, AuditionsPending, PhaseNotOpen, SignedByThem, IllegalMove)
    with Doing(request, refusals) as done:
        offers = publish_results(scenario, by=request.user, at=moment(row))
        done.said = f"Les résultats sont publiés : {len(offers)} propositions envoyées."
    if not done:
        return redirect("teams:scenario_detail", promotion, code)
    return redirect("teams:offer_list", promotion)


@staff_only
def offer_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    published = published_scenario(row)
    return list_page(
        request,
        row,
        OFFERS,
        template="teams/staff/offer_list.html",
        counted=offers_counted(row),
        empty="Aucune proposition ne correspond à ces filtres."
        if published
        else "Les propositions naissent à la publication d’un scénario signé.",
    )


@staff_only
def reserve_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    reserves = reserves_of(row)
    context = {
        "promotion": row,
        "open": [reserve for reserve in reserves if reserve.seats_left],
        "full": [reserve for reserve in reserves if not reserve.seats_left],
    }
    return render(request, "teams/staff/reserve_list.html", context)


@require_POST
@staff_only
def reserve_offer(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    """Offer the free seat to the person that the page showed."""
    project = get_object_or_404(Project, code=code, promotion__code=promotion, team__isnull=False)
    expecting = request.POST.get("candidate", "")[:30]
    with Doing(request, (NobodyNext, ReserveOver)) as done:
        offer = offer_to_next(
            project, by=request.user, at=moment(project.promotion), expecting=expecting or "?"
        )
        done.said = f"La place est proposée à {offer.application.candidate}."
    return redirect("teams:reserve_list", promotion)
