from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100"), ("mail", "0005_message_until")]

    operations = [migrations.RunSQL("SELECT bound_years('mail')", migrations.RunSQL.noop)]
