"""What recurring tasks could not do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Failure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("deed", models.CharField(max_length=300, verbose_name="ce qui était à faire")),
                ("error", models.CharField(max_length=500, verbose_name="erreur")),
                ("promotion_id", models.BigIntegerField(null=True)),
                ("first_at", models.DateTimeField(verbose_name="depuis")),
                ("last_at", models.DateTimeField(verbose_name="dernier essai")),
                ("times", models.PositiveIntegerField(default=1, verbose_name="essais")),
            ],
            options={
                "verbose_name": "échec d’une tâche",
                "verbose_name_plural": "échecs des tâches",
                "indexes": [models.Index(fields=["promotion_id", "first_at"], name="failure_by_promotion")],
            },
        )
    ]
