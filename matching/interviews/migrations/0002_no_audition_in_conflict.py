"""A juror who stepped aside from a candidate cannot hold a live scorecard on them."""

from django.db import migrations

from eig.evaluation.conflicts import conflict_triggers

CREATE, DROP = conflict_triggers(
    name="interviews_scorecard",
    table="interviews_scorecard",
    person="(SELECT person_id FROM interviews_juror WHERE id = link.juror_id)",
    subject="(SELECT application_id FROM interviews_audition WHERE id = link.audition_id)",
    subject_type="candidates.application",
)


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0001_auditions"),
        ("evaluation", "0002_signed_sheets_are_frozen"),
    ]
    operations = [migrations.RunSQL(CREATE, DROP)]
