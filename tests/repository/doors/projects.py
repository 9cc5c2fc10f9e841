"""Step 1. The owner is Badis; Farid, the agent, leads other projects; Claire reads, Gaëlle stepped aside."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    project_call                GET   everybody
    call_brochure_download      GET   everybody
    visa_answer                 GET   everybody
    administration_search       GET   members
    page_list                   GET   everybody
    page_detail                 GET   everybody
    sheet_download              GET   everybody
    brochure_download           GET   everybody
    project_list                GET   members
    project_start               GET   members
    project_detail              GET   login hidden open      hidden hidden hidden hidden hidden
    project_edit                GET   login hidden open      hidden hidden hidden hidden hidden
    answer_save                 GET   login hidden away      hidden hidden hidden hidden hidden
    revision_list               GET   login hidden open      hidden hidden hidden hidden hidden
    revision_restore            POST  login hidden open      hidden hidden hidden hidden hidden
    project_preview             GET   login hidden open      hidden hidden hidden hidden hidden
    correction_edit             GET   login hidden open      hidden hidden hidden hidden hidden
    correction_answer_save      GET   login hidden away      hidden hidden hidden hidden hidden
    project_review              GET   login hidden open      hidden hidden hidden hidden hidden
    project_submit              POST  login hidden open      hidden hidden hidden hidden hidden
    receipt_detail              GET   login hidden open      hidden hidden hidden hidden open
    receipt_download            GET   login hidden open      hidden hidden hidden hidden open
    project_withdraw            GET   login hidden open      hidden hidden hidden hidden hidden
    editor_list                 GET   login hidden open      hidden hidden hidden hidden hidden
    editor_invite               POST  login hidden open      hidden hidden hidden hidden hidden
    editor_remove               POST  login hidden open      hidden hidden hidden hidden hidden
    invitation_revoke           POST  login hidden open      hidden hidden hidden hidden hidden
    visa_list                   GET   login hidden open      hidden hidden hidden hidden hidden
    visa_ask                    POST  login hidden open      hidden hidden hidden hidden hidden
    visa_revoke                 POST  login hidden open      hidden hidden hidden hidden hidden
    position_edit               GET   login hidden open      hidden hidden hidden hidden hidden
    page_edit                   GET   login hidden open      hidden hidden hidden hidden hidden
    page_preview                GET   login hidden open      hidden hidden hidden hidden hidden
    review_list                 GET   login hidden hidden    hidden hidden open   open   hidden
    reading_shortcuts           POST  login hidden hidden    hidden hidden open   open   hidden
    review_edit                 GET   login hidden hidden    hidden hidden open   hidden hidden
    review_detail               GET   login hidden hidden    hidden hidden open   hidden hidden
    conflict_declare            GET   login hidden hidden    hidden hidden open   hidden hidden
    review_sign                 GET   login hidden hidden    hidden hidden open   hidden hidden
    review_recuse               GET   login hidden hidden    hidden hidden open   hidden hidden
    review_take                 POST  login hidden hidden    hidden hidden open   open   hidden
    letter_download             GET   login hidden open      hidden hidden hidden hidden open
    hearing_detail              GET   login hidden open      hidden hidden hidden hidden hidden
    hearing_calendar            GET   login hidden open      hidden hidden hidden hidden hidden
    jury_list                   GET   members
    jury_calendar               GET   members
    hearing_edit                GET   login hidden hidden    hidden hidden open   hidden hidden
    hearing_clear               GET   login hidden hidden    hidden hidden open   hidden hidden
    hearing_recuse              GET   login hidden hidden    hidden hidden open   hidden hidden
    hearing_sign                GET   login hidden hidden    hidden hidden open   hidden hidden
    hearing_miss                POST  login hidden hidden    hidden hidden open   hidden hidden
    staff_hearing_plan          GET   staff
    staff_hearing_propose       GET   staff
    staff_half_day_list         GET   staff
    staff_half_day_remove       POST  staff
    staff_hearing_announce      GET   staff
    staff_hearing_download      GET   staff
    staff_project_juror_list    GET   staff
    staff_project_juror_edit    GET   staff
    staff_project_juror_dismiss POST  staff
    staff_project_juror_recuse  GET   staff
    staff_group_create          GET   staff
    staff_group_detail          GET   staff
    staff_reading_preview       GET   staff
    staff_wave_preview          GET   staff
    staff_wave_move             GET   staff
    staff_eligibility_check     GET   staff
    staff_hearing_clear         POST  staff
    staff_hearing_print         POST  staff
    staff_group_remove          POST  staff
    staff_seat_add              POST  staff
    staff_seat_change           POST  staff
    staff_hearing_place         POST  staff
    staff_hearing_move          POST  staff
    staff_reading_ask           POST  staff
    staff_reader_edit           GET   staff
    staff_reader_dismiss        POST  staff
    staff_proposal_answer       POST  staff
    staff_project_list          GET   staff
    staff_reading_list          GET   staff
    staff_reading_distribute    POST  staff
    staff_wave_list             GET   staff
    staff_wave_detail           GET   staff
    staff_wave_validate         GET   staff
    staff_wave_split            GET   staff
    staff_wave_publish          POST  staff
    staff_wave_reopen           POST  staff
    staff_wave_cancel           POST  staff
    staff_decision_edit         GET   staff
    staff_decision_retract      POST  staff
    staff_publication           GET   staff
    staff_project_publish       POST  staff
    staff_brochure_ask          POST  staff
    staff_brochure_progress     GET   staff
    staff_project_detail        GET   staff
    staff_correction_ask        GET   staff
    staff_correction_detail     GET   staff
    staff_correction_cancel     POST  staff
    staff_eligibility_accept    POST  staff
    staff_eligibility_refuse    GET   staff
    staff_project_withdraw      GET   staff
    staff_page_edit             GET   staff
    staff_reader_assign         POST  staff
    staff_reader_recuse         GET   staff
    """,
    app="projects",
)


