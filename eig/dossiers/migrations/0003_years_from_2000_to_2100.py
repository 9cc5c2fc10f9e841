from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_years_from_2000_to_2100"),
        ("dossiers", "0002_revisions_know_their_tab"),
    ]

    operations = [migrations.RunSQL("SELECT bound_years('dossiers')", migrations.RunSQL.noop)]
