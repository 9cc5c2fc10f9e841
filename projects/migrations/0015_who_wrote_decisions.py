"""Whoever proposed a decision not yet published is noted with its wave: they do not validate it.

Those of a wave that they validated, which was allowed, stay unnoted.
"""

from django.db import migrations

NOTE = """
INSERT INTO waves_waveauthor (wave_id, target_id, person_id)
SELECT decision.wave_id, decision.project_id, decision.proposed_by_id
FROM projects_decision AS decision JOIN promotions_wave AS wave ON wave.id = decision.wave_id
WHERE decision.published_at IS NULL AND wave.validated_by_id IS DISTINCT FROM decision.proposed_by_id
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0014_told_is_no_line_of_words"), ("waves", "0002_authors_do_not_validate")]
    operations = [migrations.RunSQL(NOTE, migrations.RunSQL.noop)]
