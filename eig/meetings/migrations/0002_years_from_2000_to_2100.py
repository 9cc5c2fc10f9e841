from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("meetings", "0001_meetings")]

    operations = [migrations.RunSQL("SELECT bound_years('meetings')", migrations.RunSQL.noop)]
