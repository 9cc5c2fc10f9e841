"""Anchors of a grid in use may be made clearer: each wording is kept, with who, when and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0002_signed_sheets_are_frozen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnchorAmendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("before", models.JSONField(verbose_name="repères d’avant")),
                ("after", models.JSONField(verbose_name="repères d’après")),
                ("reason", models.CharField(max_length=300, verbose_name="motif")),
                ("amended_at", models.DateTimeField()),
                (
                    "amended_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amendments",
                        to="evaluation.criterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "précision des repères",
                "verbose_name_plural": "précisions des repères",
                "constraints": [
                    models.UniqueConstraint(fields=("criterion", "version"), name="anchor_versions_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="an_amendment_says_why"
                    ),
                ],
            },
        )
    ]
