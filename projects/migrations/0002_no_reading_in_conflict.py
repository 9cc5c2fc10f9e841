"""A person who stepped aside from a project cannot hold a live sheet on it."""

from django.db import migrations

from eig.evaluation.conflicts import conflict_triggers

CREATE, DROP = conflict_triggers(
    name="projects_review",
    table="projects_review",
    person="link.reader_id",
    subject="link.project_id",
    subject_type="projects.project",
)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0001_projects"),
        ("evaluation", "0002_signed_sheets_are_frozen"),
    ]
    operations = [migrations.RunSQL(CREATE, DROP)]
