from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_years_from_2000_to_2100"),
        ("evaluation", "0004_frozen_words_may_disappear"),
    ]

    operations = [migrations.RunSQL("SELECT bound_years('evaluation')", migrations.RunSQL.noop)]
