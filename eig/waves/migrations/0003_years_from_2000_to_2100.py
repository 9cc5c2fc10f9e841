from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("waves", "0002_authors_do_not_validate")]

    operations = [migrations.RunSQL("SELECT bound_years('waves')", migrations.RunSQL.noop)]
