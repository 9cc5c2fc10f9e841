from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("journal", "0006_consultations")]

    operations = [migrations.RunSQL("SELECT bound_years('journal')", migrations.RunSQL.noop)]
