from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("candidates", "0010_who_wrote_decisions")]

    operations = [migrations.RunSQL("SELECT bound_years('candidates')", migrations.RunSQL.noop)]
