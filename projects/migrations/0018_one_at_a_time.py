from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_one_at_a_time"),
        ("projects", "0017_published_projects_bear_their_public_name"),
    ]

    operations = [migrations.RunSQL("SELECT one_at_a_time('projects')", migrations.RunSQL.noop)]
