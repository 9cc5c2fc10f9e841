from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("cohorts", "0002_digest")]

    operations = [migrations.RunSQL("SELECT bound_years('cohorts')", migrations.RunSQL.noop)]
