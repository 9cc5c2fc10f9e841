"""The half-days of project juries are rows, as those of auditions; who cannot come then, too."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0010_one_reading_for_both_calls"), ("promotions", "0005_waves_leave")]

    operations = [
        migrations.AlterField(
            model_name="hearingseat",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="annoncé le"),
        ),
        migrations.CreateModel(
            name="HearingHalfDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name="horaires")),
                (
                    "promotion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_half_days",
                        to="promotions.promotion",
                    ),
                ),
            ],
            options={
                "verbose_name": "demi-journée des jurys de projets",
                "verbose_name_plural": "demi-journées des jurys de projets",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HearingAbsence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "juror",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="projects.hearingjuror",
                    ),
                ),
                (
                    "half_day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="projects.hearinghalfday",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence d’un membre de jury",
                "verbose_name_plural": "absences des membres de jurys",
            },
        ),
        migrations.AddConstraint(
            model_name="hearinghalfday",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("promotion", "="), ("during", "&&")],
                name="half_days_of_hearings_do_not_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearinghalfday",
            constraint=models.CheckConstraint(
                condition=models.Q(("during__isempty", False)), name="a_half_day_of_hearings_lasts"
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingabsence",
            constraint=models.UniqueConstraint(
                fields=("juror", "half_day"), name="a_juror_is_away_once_a_half_day"
            ),
        ),
    ]
