"""`Wave` leaves `promotions`; its table, constraints and rows stay where they are, under their names.

What names the model in rows follows it: its content type (permissions hang on it), and the journal, whose rows are
append-only but for this.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

RENAME = """
UPDATE django_content_type SET app_label = '{new}' WHERE app_label = '{old}' AND model = 'wave';
ALTER TABLE journal_entry DISABLE TRIGGER USER;
UPDATE journal_entry SET record_type = '{new}.wave' WHERE record_type = '{old}.wave';
ALTER TABLE journal_entry ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("contenttypes", "0002_remove_content_type_name"),
        ("journal", "0003_names_may_disappear"),
        ("promotions", "0004_promotion_add_visas"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Wave",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "subject",
                            models.CharField(
                                choices=[
                                    ("projects", "Décisions sur les projets"),
                                    ("applications", "Décisions de présélection"),
                                    ("offers", "Propositions d’affectation"),
                                ],
                                max_length=20,
                                verbose_name="objet",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="intitulé")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("prepared", "En préparation"),
                                    ("validated", "Validée, en attente de publication"),
                                    ("published", "Publiée"),
                                    ("cancelled", "Annulée"),
                                ],
                                default="prepared",
                                max_length=20,
                            ),
                        ),
                        ("publishes_at", models.DateTimeField(verbose_name="publication prévue")),
                        ("prepared_at", models.DateTimeField()),
                        ("validated_at", models.DateTimeField(blank=True, null=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "promotion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waves",
                                to="promotions.promotion",
                            ),
                        ),
                        (
                            "validated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vague de décisions",
                        "db_table": "promotions_wave",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("validated_by__isnull", True),
                                    models.Q(("validated_by", models.F("prepared_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_wave_is_validated_by_a_second_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    models.Q(
                                        ("published_at__isnull", False), ("validated_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_published_wave_was_validated_and_dated",
                            ),
                        ],
                    },
                )
            ]
        ),
        migrations.RunSQL(
            RENAME.format(old="promotions", new="waves"), RENAME.format(old="waves", new="promotions")
        ),
    ]
