from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("promotions", "0005_waves_leave")]

    operations = [migrations.RunSQL("SELECT bound_years('promotions')", migrations.RunSQL.noop)]
