from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("teams", "0004_reasons_may_disappear")]

    operations = [migrations.RunSQL("SELECT bound_years('teams')", migrations.RunSQL.noop)]
