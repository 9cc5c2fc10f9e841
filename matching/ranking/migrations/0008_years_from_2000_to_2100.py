from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_years_from_2000_to_2100"),
        ("ranking", "0007_lists_are_certified_in_time"),
    ]

    operations = [migrations.RunSQL("SELECT bound_years('ranking')", migrations.RunSQL.noop)]
