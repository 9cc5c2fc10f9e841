"""Step 4. Amélie is heard by Claire's jury; Camille, the double, by Gaëlle's, who stepped aside from her."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    audition_mine        GET   members
    calendar_download    GET   members
    jury_day             GET   members
    jury_calendar        GET   members
    day_pass             GET   everybody
    booklet_show         GET   login hidden hidden hidden hidden open   open   hidden
    booklet_ask          POST  login hidden hidden hidden hidden open   open   hidden
    booklet_download     GET   login hidden hidden hidden hidden open   hidden hidden
    room_show            GET   login hidden hidden hidden hidden open   hidden open
    passage_presence     POST  login hidden hidden hidden hidden open   hidden open
    passage_begin        POST  login hidden hidden hidden hidden open   hidden open
    passage_end          POST  login hidden hidden hidden hidden open   hidden open
    passage_phone        POST  login hidden hidden hidden hidden open   hidden open
    passage_reschedule   GET   login hidden hidden hidden hidden open   hidden open
    opinion_edit         GET   login hidden hidden hidden hidden open   hidden open
    minutes_show         GET   login hidden hidden hidden hidden open   hidden open
    minutes_freeze       POST  login hidden hidden hidden hidden open   hidden open
    minutes_sign         POST  login hidden hidden hidden hidden open   hidden open
    minutes_prevented    POST  login hidden hidden hidden hidden hidden hidden open
    minutes_download     GET   login hidden hidden hidden hidden open   hidden open
    day_show             GET   staff
    pass_send            POST  staff
    pass_revoke          POST  staff
    scorecard_edit       GET   login hidden hidden hidden hidden open   hidden hidden
    scorecard_sign       GET   login hidden hidden hidden hidden open   hidden hidden
    scorecard_recuse     GET   login hidden hidden hidden hidden open   hidden hidden
    file_download        GET   login hidden hidden hidden hidden open   hidden hidden
    audition_detail      GET   login hidden open   hidden hidden hidden hidden hidden
    audition_book        GET   login hidden open   hidden hidden hidden hidden hidden
    needs_edit           GET   login hidden open   hidden hidden hidden hidden hidden
    proposal_detail      GET   login hidden open   hidden hidden hidden hidden hidden
    proposal_accept      POST  login hidden open   hidden hidden hidden hidden hidden
    proposal_decline     POST  login hidden open   hidden hidden hidden hidden hidden
    choice_open          GET   staff
    audition_download    GET   login hidden open   hidden hidden hidden hidden hidden
    audition_list        GET   staff
    audition_plan        GET   staff
    audition_add         GET   staff
    audition_place       GET   staff
    audition_place_all   POST  staff
    allocation_explain   GET   staff
    jury_answer          GET   everybody
    week_edit            GET   staff
    half_day_add         POST  staff
    half_day_remove      POST  staff
    availability_list    GET   staff
    juror_invite_all     POST  staff
    juror_remind         POST  staff
    availability_edit    GET   staff
    juror_invite         POST  staff
    tie_declare          POST  staff
    tie_withdraw         POST  staff
    juror_absence        GET   staff
    plan_list            GET   staff
    plan_ask             POST  staff
    plan_show            GET   staff
    plan_cancel          POST  staff
    plan_discard         POST  staff
    plan_apply           POST  staff
    timetable_publish    POST  staff
    timetable_show       GET   staff
    timetable_check      GET   staff
    timetable_move       POST  staff
    timetable_lock       POST  staff
    timetable_print      POST  staff
    timetable_download   GET   staff
    juror_list           GET   staff
    juror_appoint        GET   staff
    juror_show           GET   staff
    juror_recuse         GET   staff
    juror_dismiss        POST  staff
    panel_list           GET   staff
    panel_create         GET   staff
    panel_show           GET   staff
    panel_change         GET   staff
    panel_remove         POST  staff
    seat_add             POST  staff
    seat_remove          POST  staff
    seat_move            POST  staff
    referent_name        POST  staff
    slot_create          POST  staff
    slot_clear           POST  staff
    standing_list        GET   staff
    standing_show        GET   staff
    deliberation_check   GET   staff
    audition_show        GET   staff
    audition_unplace     POST  staff
    audition_cancel      POST  staff
    audition_hear        POST  staff
    audition_miss        POST  staff
    """,
    app="interviews",
)


