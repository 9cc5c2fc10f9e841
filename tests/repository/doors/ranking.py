"""Step 3. Alice orders her wishes, Amélie has certified hers; Camille, the double, has her own."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    ranking_edit          GET   login hidden open hidden hidden hidden hidden hidden
    choice_add            POST  login hidden open hidden hidden hidden hidden hidden
    choice_remove         POST  login hidden open hidden hidden hidden hidden hidden
    choice_move           POST  login hidden open hidden hidden hidden hidden hidden
    choice_explain        POST  login hidden open hidden hidden hidden hidden hidden
    choice_place          POST  login hidden open hidden hidden hidden hidden hidden
    bookmark_set          POST  login hidden open hidden hidden hidden hidden hidden
    project_compare       GET   login hidden away hidden hidden hidden hidden hidden
    ranking_adjust        GET   login hidden open hidden hidden hidden hidden hidden
    receipt_print         POST  login hidden open hidden hidden hidden hidden hidden
    receipt_download      GET   login hidden open hidden hidden hidden hidden hidden
    change_announce       GET   staff
    other_project_accept  POST  login hidden open hidden hidden hidden hidden hidden
    ranking_certify       GET   login hidden open hidden hidden hidden hidden hidden
    ranking_reopen        POST  login hidden open hidden hidden hidden hidden hidden
    ranking_receipt       GET   login hidden open hidden hidden hidden hidden hidden
    ranking_list          GET   staff
    ranking_demand        GET   staff
    ranking_invite        POST  staff
    ranking_close         GET   staff
    ranking_detail        GET   staff
    """,
    app="ranking",
)


def ways(world: World) -> Mapping[str, Way]:
    of, alice, amelie, here = world.of, world.alice, world.amelie, world.here.code
    first = {"project": of.wished[0].code, "version": of.ranking.version}
    last = {"project": of.wished[3].code, "version": of.ranking.version}
    own, certified = {"code": of.application.code}, {"code": of.heard_application.code}
    return {
        "ranking_edit": way(alice, **own),
        "choice_add": way(alice, **own, data=last),
        "choice_remove": way(alice, **own, data=first),
        "choice_move": way(alice, **own, data=first),
        "choice_explain": way(alice, **own, project=of.wished[0].code),
        "choice_place": way(alice, **own, data={**first, "rank": "2"}),
        "bookmark_set": way(alice, **own, project=of.wished[1].code, data={"kept": "yes"}),
        "project_compare": way(alice, **own),
        "ranking_adjust": way(amelie, **certified),
        "receipt_print": way(amelie, **certified),
        "receipt_download": way(amelie, **certified),
        "change_announce": way(promotion=here),
        "other_project_accept": way(alice, **own),
        "ranking_certify": way(alice, **own),
        "ranking_reopen": way(amelie, **certified),
        "ranking_receipt": way(amelie, **certified),
        "ranking_list": way(promotion=here),
        "ranking_demand": way(promotion=here),
        "ranking_invite": way(promotion=here),
        "ranking_close": way(promotion=here),
        "ranking_detail": way(alice, promotion=here, **own),
    }
