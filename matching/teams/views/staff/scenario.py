"""Prepare scenarios, compute, read and compare them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.teams.actions import (
    BadDirective,
    DrawMissing,
    ScenarioFrozen,
    add_directive,
    compute_scenario,
    copy_scenario,
    create_scenario,
    remove_directive,
    replay_scenario,
)
from matching.teams.choices import ScenarioStatus, verdict_in_words
from matching.teams.forms import CopyForm, DirectiveForm, PeopleForm, ScenarioForm, SeedForm
from matching.teams.models import Scenario
from matching.teams.queries import (
    auditions_pending,
    comparison,
    difference,
    draw_of,
    inputs_counted,
    reading_of,
    scenarios_listed,
    seed_came_first,
)
from matching.teams.queries.scenario import (
    computed_scenarios,
    directives_of,
    may_be_signed,
    people_of,
    person_readings,
    with_figures,
)

MOST_COMPARED = 4


def scenario_of(promotion: str, code: UUID) -> Scenario:
    return get_object_or_404(
        Scenario.objects.select_related("promotion", "created_by", "signed_by"),
        code=code,
        promotion__code=promotion,
    )


@staff_only
def scenario_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    draw = draw_of(row)
    page = Paginator(scenarios_listed(row), 20).get_page(request.GET.get("page"))
    context = {
        "promotion": row,
        "draw": draw,
        "sealed_first": draw is not None and seed_came_first(draw),
        "pending": auditions_pending(row),
        "inputs": inputs_counted(row),
        "page": page,
        "rows": with_figures(page.object_list),
        "form": ScenarioForm(),
        "seed_form": SeedForm(),
    }
    return render(request, "teams/staff/scenario_list.html", context)


@require_POST
@staff_only
def scenario_create(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    form = ScenarioForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Donnez un nom au scénario (80 caractères au plus).")
        return redirect("teams:scenario_list", promotion)
    scenario = create_scenario(
        row,
        name=form.cleaned_data["name"],
        enforce_minimum=form.cleaned_data["enforce_minimum"],
        by=request.user,
        at=moment(row),
    )
    return redirect("teams:scenario_detail", promotion, scenario.code)


@staff_only
def scenario_detail(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    scenario = scenario_of(promotion, code)
    form = DirectiveForm(promotion=scenario.promotion)
    return _detail(request, scenario, form)


def _detail(request: SignedInRequest, scenario: Scenario, form: DirectiveForm) -> HttpResponse:
    computed = scenario.status != ScenarioStatus.DRAFT
    others = computed_scenarios(scenario.promotion).exclude(pk=scenario.pk)
    context = {
        "promotion": scenario.promotion,
        "scenario": scenario,
        "directives": directives_of(scenario),
        "reading": reading_of(scenario) if computed else None,
        "others": others[:20] if computed else [],
        "form": form,
        "copy_form": CopyForm(initial={"name": f"{scenario.name} (copie)"[:80]}),
        "is_draft": not computed,
        "is_sound": scenario.verdict == "ok",
        "may_be_signed": may_be_signed(scenario),
        "verdict": verdict_in_words(scenario.verdict),
    }
    return render(request, "teams/staff/scenario_detail.html", context)


@require_POST
@staff_only
def directive_add(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    scenario = scenario_of(promotion, code)
    form = DirectiveForm(request.POST, promotion=scenario.promotion)
    if not form.is_valid():
        return _detail(request, scenario, form)
    refusals = (BadDirective, ScenarioFrozen)
    with Doing(request, refusals, said="La consigne est ajoutée.", form=form) as done:
        add_directive(scenario, **form.cleaned_data, by=request.user, at=moment(scenario.promotion))
    return redirect("teams:scenario_detail", promotion, code) if done else _detail(request, scenario, form)


@require_POST
@staff_only
def directive_remove(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    scenario = scenario_of(promotion, code)
    pair = {
        "application__number": request.POST.get("application", "")[:30],
        "project__number": request.POST.get("project", "")[:30],
    }
    directive = get_object_or_404(directives_of(scenario).select_related("scenario"), **pair)
    with Doing(request, ScenarioFrozen, said="La consigne est retirée."):
        remove_directive(directive, by=request.user, at=moment(scenario.promotion))
    return redirect("teams:scenario_detail", promotion, code)


@require_POST
@staff_only
def scenario_compute(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    scenario = scenario_of(promotion, code)
    with Doing(request, (BadDirective, DrawMissing, ScenarioFrozen)) as done:
        compute_scenario(scenario, by=request.user, at=moment(scenario.promotion))
        done.said = "Le scénario est calculé ; ses données et son résultat sont figés."
    return redirect("teams:scenario_detail", promotion, code)


@require_POST
@staff_only
def scenario_copy(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    scenario = scenario_of(promotion, code)
    form = CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Donnez un nom à la copie (80 caractères au plus).")
        return redirect("teams:scenario_detail", promotion, code)
    copied = copy_scenario(
        scenario, name=form.cleaned_data["name"], by=request.user, at=moment(scenario.promotion)
    )
    messages.success(request, "Le scénario est copié avec ses consignes : changez-les, puis calculez.")
    return redirect("teams:scenario_detail", promotion, copied.code)


@require_POST
@staff_only
def scenario_replay(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    scenario = scenario_of(promotion, code)
    if scenario.status == ScenarioStatus.DRAFT:
        messages.error(request, "Ce scénario n’est pas encore calculé.")
        return redirect("teams:scenario_detail", promotion, code)
    replayed = replay_scenario(scenario, by=request.user, at=moment(scenario.promotion))
    if replayed.same_inputs and replayed.same_bytes:
        messages.success(
            request,
            "Le nouveau calcul donne les mêmes octets. "
            f"Contrôle indépendant : {verdict_in_words(replayed.verdict)}",
        )
    else:
        messages.error(
            request, "Le nouveau calcul ne donne pas les mêmes octets : ce scénario ne peut pas être signé."
        )
    return redirect("teams:scenario_detail", promotion, code)


@staff_only
def scenario_people(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    """Wish by wish, everything that staff may know of each person."""
    scenario = scenario_of(promotion, code)
    if scenario.status == ScenarioStatus.DRAFT:
        return redirect("teams:scenario_detail", promotion, code)
    form = PeopleForm(request.GET)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    page = Paginator(people_of(scenario, wanted), 20).get_page(request.GET.get("page"))
    context = {
        "promotion": scenario.promotion,
        "scenario": scenario,
        "form": form,
        "wanted": wanted,
        "page": page,
        "readings": person_readings(scenario, list(page)),
    }
    return render(request, "teams/staff/scenario_people.html", context)


@staff_only
def scenario_compare(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Scenarios side by side: those ticked, else the latest ones."""
    row = get_object_or_404(Promotion, code=promotion)
    computed = computed_scenarios(row)
    ticked = [code for code in request.GET.getlist("scenario") if _is_uuid(code)]
    chosen = list((computed.filter(code__in=ticked) if ticked else computed)[:MOST_COMPARED])
    columns = comparison(row, list(reversed(chosen)))
    return render(
        request,
        "teams/staff/scenario_compare.html",
        {"promotion": row, "columns": columns, "most": MOST_COMPARED},
    )


@staff_only
def scenario_change(request: SignedInRequest, promotion: str, code: UUID, other: UUID) -> HttpResponse:
    """What this scenario changes from another one."""
    after, before = scenario_of(promotion, code), scenario_of(promotion, other)
    if ScenarioStatus.DRAFT in {after.status, before.status}:
        return redirect("teams:scenario_detail", promotion, code)
    context = {"promotion": after.promotion, "difference": difference(before, after)}
    return render(request, "teams/staff/scenario_change.html", context)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
