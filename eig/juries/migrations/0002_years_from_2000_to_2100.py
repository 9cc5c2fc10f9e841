from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("juries", "0001_sides")]

    operations = [migrations.RunSQL("SELECT bound_years('juries')", migrations.RunSQL.noop)]
