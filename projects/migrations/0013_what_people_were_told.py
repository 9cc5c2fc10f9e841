"""Hours and place that people were told, in fields of their own instead of one line of words."""

from django.contrib.postgres.fields.ranges import DateTimeRangeField
from django.db import migrations, models

# « 2027-03-02T09:00–12:00 · Salle Monge · https://visio.example/jury », hours of Paris; no link, nothing after
# the last dot.
FILL = """
UPDATE {table} SET
    announced_during = tstzrange(
        left(told, 16)::timestamp AT TIME ZONE 'Europe/Paris',
        (left(told, 11) || substr(told, 18, 5))::timestamp AT TIME ZONE 'Europe/Paris'
    ),
    announced_place = rtrim(regexp_replace(substr(told, 26), ' · (\\S*)$', E'\\n\\\\1'), E'\\n')
WHERE told <> '' AND told_at IS NOT NULL;
"""
EMPTY = """
UPDATE {table} SET told = left(
    to_char(lower(announced_during) AT TIME ZONE 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI') || '–' ||
    to_char(upper(announced_during) AT TIME ZONE 'Europe/Paris', 'HH24:MI') || ' · ' ||
    split_part(announced_place, E'\\n', 1) || ' · ' || split_part(announced_place, E'\\n', 2), 300)
WHERE announced_during IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0012_half_days_are_filled")]

    operations = [
        *(
            migrations.AddField(model, name, field)
            for model in ("hearing", "hearingseat")
            for name, field in (
                ("announced_during", DateTimeRangeField("horaires annoncés", blank=True, null=True)),
                ("announced_place", models.CharField("lieu annoncé", blank=True, max_length=400)),
            )
        ),
        *(
            migrations.AlterField(
                model, "sequence", models.PositiveSmallIntegerField("changements annoncés", default=0)
            )
            for model in ("hearing", "hearingseat")
        ),
        migrations.AlterField(
            "hearing", "told_at", models.DateTimeField("annoncé le", blank=True, null=True)
        ),
        *(
            migrations.RunSQL(FILL.format(table=table), EMPTY.format(table=table))
            for table in ("projects_hearing", "projects_hearingseat")
        ),
    ]
