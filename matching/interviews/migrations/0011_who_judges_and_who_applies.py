"""Fill the sides of a promotion from what was written before: who judges first, then who applies.

The former build let some people be on both sides (a member of a project jury could apply): they are kept as
people who judge, since that is what closes ranks to them and asks for a second factor. Their application is
left as it is, for the team to rule on. Accounts without a name are nobody's.
"""

from django.db import migrations

FILL = """
INSERT INTO juries_side (promotion_id, person_id, stand, duties, since)
SELECT promotion_id, person_id, 'judges', array_agg(DISTINCT duty ORDER BY duty), min(appointed_at)
FROM (
    SELECT promotion_id, person_id, stage::text AS duty, appointed_at FROM evaluation_reader
    UNION ALL
    SELECT promotion_id, person_id, 'project_jury', appointed_at FROM projects_hearingjuror
    UNION ALL
    SELECT promotion_id, person_id, 'audition', appointed_at FROM interviews_juror AS juror
    WHERE EXISTS (SELECT 1 FROM interviews_panelseat WHERE juror_id = juror.id)
        OR NOT EXISTS (
            SELECT 1 FROM interviews_juryinvitation WHERE juror_id = juror.id AND status = 'declined'
        )
) AS duties
JOIN accounts_user AS person ON person.id = duties.person_id AND person.email NOT LIKE '%@eig.invalid'
GROUP BY promotion_id, person_id;

INSERT INTO juries_side (promotion_id, person_id, stand, duties, since)
SELECT promotion_id, candidate_id, 'applies', '{}', submitted_at
FROM candidates_application
JOIN accounts_user AS person ON person.id = candidate_id AND person.email NOT LIKE '%@eig.invalid'
WHERE status NOT IN ('draft', 'withdrawn')
ON CONFLICT ON CONSTRAINT nobody_applies_and_judges DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("juries", "0001_sides"),
        ("evaluation", "0004_frozen_words_may_disappear"),
        ("projects", "0008_hearing_clearance"),
        ("candidates", "0006_corrections"),
        ("interviews", "0010_jurors_are_told"),
    ]

    operations = [migrations.RunSQL(FILL, "DELETE FROM juries_side")]
