"""Hours and place that jurors were told: until now every change was told at once, what stands is what they know."""

from django.contrib.postgres.fields.ranges import DateTimeRangeField
from django.db import migrations, models

# Seats whose minutes are written stay as they are, but for what was told of them.
FILL = """
ALTER TABLE interviews_panelseat DISABLE TRIGGER interviews_seats_stay;
UPDATE interviews_panelseat AS seat SET
    announced_during = seat.during,
    announced_place = rtrim(panel.room || E'\\n' || panel.link, E'\\n')
FROM interviews_panel AS panel
WHERE panel.id = seat.panel_id AND seat.told_at IS NOT NULL;
ALTER TABLE interviews_panelseat ENABLE TRIGGER interviews_seats_stay;
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0013_hours_of_panels_may_change")]

    operations = [
        migrations.AddField(
            "panelseat", "announced_during", DateTimeRangeField("horaires annoncés", blank=True, null=True)
        ),
        migrations.AddField(
            "panelseat", "announced_place", models.CharField("lieu annoncé", blank=True, max_length=400)
        ),
        migrations.AddField(
            "panelseat", "sequence", models.PositiveSmallIntegerField("changements annoncés", default=0)
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
