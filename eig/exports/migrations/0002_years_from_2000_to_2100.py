from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("exports", "0001_exports")]

    operations = [migrations.RunSQL("SELECT bound_years('exports')", migrations.RunSQL.noop)]
