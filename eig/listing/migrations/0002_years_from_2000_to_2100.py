from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_years_from_2000_to_2100"),
        ("listing", "0001_views_and_deeds_of_every_list"),
    ]

    operations = [migrations.RunSQL("SELECT bound_years('listing')", migrations.RunSQL.noop)]
