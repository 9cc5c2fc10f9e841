"""Step 6. The owner is in a team that Badis's administration hosts; the double is in Farid's."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    alumni_list           GET   everybody
    promotion_list        GET   everybody
    promotion_detail      GET   everybody
    team_detail           GET   login hidden open   hidden hidden hidden hidden open
    bulletin_edit         GET   login hidden open   hidden hidden hidden hidden hidden
    bulletin_list         GET   login hidden open   open   hidden hidden hidden open
    mission_detail        GET   login hidden open   hidden hidden hidden hidden open
    certificate_detail    GET   login hidden open   hidden hidden hidden hidden open
    certificate_ask       POST  login hidden open   hidden hidden hidden hidden open
    certificate_download  GET   login hidden open   hidden hidden hidden hidden open
    directory_join        GET   login hidden open   hidden hidden hidden hidden hidden
    directory_leave       POST  login hidden open   hidden hidden hidden hidden hidden
    cohort_detail         GET   staff
    cohort_open           GET   staff
    member_list           GET   staff
    missions_complete     POST  staff
    member_complete       GET   staff
    member_leave          GET   staff
    companion_add         GET   staff
    companion_remove      POST  staff
    """,
    app="cohorts",
)


def ways(world: World) -> Mapping[str, Way]:
    of, there = world.of, {"promotion": world.there.code}
    member, double, former = of.member.person, of.other_member.person, of.former_member.person
    team, over = {"code": of.team.code}, {"code": of.former_member.code}
    return {
        "promotion_detail": way(promotion=world.past.code),
        "team_detail": way(member, double, **team),
        "bulletin_edit": way(member, double, **team),
        "bulletin_list": way(member, double, **there),
        "mission_detail": way(member, double, code=of.member.code),
        "certificate_detail": way(former, double, **over),
        "certificate_ask": way(former, double, **over),
        "certificate_download": way(former, double, **over),
        "directory_join": way(former, double, **over),
        "directory_leave": way(former, double, **over),
        "cohort_detail": way(**there),
        "cohort_open": way(**there),
        "member_list": way(**there),
        "missions_complete": way(**there),
        "member_complete": way(member, **there, code=of.member.code),
        "member_leave": way(member, **there, code=of.member.code),
        "companion_add": way(member, **there, **team),
        "companion_remove": way(member, **there, **team, data=of.companion),
    }
