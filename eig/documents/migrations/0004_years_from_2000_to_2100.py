from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_years_from_2000_to_2100"),
        ("documents", "0003_document_checked_as_a_job"),
    ]

    operations = [migrations.RunSQL("SELECT bound_years('documents')", migrations.RunSQL.noop)]
