"""The doors of the wishes."""

from django.urls import path

from matching.ranking.views import adjusting, candidate, comparing, receipt, staff

app_name = "ranking"

public_urls: list[object] = []
member_urls = [
    path("voeux/<uuid:code>/", candidate.ranking_edit, name="ranking_edit"),
    path("voeux/<uuid:code>/ajouter/", candidate.choice_add, name="choice_add"),
    path("voeux/<uuid:code>/retirer/", candidate.choice_remove, name="choice_remove"),
    path("voeux/<uuid:code>/deplacer/", candidate.choice_move, name="choice_move"),
    path("voeux/<uuid:code>/motif/<uuid:project>/", candidate.choice_explain, name="choice_explain"),
    path("voeux/<uuid:code>/autre-projet/", candidate.other_project_accept, name="other_project_accept"),
    path("voeux/<uuid:code>/certifier/", candidate.ranking_certify, name="ranking_certify"),
    path("voeux/<uuid:code>/rouvrir/", candidate.ranking_reopen, name="ranking_reopen"),
    path("voeux/<uuid:code>/placer/", candidate.choice_place, name="choice_place"),
    path("voeux/<uuid:code>/comparer/", comparing.project_compare, name="project_compare"),
    path("voeux/<uuid:code>/mettre-de-cote/<uuid:project>/", comparing.bookmark_set, name="bookmark_set"),
    path("voeux/<uuid:code>/ajuster/", adjusting.ranking_adjust, name="ranking_adjust"),
    path("voeux/<uuid:code>/accuse/", receipt.ranking_receipt, name="ranking_receipt"),
    path("voeux/<uuid:code>/accuse/preparer/", receipt.receipt_print, name="receipt_print"),
    path("voeux/<uuid:code>/accuse/pdf/", receipt.receipt_download, name="receipt_download"),
]
staff_urls = [
    path("pilotage/<slug:promotion>/voeux/", staff.ranking_list, name="ranking_list"),
    path("pilotage/<slug:promotion>/voeux/demande/", staff.ranking_demand, name="ranking_demand"),
    path("pilotage/<slug:promotion>/voeux/inviter/", staff.ranking_invite, name="ranking_invite"),
    path("pilotage/<slug:promotion>/voeux/clore/", staff.ranking_close, name="ranking_close"),
    path("pilotage/<slug:promotion>/voeux/changement/", staff.change_announce, name="change_announce"),
    path("pilotage/<slug:promotion>/voeux/<uuid:code>/", staff.ranking_detail, name="ranking_detail"),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