def ways(world: World) -> Mapping[str, Way]:
    of, amelie, here = world.of, world.amelie, {"promotion": world.here.code}
    card, mine = {"code": of.card.sheet.code}, {"code": of.audition.code}
    panel, juror, audition = (here | {"code": row.code} for row in (of.panel, of.juror, of.audition))
    empty, settled = here | {"code": of.empty_panel.code}, {"code": of.settled_panel.code}
    return {
        "audition_mine": way(amelie),
        "calendar_download": way(amelie),
        "scorecard_edit": way(amelie, **card),
        "scorecard_sign": way(amelie, **card),
        "scorecard_recuse": way(amelie, **card),
        "file_download": way(amelie, **card, document=of.heard_cv.code),
        "audition_detail": way(amelie, **mine),
        "audition_download": way(amelie, **mine),
        "audition_book": way(world.camille, amelie, code=of.planned_audition.code),
        "needs_edit": way(amelie, code=of.heard_application.code),
        "proposal_detail": way(world.alice, code=of.proposal.code),
        "proposal_accept": way(world.alice, code=of.proposal.code),
        "proposal_decline": way(world.alice, code=of.proposal.code),
        "choice_open": way(**here),
        "day_pass": way(token=of.day_token),
        "room_show": way(amelie, code=of.panel.code),
        "passage_presence": way(amelie, **mine, data={"status": "present"}),
        "passage_begin": way(amelie, **mine),
        "passage_end": way(amelie, **mine),
        "passage_phone": way(amelie, **mine),
        "passage_reschedule": way(amelie, **mine),
        "opinion_edit": way(amelie, **mine),
        "minutes_show": way(amelie, **settled),
        "minutes_freeze": way(amelie, **settled),
        "minutes_sign": way(amelie, **settled),
        "minutes_prevented": way(
            amelie, **settled, data={"juror": of.second_juror.code, "reason": "Hospitalisation"}
        ),
        "minutes_download": way(amelie, **settled),
        "day_show": way(**here),
        "pass_send": way(**here),
        "pass_revoke": way(amelie, **juror),
        "audition_list": way(**here),
        "audition_plan": way(**here),
        "audition_add": way(**here),
        "audition_place": way(**here),
        "audition_place_all": way(**here),
        "allocation_explain": way(amelie, **here, code=of.heard_application.code),
        "jury_answer": way(token=of.jury_token),
        "week_edit": way(**here),
        "half_day_add": way(**here),
        "half_day_remove": way(**here, pk=of.half_day.pk),
        "availability_list": way(**here),
        "juror_invite_all": way(**here),
        "juror_remind": way(**here),
        "availability_edit": way(amelie, **juror),
        "juror_invite": way(amelie, **juror),
        "tie_declare": way(amelie, **juror),
        "tie_withdraw": way(amelie, **juror, data={"tie": of.tie.pk}),
        "juror_absence": way(amelie, **juror),
        "plan_list": way(**here),
        "plan_ask": way(**here),
        "plan_show": way(**here, code=of.plan.code),
        "plan_cancel": way(**here, code=of.plan.code),
        "plan_discard": way(**here, code=of.plan.code),
        "plan_apply": way(**here, code=of.plan.code),
        "timetable_publish": way(**here),
        "timetable_show": way(**here),
        "timetable_check": way(amelie, **here, code=of.audition.code),
        "timetable_move": way(amelie, **here, data={"audition": of.audition.code, "slot": of.free_slot.code}),
        "timetable_lock": way(amelie, **here, data={"audition": of.audition.code, "locked": "1"}),
        "timetable_print": way(**here),
        "timetable_download": way(**here),
        "juror_list": way(**here),
        "juror_appoint": way(**here),
        "juror_show": way(amelie, **juror),
        "juror_dismiss": way(amelie, **juror),
        "juror_recuse": way(amelie, **juror, subject=of.heard_application.code),
        "panel_list": way(**here),
        "panel_create": way(**here),
        "panel_show": way(amelie, **panel),
        "panel_change": way(amelie, **panel),
        "panel_remove": way(amelie, **empty),
        "seat_add": way(amelie, **empty),
        "seat_remove": way(amelie, **panel, data={"juror": of.second_juror.code}),
        "seat_move": way(amelie, **panel, data={"juror": of.second_juror.code}),
        "referent_name": way(amelie, **panel, data={"juror": of.second_juror.code}),
        "slot_create": way(amelie, **empty),
        "slot_clear": way(amelie, **panel),
        "standing_list": way(**here),
        "standing_show": way(**here, code=of.wished[0].code),
        "deliberation_check": way(**here),
        "audition_show": way(amelie, **audition),
        "audition_unplace": way(amelie, **audition),
        "audition_cancel": way(amelie, **audition),
        "audition_hear": way(amelie, **audition),
        "audition_miss": way(amelie, **audition),
    }
