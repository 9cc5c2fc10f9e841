"""Each invariant of a finished promotion sees its own violation, planted in the world."""

import pytest
from django.db import connection

from eig.promotions.models import Promotion
from rehearsal.invariants import INVARIANTS, Invariant
from tests.repository.world import World

# What breaks each: only what a constraint of the table lets through, as a fault in the code would.
VIOLATIONS = {
    "a_submission_is_in_the_journal": "DELETE FROM journal_entry",
    "a_project_handed_in_is_in_the_journal": "DELETE FROM journal_entry",
    "a_submission_has_its_receipt": "UPDATE documents_print SET subject_id = -id",
    "a_project_handed_in_has_its_receipt": "UPDATE documents_print SET subject_id = -id",
    "numbers_are_counted": "UPDATE dossiers_counter SET last = last + 1",
    "a_signed_sheet_is_whole": """DELETE FROM evaluation_mark m USING evaluation_sheet s
        WHERE s.id = m.sheet_id AND s.status = 'signed'""",
    "marks_are_on_the_scale": "UPDATE evaluation_mark SET value = 20",
    "marks_are_of_their_grid": """UPDATE evaluation_sheet SET grid_id = (
        SELECT min(g.id) FROM evaluation_grid g WHERE g.id <> evaluation_sheet.grid_id)""",
    "readings_of_applications_are_counted": (
        "UPDATE candidates_application SET reviews_signed = reviews_signed + 7"
    ),
    "readings_of_projects_are_counted": "UPDATE projects_project SET reviews_signed = reviews_signed + 7",
    "decisions_leave_with_their_wave": """UPDATE candidates_decision
        SET published_at = CASE WHEN published_at IS NULL THEN now() END""",
    "who_is_preselected_was_decided": (
        "UPDATE candidates_application SET status = 'shortlisted' WHERE status = 'submitted'"
    ),
    "what_is_published_was_decided": "DELETE FROM projects_decision",
    "wishes_are_in_order": "UPDATE ranking_choice SET position = 5 WHERE position = 1",
    "auditions_are_within_their_jury": """UPDATE interviews_panel SET during =
        tstzrange(lower(during) + interval '9 days', upper(during) + interval '9 days')""",
    "who_marks_sits_in_the_jury": "DELETE FROM interviews_panelseat",
    "who_signs_minutes_sits_in_the_jury": """INSERT INTO interviews_minutessignature
        (minutes_id, juror_id, signed_at, prevented, recorded_by_id)
        SELECT id, 0, now(), '', 0 FROM interviews_minutes""",
    "who_accepted_is_in_the_team": "DELETE FROM cohorts_member",
    "who_is_in_the_team_was_offered_it": "UPDATE cohorts_member SET person_id = -id",
    "bulletins_are_written_by_the_team": "UPDATE cohorts_bulletin SET filed_by_id = 0",
    "files_handed_in_were_checked": "UPDATE documents_document SET status = 'pending'",
}


def found(invariant: Invariant) -> int:
    return sum(int(said.split()[0]) for promotion in Promotion.objects.all() for said in invariant(promotion))


def test_the_violation_of_each_is_known() -> None:
    assert set(VIOLATIONS) == set(INVARIANTS)


@pytest.mark.parametrize("name", sorted(INVARIANTS))
def test_an_invariant_sees_its_violation(world: World, name: str) -> None:
    invariant = INVARIANTS[name]
    before = found(invariant)
    with connection.cursor() as cursor:
        # As after a fault of the code: neither triggers nor foreign keys look.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(VIOLATIONS[name])
        assert cursor.rowcount
    assert found(invariant) > before
