"""What no constraint of one table can hold: rows of several tables that must agree when a promotion is over.

Each is one question to the database, and its answer is how many rows disagree.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from eig.promotions.models import Promotion


@dataclass(frozen=True, slots=True)
class Invariant:
    """`broken` is what is said after the count of the rows that `sql` finds."""

    broken: str
    sql: str

    def __call__(self, promotion: Promotion) -> Iterator[str]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) {self.sql}", {"promotion": promotion.pk})
            (count,) = cursor.fetchone()
        if count:
            yield f"{count} {self.broken}"


INVARIANTS = {
    "a_submission_is_in_the_journal": Invariant(
        "candidatures déposées dont le journal ne dit rien",
        """FROM candidates_application a WHERE a.promotion_id = %(promotion)s AND a.submitted_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.record_type = 'candidates.application'
                           AND e.record_id = a.id AND e.verb = 'move')""",
    ),
    "a_project_handed_in_is_in_the_journal": Invariant(
        "projets déposés dont le journal ne dit rien",
        """FROM projects_project p WHERE p.promotion_id = %(promotion)s AND p.submitted_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.record_type = 'projects.project'
                           AND e.record_id = p.id AND e.verb = 'move')""",
    ),
    "a_submission_has_its_receipt": Invariant(
        "candidatures déposées sans récépissé",
        """FROM candidates_application a WHERE a.promotion_id = %(promotion)s AND a.submitted_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM documents_print p WHERE p.kind = 'candidates.receipt'
                           AND p.subject_id = a.id)""",
    ),
    "a_project_handed_in_has_its_receipt": Invariant(
        "projets déposés sans récépissé",
        """FROM projects_project a WHERE a.promotion_id = %(promotion)s AND a.submitted_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM documents_print p WHERE p.kind = 'projects.receipt'
                           AND p.subject_id = a.id)""",
    ),
    "numbers_are_counted": Invariant(
        "compteurs de numéros qui ne sont pas au dernier numéro donné",
        """FROM dossiers_counter c WHERE c.promotion_id = %(promotion)s AND c.last <> CASE c.kind
             WHEN 'project' THEN (SELECT count(*) FROM projects_project p
                                  WHERE p.promotion_id = c.promotion_id AND p.number IS NOT NULL)
             ELSE (SELECT count(*) FROM candidates_application a
                   WHERE a.promotion_id = c.promotion_id AND a.number IS NOT NULL) END""",
    ),
    "a_signed_sheet_is_whole": Invariant(
        "fiches signées auxquelles manque une note",
        """FROM evaluation_sheet s JOIN evaluation_grid g ON g.id = s.grid_id
           WHERE g.promotion_id = %(promotion)s AND s.status = 'signed'
           AND (SELECT count(*) FROM evaluation_mark m WHERE m.sheet_id = s.id)
             < (SELECT count(*) FROM evaluation_criterion c WHERE c.grid_id = g.id)""",
    ),
    "marks_are_on_the_scale": Invariant(
        "notes hors de l’échelle de leur grille",
        """FROM evaluation_mark m JOIN evaluation_criterion c ON c.id = m.criterion_id
           JOIN evaluation_grid g ON g.id = c.grid_id
           WHERE g.promotion_id = %(promotion)s AND m.value NOT BETWEEN g.scale_min AND g.scale_max""",
    ),
    "marks_are_of_their_grid": Invariant(
        "notes d’un critère d’une autre grille",
        """FROM evaluation_mark m JOIN evaluation_criterion c ON c.id = m.criterion_id
           JOIN evaluation_sheet s ON s.id = m.sheet_id JOIN evaluation_grid g ON g.id = s.grid_id
           WHERE g.promotion_id = %(promotion)s AND c.grid_id <> s.grid_id""",
    ),
    "readings_of_applications_are_counted": Invariant(
        "candidatures dont le compte des lectures est faux",
        """FROM candidates_application a WHERE a.promotion_id = %(promotion)s AND a.reviews_signed <>
           (SELECT count(*) FROM candidates_review r JOIN evaluation_sheet s ON s.id = r.sheet_id
            WHERE r.application_id = a.id AND r.counts AND s.status = 'signed')""",
    ),
    "readings_of_projects_are_counted": Invariant(
        "projets dont le compte des lectures est faux",
        """FROM projects_project p WHERE p.promotion_id = %(promotion)s AND p.reviews_signed <>
           (SELECT count(*) FROM projects_review r JOIN evaluation_sheet s ON s.id = r.sheet_id
            WHERE r.project_id = p.id AND s.status = 'signed')""",
    ),
    "decisions_leave_with_their_wave": Invariant(
        "décisions publiées sans leur vague, ou restées dans une vague publiée",
        """FROM (SELECT wave_id, published_at FROM candidates_decision
                 UNION ALL SELECT wave_id, published_at FROM projects_decision) d
           JOIN promotions_wave w ON w.id = d.wave_id WHERE w.promotion_id = %(promotion)s
           AND (d.published_at IS NULL) <> (w.published_at IS NULL)""",
    ),
    "who_is_preselected_was_decided": Invariant(
        "personnes présélectionnées sans décision publiée",
        """FROM candidates_application a WHERE a.promotion_id = %(promotion)s AND a.status = 'shortlisted'
           AND NOT EXISTS (SELECT 1 FROM candidates_decision d WHERE d.application_id = a.id
                           AND d.outcome = 'shortlisted' AND d.published_at IS NOT NULL)""",
    ),
    "what_is_published_was_decided": Invariant(
        "défis publiés sans décision publiée",
        """FROM projects_project p WHERE p.promotion_id = %(promotion)s AND p.status = 'published'
           AND NOT EXISTS (SELECT 1 FROM projects_decision d WHERE d.project_id = p.id
                           AND d.outcome = 'laureate' AND d.published_at IS NOT NULL)""",
    ),
    "wishes_are_in_order": Invariant(
        "listes de vœux dont un rang manque",
        """FROM (SELECT r.id FROM ranking_ranking r JOIN candidates_application a ON a.id = r.application_id
                 JOIN ranking_choice c ON c.ranking_id = r.id WHERE a.promotion_id = %(promotion)s
                 GROUP BY r.id HAVING max(c.position) <> count(*)) gaps""",
    ),
    "auditions_are_within_their_jury": Invariant(
        "auditions hors des heures de leur jury",
        """FROM interviews_audition a JOIN interviews_slot s ON s.id = a.slot_id
           JOIN interviews_panel p ON p.id = s.panel_id
           WHERE a.promotion_id = %(promotion)s AND a.status <> 'cancelled'
           AND NOT (a.during <@ p.during AND p.promotion_id = a.promotion_id)""",
    ),
    "who_marks_sits_in_the_jury": Invariant(
        "fiches signées de membres qui ne siègent pas dans ce jury",
        """FROM interviews_scorecard k JOIN evaluation_sheet e ON e.id = k.sheet_id
           JOIN interviews_audition a ON a.id = k.audition_id JOIN interviews_slot s ON s.id = a.slot_id
           WHERE a.promotion_id = %(promotion)s AND e.status = 'signed'
           AND NOT EXISTS (SELECT 1 FROM interviews_panelseat t
                           WHERE t.panel_id = s.panel_id AND t.juror_id = k.juror_id)""",
    ),
    "who_signs_minutes_sits_in_the_jury": Invariant(
        "signatures de procès-verbal de membres qui ne siègent pas",
        """FROM interviews_minutessignature g JOIN interviews_minutes m ON m.id = g.minutes_id
           JOIN interviews_panel p ON p.id = m.panel_id WHERE p.promotion_id = %(promotion)s
           AND NOT EXISTS (SELECT 1 FROM interviews_panelseat t
                           WHERE t.panel_id = p.id AND t.juror_id = g.juror_id)""",
    ),
    "who_accepted_is_in_the_team": Invariant(
        "accords donnés par une personne qui n’est dans aucune équipe",
        """FROM teams_offer o WHERE o.promotion_id = %(promotion)s AND o.status = 'accepted'
           AND NOT EXISTS (SELECT 1 FROM cohorts_member m WHERE m.offer_id = o.id)""",
    ),
    "who_is_in_the_team_was_offered_it": Invariant(
        "personnes en équipe que leur proposition ne dit pas",
        """FROM cohorts_member m JOIN teams_offer o ON o.id = m.offer_id
           JOIN candidates_application a ON a.id = o.application_id
           WHERE m.promotion_id = %(promotion)s
           AND (o.team_id <> m.team_id OR a.candidate_id <> m.person_id OR o.status <> 'accepted')""",
    ),
    "bulletins_are_written_by_the_team": Invariant(
        "bulletins écrits hors de l’équipe",
        """FROM cohorts_bulletin b JOIN teams_team t ON t.id = b.team_id
           WHERE t.promotion_id = %(promotion)s AND NOT EXISTS (
             SELECT 1 FROM cohorts_member m WHERE m.team_id = t.id AND m.person_id = b.filed_by_id)""",
    ),
    "files_handed_in_were_checked": Invariant(
        "fichiers d’une candidature déposée qui ne sont pas vérifiés",
        """FROM candidates_attachment t JOIN candidates_application a ON a.id = t.application_id
           JOIN documents_document d ON d.id = t.document_id WHERE a.promotion_id = %(promotion)s
           AND a.submitted_at IS NOT NULL AND d.status <> 'clean'""",
    ),
}
