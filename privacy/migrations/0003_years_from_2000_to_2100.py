from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("privacy", "0002_copy_add_error")]

    operations = [migrations.RunSQL("SELECT bound_years('privacy')", migrations.RunSQL.noop)]
