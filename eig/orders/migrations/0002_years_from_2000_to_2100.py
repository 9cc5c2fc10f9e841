from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("orders", "0001_two_people")]

    operations = [migrations.RunSQL("SELECT bound_years('orders')", migrations.RunSQL.noop)]
