"""Decisions point to the same table, which another package holds now (see `waves`): nothing moves in the database."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0008_hearing_clearance"), ("waves", "0001_waves_come_from_promotions")]
    run_before = [("promotions", "0005_waves_leave")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="decision",
                    name="wave",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_decisions",
                        to="waves.wave",
                    ),
                )
            ]
        )
    ]
