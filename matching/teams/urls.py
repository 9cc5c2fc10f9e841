"""Step 5's doors."""

from django.urls import path

from matching.teams.views import candidate, public
from matching.teams.views.staff import draw, results, scenario

app_name = "teams"

public_urls = [
    path("algorithme/", public.algorithm_detail, name="algorithm_detail"),
]
member_urls = [
    path("propositions/<uuid:code>/", candidate.offer_detail, name="offer_detail"),
    path("propositions/<uuid:code>/accepter/", candidate.offer_accept, name="offer_accept"),
    path("propositions/<uuid:code>/refuser/", candidate.offer_decline, name="offer_decline"),
    path("resultats/<uuid:code>/", candidate.outcome_detail, name="outcome_detail"),
]
ROOM = "pilotage/<slug:promotion>/equipes/"
ONE = f"{ROOM}scenarios/<uuid:code>/"
staff_urls = [
    path(ROOM, scenario.scenario_list, name="scenario_list"),
    path(f"{ROOM}tirage/sceller/", draw.draw_commit, name="draw_commit"),
    path(f"{ROOM}tirage/reveler/", draw.draw_reveal, name="draw_reveal"),
    path(f"{ROOM}scenarios/creer/", scenario.scenario_create, name="scenario_create"),
    path(f"{ROOM}scenarios/comparer/", scenario.scenario_compare, name="scenario_compare"),
    path(ONE, scenario.scenario_detail, name="scenario_detail"),
    path(f"{ONE}consignes/ajouter/", scenario.directive_add, name="directive_add"),
    path(f"{ONE}consignes/retirer/", scenario.directive_remove, name="directive_remove"),
    path(f"{ONE}calculer/", scenario.scenario_compute, name="scenario_compute"),
    path(f"{ONE}copier/", scenario.scenario_copy, name="scenario_copy"),
    path(f"{ONE}recalculer/", scenario.scenario_replay, name="scenario_replay"),
    path(f"{ONE}personnes/", scenario.scenario_people, name="scenario_people"),
    path(f"{ONE}changements/<uuid:other>/", scenario.scenario_change, name="scenario_change"),
    path(f"{ONE}signer/", results.scenario_sign, name="scenario_sign"),
    path(f"{ONE}retirer-la-signature/", results.scenario_unsign, name="scenario_unsign"),
    path(f"{ONE}publier/", results.results_publish, name="results_publish"),
    path(f"{ROOM}propositions/", results.offer_list, name="offer_list"),
    path(f"{ROOM}liste-complementaire/", results.reserve_list, name="reserve_list"),
    path(f"{ROOM}liste-complementaire/<uuid:code>/proposer/", results.reserve_offer, name="reserve_offer"),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
