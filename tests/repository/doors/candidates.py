"""Step 2: the call, the candidate's own application, the readers' queue, the team's pages."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    call                       GET   everybody
    application_start          POST  members
    application_list           GET   members
    application_detail         GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    application_edit           GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    answer_save                GET   login  hidden  away    hidden  hidden  hidden  hidden  hidden
    revision_list              GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    revision_restore           POST  login  hidden  open    hidden  hidden  hidden  hidden  hidden
    experience_calculate       GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    correction_edit            GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    correction_answer_save     GET   login  hidden  away    hidden  hidden  hidden  hidden  hidden
    correction_file_add        POST  login  hidden  open    hidden  hidden  hidden  hidden  hidden
    correction_file_download   GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    correction_file_remove     POST  login  hidden  open    hidden  hidden  hidden  hidden  hidden
    application_review         GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    application_anonymous      GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    application_submit         POST  login  hidden  open    hidden  hidden  hidden  hidden  hidden
    application_receipt        GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    receipt_download           GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    application_withdraw       GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    attachment_add             POST  login  hidden  open    hidden  hidden  hidden  hidden  hidden
    attachment_download        GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    attachment_remove          POST  login  hidden  open    hidden  hidden  hidden  hidden  hidden
    redaction_mark             POST  login  hidden  open    hidden  hidden  hidden  hidden  hidden
    redaction_unmark           POST  login  hidden  open    hidden  hidden  hidden  hidden  hidden
    attachment_picture         GET   login  hidden  open    hidden  hidden  hidden  hidden  hidden
    reading_shortcuts          POST  login  hidden  hidden  hidden  hidden  open    open    hidden
    calibration_detail         GET   login  hidden  hidden  hidden  hidden  open    open    hidden
    review_print               POST  login  hidden  hidden  hidden  hidden  open    hidden  hidden
    reading_list               GET   login  hidden  hidden  hidden  hidden  open    open    hidden
    reading_next               POST  login  hidden  hidden  hidden  hidden  open    open    hidden
    review_edit                GET   login  hidden  hidden  hidden  hidden  open    hidden  hidden
    review_detail              GET   login  hidden  hidden  hidden  hidden  open    hidden  hidden
    review_clear               POST  login  hidden  hidden  hidden  hidden  open    hidden  hidden
    review_recuse              GET   login  hidden  hidden  hidden  hidden  open    hidden  hidden
    review_sign                GET   login  hidden  hidden  hidden  hidden  open    hidden  hidden
    review_download            GET   login  hidden  hidden  hidden  hidden  open    hidden  hidden
    staff_application_list     GET   staff
    staff_application_detail   GET   staff
    staff_correction_ask       GET   staff
    staff_correction_detail    GET   staff
    staff_correction_cancel    POST  staff
    staff_application_refuse   POST  staff
    staff_application_restore  POST  staff
    staff_reader_assign        POST  staff
    staff_reader_recuse        GET   staff
    staff_attachment_download  GET   staff
    staff_reading_list         GET   staff
    staff_reading_distribute   POST  staff
    staff_application_anonymous  GET  staff
    staff_redaction_mark       POST  staff
    staff_redaction_unmark     POST  staff
    staff_attachment_picture   GET   staff
    staff_calibration_detail   GET   staff
    staff_calibration_open     POST  staff
    staff_calibration_cancel   POST  staff
    staff_anchor_edit          GET   staff
    staff_quarantine_list      GET   staff
    staff_quarantine_retry     POST  staff
    staff_wave_list            GET   staff
    staff_wave_detail          GET   staff
    staff_wave_propose         POST  staff
    staff_wave_preview         GET   staff
    staff_wave_move            GET   staff
    staff_wave_validate        GET   staff
    staff_wave_split           GET   staff
    staff_wave_publish         POST  staff
    staff_wave_reopen          POST  staff
    staff_wave_cancel          POST  staff
    staff_decision_edit        GET   staff
    staff_decision_retract     POST  staff
    """,
    app="candidates",
)

