"""Whoever looks at a dossier that is not theirs leaves a row: a new door without it fails here."""

from tests.repository.doors import OPEN
from tests.repository.visiting import DOORS, Visit, Visits

ROW = "journal_consultation"
# Doors with an identifier, or that give a file, and show nobody's dossier.
NO_DOSSIER = {
    "a table of many people, the work of the team; taking it away is an export, which the journal tells": {
        "candidates:staff_wave_detail",
        "candidates:staff_wave_move",
        "candidates:staff_wave_split",
        "projects:staff_wave_detail",
        "projects:staff_wave_move",
        "projects:staff_wave_split",
        "interviews:standing_show",
        "listing:bulk_detail",
        "teams:results_publish",
        "teams:scenario_change",
        "teams:scenario_detail",
        "teams:scenario_people",
        "teams:scenario_sign",
        "teams:scenario_unsign",
    },
    "rooms, hours and those who sit there": {
        "interviews:panel_change",
        "interviews:panel_show",
        "interviews:passage_reschedule",
        "interviews:plan_show",
        "interviews:room_show",
        "interviews:timetable_check",
        "interviews:timetable_download",
        "projects:staff_group_detail",
        "projects:staff_hearing_download",
    },
    "a deed that two people do: its words": {"orders:order_detail"},
    "somebody who judges": {
        "candidates:staff_reader_edit",
        "projects:staff_reader_edit",
        "interviews:availability_edit",
        "interviews:juror_absence",
        "interviews:juror_recuse",
        "interviews:juror_show",
        "projects:staff_project_juror_edit",
        "projects:staff_project_juror_recuse",
    },
    "a name, to step aside from it or to write a date": {
        "candidates:review_recuse",
        "candidates:staff_reader_recuse",
        "projects:review_recuse",
        "projects:staff_reader_recuse",
        "projects:hearing_recuse",
        "interviews:scorecard_recuse",
        "cohorts:companion_add",
        "cohorts:member_complete",
        "cohorts:member_leave",
    },
    "what one signed oneself, without the dossier": {"candidates:review_detail", "projects:review_detail"},
    "who comes to a meeting": {
        "meetings:staff_booking_cancel",
        "meetings:staff_booking_edit",
        "meetings:staff_registration_download",
        "meetings:staff_webinar_cancel",
        "meetings:staff_webinar_detail",
        "meetings:staff_webinar_edit",
    },
    "what a team writes for all those of its promotion, what everybody will read": {
        "cohorts:team_detail",
        "projects:staff_page_edit",
    },
    "the journal itself": {"journey:staff_record_history"},
    "one's own": {
        "interviews:calendar_download",
        "interviews:jury_calendar",
        "projects:jury_calendar",
        "journey:message_detail",
    },
    "administrations": {"projects:administration_search"},
}
SETTINGS = {"promotion", "kind", "programme", "criterion"}


def shows_one(visits: Visits, visit: Visit) -> bool:
    """A page that an identifier leads to, or a file; whatever the world may open without a name aside."""
    named = visits.way(visit.door).kwargs.keys() - SETTINGS
    return visit.status == 200 and (bool(named) or not visit.is_html)


def test_whoever_looks_at_a_dossier_leaves_a_row(visits: Visits) -> None:
    spared = {name for names in NO_DOSSIER.values() for name in names}
    closed = {name for name, door in DOORS.items() if door.answers["anonymous"] != OPEN}
    looks = [visit for visit in visits.all() if visit.door.name in closed and shows_one(visits, visit)]
    judges = [visit for visit in looks if visit.actor in {"reader", "aside", "staff"}]
    told = [visit for visit in judges if ROW in visit.written]
    silent = {visit.door.name for visit in judges if ROW not in visit.written}
    assert sorted(silent - spared) == []
    assert sorted(spared & {visit.door.name for visit in told}) == []
    assert len({visit.door.name for visit in told}) >= 48
    own = [visit for visit in visits.all() if visit.actor in {"owner", "double"} and ROW in visit.written]
    assert [str(visit) for visit in own] == []


def test_what_is_taken_away_by_a_deed_is_in_the_journal(visits: Visits) -> None:
    """Exports and what is asked of a worker: a deed, told as deeds are."""
    files = {"exports:export_download", "candidates:review_print"}
    kept = [visits.visit(DOORS[name], actor, "POST") for name in files for actor in ("reader", "staff")]
    taken = [visit for visit in kept if visit.status in {200, 302} and not visit.leads_to_login]
    assert {visit.door.name for visit in taken} == files
    assert [str(visit) for visit in taken if not visit.written & {"journal_entry", ROW}] == []
