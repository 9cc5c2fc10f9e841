"""A person who stepped aside from an application cannot hold a live sheet on it."""

from django.db import migrations

from eig.evaluation.conflicts import conflict_triggers

CREATE, DROP = conflict_triggers(
    name="candidates_review",
    table="candidates_review",
    person="link.reader_id",
    subject="link.application_id",
    subject_type="candidates.application",
)


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0001_applications"),
        ("evaluation", "0002_signed_sheets_are_frozen"),
    ]
    operations = [migrations.RunSQL(CREATE, DROP)]
