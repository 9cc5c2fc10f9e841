"""The doors of the wishes."""

from eig.accounts.doors import door
from matching.ranking.views import adjusting, candidate, comparing, receipt, staff

app_name = "ranking"

public_urls: list[object] = []
member_urls = [
    door("voeux/<uuid:code>/", candidate.ranking_edit),
    door("voeux/<uuid:code>/ajouter/", candidate.choice_add),
    door("voeux/<uuid:code>/retirer/", candidate.choice_remove),
    door("voeux/<uuid:code>/deplacer/", candidate.choice_move),
    door("voeux/<uuid:code>/motif/<uuid:project>/", candidate.choice_explain),
    door("voeux/<uuid:code>/autre-projet/", candidate.other_project_accept),
    door("voeux/<uuid:code>/certifier/", candidate.ranking_certify),
    door("voeux/<uuid:code>/rouvrir/", candidate.ranking_reopen),
    door("voeux/<uuid:code>/placer/", candidate.choice_place),
    door("voeux/<uuid:code>/comparer/", comparing.project_compare),
    door("voeux/<uuid:code>/mettre-de-cote/<uuid:project>/", comparing.bookmark_set),
    door("voeux/<uuid:code>/ajuster/", adjusting.ranking_adjust),
    door("voeux/<uuid:code>/accuse/", receipt.ranking_receipt),
    door("voeux/<uuid:code>/accuse/preparer/", receipt.receipt_print),
    door("voeux/<uuid:code>/accuse/pdf/", receipt.receipt_download),
]
staff_urls = [
    door("pilotage/<slug:promotion>/voeux/", staff.ranking_list),
    door("pilotage/<slug:promotion>/voeux/demande/", staff.ranking_demand),
    door("pilotage/<slug:promotion>/voeux/inviter/", staff.ranking_invite),
    door("pilotage/<slug:promotion>/voeux/clore/", staff.ranking_close),
    door("pilotage/<slug:promotion>/voeux/changement/", staff.change_announce),
    door("pilotage/<slug:promotion>/voeux/<uuid:code>/", staff.ranking_detail),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
