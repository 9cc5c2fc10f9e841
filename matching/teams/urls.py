"""Step 5's doors."""

from eig.accounts.doors import door
from matching.teams.views import candidate, public
from matching.teams.views.staff import draw, results, scenario

app_name = "teams"

public_urls = [door("algorithme/", public.algorithm_detail)]
member_urls = [
    door("propositions/<uuid:code>/", candidate.offer_detail),
    door("propositions/<uuid:code>/accepter/", candidate.offer_accept),
    door("propositions/<uuid:code>/refuser/", candidate.offer_decline),
    door("resultats/<uuid:code>/", candidate.outcome_detail),
]
ROOM = "pilotage/<slug:promotion>/equipes/"
ONE = f"{ROOM}scenarios/<uuid:code>/"
staff_urls = [
    door(ROOM, scenario.scenario_list),
    door(f"{ROOM}tirage/sceller/", draw.draw_commit),
    door(f"{ROOM}tirage/reveler/", draw.draw_reveal),
    door(f"{ROOM}scenarios/creer/", scenario.scenario_create),
    door(f"{ROOM}scenarios/comparer/", scenario.scenario_compare),
    door(ONE, scenario.scenario_detail),
    door(f"{ONE}consignes/ajouter/", scenario.directive_add),
    door(f"{ONE}consignes/retirer/", scenario.directive_remove),
    door(f"{ONE}calculer/", scenario.scenario_compute),
    door(f"{ONE}copier/", scenario.scenario_copy),
    door(f"{ONE}recalculer/", scenario.scenario_replay),
    door(f"{ONE}personnes/", scenario.scenario_people),
    door(f"{ONE}changements/<uuid:other>/", scenario.scenario_change),
    door(f"{ONE}signer/", results.scenario_sign),
    door(f"{ONE}retirer-la-signature/", results.scenario_unsign),
    door(f"{ONE}publier/", results.results_publish),
    door(f"{ROOM}propositions/", results.offer_list),
    door(f"{ROOM}liste-complementaire/", results.reserve_list),
    door(f"{ROOM}liste-complementaire/<uuid:code>/proposer/", results.reserve_offer),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
