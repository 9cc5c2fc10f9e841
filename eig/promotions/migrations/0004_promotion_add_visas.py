from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("promotions", "0003_hearing_rules_and_conditions")]

    operations = [
        migrations.AddField(
            model_name="promotion",
            name="project_visas",
            field=models.JSONField(blank=True, default=list, verbose_name="visas demandés"),
        )
    ]
