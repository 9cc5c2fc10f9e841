"""Places held while reading, calibration dossiers, words hidden or shown by hand."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def key() -> models.Field:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def person() -> models.Field:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0004_work_of_the_team"),
        ("promotions", "0001_promotions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "review",
            "held_until",
            models.DateTimeField(blank=True, null=True, verbose_name="place réservée jusqu’à"),
        ),
        migrations.AddField(
            "review", "calibration", models.BooleanField(default=False, verbose_name="lecture de calibrage")
        ),
        migrations.AddField(
            "review", "counts", models.BooleanField(default=True, verbose_name="compte dans la note")
        ),
        migrations.RemoveConstraint("review", "a_reader_reads_an_application_once"),
        migrations.AddConstraint(
            "review",
            models.UniqueConstraint(
                fields=("application", "reader", "calibration"), name="a_reader_reads_an_application_once"
            ),
        ),
        migrations.AddConstraint(
            "review",
            models.CheckConstraint(
                condition=models.Q(("counts", True), ("calibration", True), _connector="OR"),
                name="only_calibrations_may_not_count",
            ),
        ),
        migrations.CreateModel(
            name="Calibration",
            fields=[
                ("id", key()),
                (
                    "counts",
                    models.BooleanField(default=False, verbose_name="les notes de calibrage comptent"),
                ),
                ("opened_at", models.DateTimeField()),
                ("opened_by", person()),
                (
                    "promotion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="application_calibration",
                        to="promotions.promotion",
                    ),
                ),
            ],
            options={"verbose_name": "calibrage"},
        ),
        migrations.CreateModel(
            name="CalibrationDossier",
            fields=[
                ("id", key()),
                ("rank", models.PositiveSmallIntegerField(verbose_name="ordre")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calibration_dossier",
                        to="candidates.application",
                    ),
                ),
                (
                    "calibration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dossiers",
                        to="candidates.calibration",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier de calibrage",
                "verbose_name_plural": "dossiers de calibrage",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("calibration", "rank"), name="calibration_dossiers_in_order"
                    )
                ],
            },
        ),
        migrations.AddField(
            "calibration",
            "applications",
            models.ManyToManyField(
                related_name="calibrations",
                through="candidates.CalibrationDossier",
                to="candidates.application",
            ),
        ),
        migrations.CreateModel(
            name="RedactionMark",
            fields=[
                ("id", key()),
                (
                    "kind",
                    models.CharField(
                        choices=[("hide", "À masquer"), ("show", "À laisser lisible")], max_length=4
                    ),
                ),
                ("text", models.CharField(max_length=120, verbose_name="mot ou expression")),
                ("folded", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redaction_marks",
                        to="candidates.application",
                    ),
                ),
                ("made_by", person()),
            ],
            options={
                "verbose_name": "retouche de l’anonymisation",
                "verbose_name_plural": "retouches de l’anonymisation",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "folded"), name="one_redaction_mark_per_phrase"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("folded", ""), _negated=True),
                        name="a_redaction_mark_says_something",
                    ),
                ],
            },
        ),
    ]
