from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_one_at_a_time"), ("interviews", "0017_years_from_2000_to_2100")]

    operations = [migrations.RunSQL("SELECT one_at_a_time('interviews')", migrations.RunSQL.noop)]