DRAFT = ("detail", "review", "anonymous", "submit", "withdraw")
READING = ("edit", "clear", "recuse", "sign")
LISTS = ("application_list", "reading_list", "reading_distribute", "wave_list")
ONE = ("application_detail", "application_refuse", "application_restore", "reader_assign", "reader_recuse")
WAVE = ("detail", "propose", "preview", "move", "validate", "split", "publish", "reopen", "cancel")


def ways(world: World) -> Mapping[str, Way]:
    """Ariane writes her draft, Damien has handed his in, Claire reads it."""
    of, here = world.of, {"promotion": world.here.code}
    draft, sent = {"code": of.draft_application.code}, {"code": of.submitted_application.code}
    sheet, wave = {"code": of.application_review.sheet.code}, {**here, "wave": of.application_wave.code}
    mine, his = (world.ariane, world.damien), (world.damien, world.ariane)
    read = (world.damien, world.ariane, world.claire)
    asked = {**sent, "correction": of.completion.code}
    own_cv, sent_cv = {"document": of.draft_cv.code}, {"document": of.submitted_cv.code}
    return {
        "call": way(**here),
        "application_start": way(*mine, **here),
        "application_list": way(*mine),
        **{f"application_{name}": way(*mine, **draft) for name in DRAFT},
        "application_edit": way(*mine, **draft, section="trade"),
        "answer_save": way(*mine, **draft, question="motivation"),
        "revision_list": way(*mine, **draft),
        "revision_restore": way(*mine, **draft, data={"question": "motivation", "of": 3, "version": 9}),
        "experience_calculate": way(*mine, **draft),
        "correction_edit": way(*his, **asked),
        "correction_answer_save": way(*his, **asked, question="motivation"),
        "correction_file_add": way(*his, **asked, question="cv"),
        "correction_file_download": way(*his, **asked, document=of.completion_cv.code),
        "correction_file_remove": way(*his, **asked, document=of.completion_cv.code),
        "staff_correction_ask": way(*his, **here, **sent),
        "staff_correction_detail": way(*his, **here, code=of.completion.code),
        "staff_correction_cancel": way(*his, **here, code=of.completion.code),
        "application_receipt": way(*his, **sent),
        "receipt_download": way(*his, **sent),
        "attachment_add": way(*mine, **draft, question="cv"),
        "attachment_download": way(*mine, **draft, **own_cv),
        "attachment_remove": way(*mine, **draft, **own_cv),
        "redaction_mark": way(*mine, **draft),
        "redaction_unmark": way(*mine, **draft),
        "attachment_picture": way(*mine, **draft, **own_cv, page=1),
        "reading_shortcuts": way(*read),
        "calibration_detail": way(*read, **here),
        "review_print": way(*read, **sheet),
        "staff_application_anonymous": way(*his, **here, **sent),
        "staff_redaction_mark": way(*his, **here, **sent),
        "staff_redaction_unmark": way(*his, **here, **sent),
        "staff_attachment_picture": way(*his, **here, **sent, **sent_cv, page=1),
        **{f"staff_calibration_{name}": way(*his, **here) for name in ("detail", "open", "cancel")},
        **{f"staff_quarantine_{name}": way(*his, **here) for name in ("list", "retry")},
        "staff_anchor_edit": way(*his, **here, criterion="initiative"),
        "reading_list": way(*read),
        "reading_next": way(*read, **here),
        **{f"review_{name}": way(*read, **sheet) for name in READING},
        "review_detail": way(*read, code=of.signed_application_review.sheet.code),
        "review_download": way(*read, **sheet, **sent_cv),
        **{f"staff_{name}": way(*his, **here) for name in LISTS},
        **{f"staff_{name}": way(*his, **here, **sent) for name in ONE},
        "staff_attachment_download": way(*his, **here, **sent, **sent_cv),
        **{f"staff_wave_{name}": way(*his, **wave) for name in WAVE},
        "staff_decision_edit": way(*his, **wave, code=of.judged_application.code),
        "staff_decision_retract": way(*his, **wave, code=of.judged_application.code),
    }
