from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("interviews", "0016_no_second_date")]

    operations = [migrations.RunSQL("SELECT bound_years('interviews')", migrations.RunSQL.noop)]