def ways(world: World) -> Mapping[str, Way]:
    of, badis, here = world.of, world.badis, world.here.code
    draft, laureate = of.draft_project, of.laureate_project
    position = laureate.positions.order_by("pk")[0]
    review = {"code": of.review.sheet.code}
    wave = {"promotion": here, "wave": of.project_wave.code}
    validated = {"promotion": here, "wave": of.validated_project_wave.code}
    read = {"promotion": here, "code": of.read_project.code}
    slug = of.published_project.public_page.slug
    correction = {"code": of.submitted_project.code, "correction": of.correction.code}
    return {
        "project_call": way(promotion=here),
        "call_brochure_download": way(promotion=here),
        "visa_answer": way(token=of.visa_token),
        "visa_list": way(badis, code=draft.code),
        "visa_ask": way(badis, code=draft.code),
        "visa_revoke": way(badis, code=draft.code, visa=of.visa.code),
        "page_detail": way(slug=slug),
        "sheet_download": way(slug=slug),
        "brochure_download": way(promotion=here),
        "project_list": way(badis),
        "project_start": way(badis, promotion=here),
        "project_detail": way(badis, code=draft.code),
        "project_edit": way(badis, code=draft.code, section="administration"),
        "answer_save": way(badis, code=draft.code, question="mission"),
        "revision_list": way(badis, code=draft.code),
        "revision_restore": way(badis, code=draft.code, data={"question": "mission", "of": 3, "version": 9}),
        "project_preview": way(badis, code=draft.code),
        "correction_edit": way(badis, **correction),
        "correction_answer_save": way(badis, **correction, question="mission"),
        "project_review": way(badis, code=draft.code),
        "project_submit": way(badis, code=draft.code),
        "receipt_detail": way(badis, code=of.submitted_project.code),
        "receipt_download": way(badis, code=of.submitted_project.code),
        "project_withdraw": way(badis, code=draft.code),
        "editor_list": way(badis, code=draft.code),
        "editor_invite": way(badis, code=draft.code),
        "editor_remove": way(badis, code=draft.code, person=of.editor.code),
        "invitation_revoke": way(badis, code=draft.code, data={"email": world.emile.email}),
        "position_edit": way(badis, code=laureate.code, position=position.code),
        "page_edit": way(badis, code=laureate.code),
        "page_preview": way(badis, code=laureate.code),
        "review_edit": way(badis, **review),
        "review_detail": way(badis, code=of.signed_review.sheet.code),
        "conflict_declare": way(world.farid, code=of.review_to_clear.sheet.code),
        "review_sign": way(badis, **review),
        "review_recuse": way(badis, **review),
        "review_take": way(badis, promotion=here),
        "letter_download": way(badis, code=of.refused_project.code),
        "hearing_detail": way(badis, code=of.read_project.code),
        "hearing_calendar": way(badis, code=of.read_project.code),
        "hearing_edit": way(badis, code=of.hearing.code),
        "hearing_clear": way(badis, code=of.hearing_to_clear.code),
        "hearing_recuse": way(badis, code=of.hearing.code),
        "hearing_sign": way(badis, code=of.hearing.code),
        "hearing_miss": way(badis, code=of.hearing.code),
        "staff_hearing_plan": way(promotion=here),
        "staff_hearing_propose": way(promotion=here),
        "staff_half_day_list": way(promotion=here),
        "staff_half_day_remove": way(promotion=here, pk=of.hearing_half_day.pk),
        "staff_hearing_announce": way(promotion=here),
        "staff_hearing_clear": way(promotion=here),
        "staff_hearing_print": way(promotion=here),
        "staff_hearing_download": way(promotion=here),
        "staff_project_juror_list": way(promotion=here),
        "staff_project_juror_dismiss": way(promotion=here, code=of.jury_member.code),
        "staff_project_juror_edit": way(promotion=here, code=of.jury_member.code),
        "staff_project_juror_recuse": way(
            promotion=here, code=of.jury_member.code, subject=of.read_project.code
        ),
        "staff_group_create": way(promotion=here),
        "staff_group_detail": way(promotion=here, code=of.jury.code),
        "staff_group_remove": way(promotion=here, code=of.empty_jury.code),
        "staff_seat_add": way(promotion=here, code=of.jury.code),
        "staff_seat_change": way(promotion=here, code=of.jury.code, juror=of.jury_member.code),
        "staff_hearing_place": way(promotion=here, code=of.jury.code),
        "staff_hearing_move": way(promotion=here, code=of.jury.code, hearing=of.hearing.code),
        "staff_reading_preview": way(promotion=here),
        "staff_reading_ask": way(badis, **read),
        "staff_reader_dismiss": way(promotion=here, person=of.review.reader.code),
        "staff_reader_edit": way(promotion=here, person=of.review.reader.code),
        "staff_wave_preview": way(badis, **wave),
        "staff_wave_move": way(badis, **wave),
        "staff_eligibility_check": way(badis, promotion=here, code=of.submitted_project.code),
        "staff_proposal_answer": way(
            badis, promotion=here, code=laureate.code, proposal=of.position_proposal.code
        ),
        "staff_project_list": way(promotion=here),
        "staff_reading_list": way(promotion=here),
        "staff_reading_distribute": way(promotion=here),
        "staff_wave_list": way(promotion=here),
        "staff_wave_detail": way(badis, **wave),
        "staff_wave_validate": way(badis, **wave),
        "staff_wave_split": way(badis, **wave),
        "staff_wave_publish": way(badis, **validated),
        "staff_wave_reopen": way(badis, **validated),
        "staff_wave_cancel": way(badis, **wave),
        "staff_decision_edit": way(badis, **wave, code=of.other_project.code),
        "staff_decision_retract": way(badis, **wave, code=of.other_project.code),
        "staff_publication": way(promotion=here),
        "staff_project_publish": way(promotion=here),
        "staff_brochure_ask": way(promotion=here),
        "staff_brochure_progress": way(promotion=here),
        "staff_project_detail": way(badis, **read),
        "staff_correction_ask": way(badis, **read),
        "staff_correction_detail": way(badis, promotion=here, code=of.correction.code),
        "staff_correction_cancel": way(badis, promotion=here, code=of.correction.code),
        "staff_eligibility_accept": way(badis, promotion=here, code=of.submitted_project.code),
        "staff_eligibility_refuse": way(badis, promotion=here, code=of.submitted_project.code),
        "staff_project_withdraw": way(badis, **read),
        "staff_page_edit": way(badis, promotion=here, code=laureate.code),
        "staff_reader_assign": way(badis, **read),
        "staff_reader_recuse": way(badis, **read, sheet=of.review.sheet.code),
    }
