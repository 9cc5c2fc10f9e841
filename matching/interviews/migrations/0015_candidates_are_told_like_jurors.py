"""What a candidate was told is kept like what a juror was: hours, place, and when."""

from django.db import migrations, models

# Every change was told at once: an audition that is placed stands where its candidate knows.
FILL = """
UPDATE interviews_audition SET told_at = announced_at WHERE told_at IS NOT NULL AND announced_at IS NOT NULL;
UPDATE interviews_audition AS audition
SET announced_place = rtrim(panel.room || E'\\n' || panel.link, E'\\n')
FROM interviews_slot AS slot JOIN interviews_panel AS panel ON panel.id = slot.panel_id
WHERE slot.id = audition.slot_id AND audition.told_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0014_what_jurors_were_told")]

    operations = [
        migrations.AddField(
            "audition", "announced_place", models.CharField("lieu annoncé", blank=True, max_length=400)
        ),
        migrations.AlterField(
            "audition", "told_at", models.DateTimeField("annoncé le", blank=True, null=True)
        ),
        migrations.RunSQL(FILL, "UPDATE interviews_audition SET announced_at = told_at"),
    ]
