"""From codes (« 2022-03-30-am ») to rows: the working half-days of each selection, and those of absences.

Their hours are those that the proposal of a plan took (nine, two o'clock), and the usual ends of auditions.
"""

from django.db import migrations

FILL = """
INSERT INTO projects_hearinghalfday (promotion_id, during)
SELECT promotion_id,
    tstzrange((day + starts) AT TIME ZONE 'Europe/Paris', (day + ends) AT TIME ZONE 'Europe/Paris')
FROM (
    SELECT promotion_id, day, half FROM (
        SELECT phase.promotion_id, moment::date AS day,
            row_number() OVER (PARTITION BY phase.promotion_id ORDER BY moment) AS rank
        FROM promotions_phase AS phase, generate_series(
            (phase.opens_at AT TIME ZONE 'Europe/Paris')::date::timestamp,
            (phase.closes_at AT TIME ZONE 'Europe/Paris')::date::timestamp,
            interval '1 day'
        ) AS moment
        WHERE phase.kind = 'project_review' AND extract(isodow FROM moment) < 6
    ) AS working
    CROSS JOIN (VALUES ('am'), ('pm')) AS halves (half)
    WHERE rank <= 40
    UNION
    SELECT juror.promotion_id, left(told, 10)::date, right(told, 2)
    FROM projects_hearingjuror AS juror, unnest(juror.absences) AS slip (told)
) AS asked
JOIN (VALUES ('am', time '09:00', time '12:30'), ('pm', time '14:00', time '17:30'))
    AS hours (half, starts, ends) USING (half)
ORDER BY promotion_id, day, starts;

INSERT INTO projects_hearingabsence (juror_id, half_day_id)
SELECT DISTINCT juror.id, half_day.id
FROM projects_hearingjuror AS juror
CROSS JOIN unnest(juror.absences) AS slip (told)
JOIN (VALUES ('am', time '09:00'), ('pm', time '14:00')) AS hours (half, starts) ON hours.half = right(told, 2)
JOIN projects_hearinghalfday AS half_day ON half_day.promotion_id = juror.promotion_id
    AND lower(half_day.during) = (left(told, 10)::date + hours.starts) AT TIME ZONE 'Europe/Paris';
"""
EMPTY = """
UPDATE projects_hearingjuror AS juror SET absences = codes FROM (
    SELECT juror_id, array_agg(to_char(begins, 'YYYY-MM-DD') ||
        CASE WHEN extract(hour FROM begins) < 13 THEN '-am' ELSE '-pm' END ORDER BY begins) AS codes
    FROM (
        SELECT absence.juror_id, lower(half_day.during) AT TIME ZONE 'Europe/Paris' AS begins
        FROM projects_hearingabsence AS absence
        JOIN projects_hearinghalfday AS half_day ON half_day.id = absence.half_day_id
    ) AS absences
    GROUP BY juror_id
) AS kept
WHERE kept.juror_id = juror.id;
DELETE FROM projects_hearingabsence;
DELETE FROM projects_hearinghalfday;
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0011_half_days_of_juries_are_rows")]

    operations = [
        migrations.RunSQL(FILL, EMPTY),
        migrations.RemoveField(model_name="hearingjuror", name="absences"),
    ]
