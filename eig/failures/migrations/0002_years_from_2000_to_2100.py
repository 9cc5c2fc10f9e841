from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("failures", "0001_failures")]

    operations = [migrations.RunSQL("SELECT bound_years('failures')", migrations.RunSQL.noop)]
