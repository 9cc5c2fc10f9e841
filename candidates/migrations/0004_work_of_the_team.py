import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0003_readings_without_conflict"),
        ("promotions", "0002_rules_of_wishes_and_auditions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkDeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assign", "Confier à un lecteur ou une lectrice"),
                            ("ineligible", "Déclarer inéligible"),
                            ("propose", "Proposer une décision"),
                            ("complete", "Demander un complément"),
                            ("write", "Écrire aux personnes"),
                        ],
                        max_length=12,
                        verbose_name="geste",
                    ),
                ),
                ("given", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="appliqué le")),
            ],
            options={"verbose_name": "geste en nombre"},
        ),
        migrations.CreateModel(
            name="BulkRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "À faire"), ("done", "Fait"), ("refused", "Refusé")],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("said", models.CharField(blank=True, max_length=300)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "ligne d’un geste en nombre",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "pending"), ("settled_at__isnull", False), _connector="OR"
                        ),
                        name="settled_bulk_rows_are_dated",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicateRuling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ruling",
                    models.CharField(
                        choices=[
                            ("distinct", "Deux personnes, ou deux dossiers légitimes"),
                            ("withdrawn", "Doublon : l’une des deux est mise de côté"),
                        ],
                        max_length=12,
                        verbose_name="conclusion",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="motif")),
                ("ruled_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "conclusion sur un doublon",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="a_duplicate_ruling_gives_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "trades",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="métiers",
                    ),
                ),
                ("expertise", models.CharField(blank=True, max_length=200, verbose_name="expertise")),
                (
                    "experience_years",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="années d’expérience"
                    ),
                ),
                ("joined_at", models.DateTimeField(verbose_name="consentement donné le")),
                ("expires_on", models.DateField(verbose_name="fin du consentement")),
            ],
            options={
                "verbose_name": "membre du vivier",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("experience_years__isnull", True), ("experience_years__lte", 60), _connector="OR"
                        ),
                        name="pool_experience_is_a_working_life",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=60, verbose_name="nom de la vue")),
                ("query", models.CharField(blank=True, max_length=1000)),
                ("is_shared", models.BooleanField(default=False, verbose_name="visible de toute l’équipe")),
                ("created_at", models.DateTimeField()),
            ],
            options={"verbose_name": "vue enregistrée"},
        ),
        migrations.AddField(
            model_name="application",
            name="ineligibility_code",
            field=models.CharField(
                blank=True,
                choices=[
                    ("civil_servant", "Agent titulaire en poste au début de la promotion"),
                    ("student", "Études de premier ou de deuxième cycle en cours"),
                    ("juror", "Lecture ou jury de cette promotion"),
                    ("former_member", "EIG de la promotion précédente"),
                    ("duplicate", "Deuxième candidature de la même personne"),
                    ("incomplete", "Pièces ou réponses demandées et jamais reçues"),
                    ("other", "Autre motif"),
                ],
                max_length=20,
                verbose_name="nature du motif d’inéligibilité",
            ),
        ),
        migrations.AddField(
            model_name="decision", name="published_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="decision",
            name="reserve_rank",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="rang en liste complémentaire"
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Brouillon"),
                    ("submitted", "Déposée"),
                    ("ineligible", "Inéligible"),
                    ("shortlisted", "Présélectionnée"),
                    ("reserved", "En liste complémentaire"),
                    ("declined", "Non retenue"),
                    ("withdrawn", "Retirée"),
                ],
                default="draft",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="candidates.application",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("shortlisted", "Présélectionnée"),
                    ("reserved", "En liste complémentaire"),
                    ("declined", "Non retenue"),
                ],
                max_length=12,
                verbose_name="décision",
            ),
        ),
        # Decisions published before this column existed take the instant of their wave.
        migrations.RunSQL(
            "UPDATE candidates_decision SET published_at = promotions_wave.published_at "
            "FROM promotions_wave WHERE promotions_wave.id = candidates_decision.wave_id "
            "AND promotions_wave.status = 'published'",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at__isnull", True)),
                fields=("application",),
                name="one_awaited_decision_per_application",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("application", "wave"), name="one_decision_per_application_and_wave"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", "reserved"), ("reserve_rank__isnull", True), _connector="OR"),
                name="only_reserved_applications_have_a_rank",
            ),
        ),
        migrations.AddField(
            model_name="bulkdeed",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="bulkdeed",
            name="promotion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="application_bulks",
                to="promotions.promotion",
            ),
        ),
        migrations.AddField(
            model_name="bulkrow",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="candidates.application"
            ),
        ),
        migrations.AddField(
            model_name="bulkrow",
            name="bulk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="candidates.bulkdeed"
            ),
        ),
        migrations.AddField(
            model_name="duplicateruling",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="candidates.application"
            ),
        ),
        migrations.AddField(
            model_name="duplicateruling",
            name="promotion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="duplicate_rulings",
                to="promotions.promotion",
            ),
        ),
        migrations.AddField(
            model_name="duplicateruling",
            name="ruled_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="duplicateruling",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="candidates.application"
            ),
        ),
        migrations.AddField(
            model_name="poolmember",
            name="application",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="candidates.application",
            ),
        ),
        migrations.AddField(
            model_name="poolmember",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pool_memberships",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="poolmember",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pool", to="promotions.programme"
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="application_views",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="promotion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="application_views",
                to="promotions.promotion",
            ),
        ),
        migrations.AddIndex(
            model_name="bulkdeed",
            index=models.Index(fields=["promotion", "-asked_at"], name="bulk_by_promotion"),
        ),
        migrations.AddConstraint(
            model_name="bulkrow",
            constraint=models.UniqueConstraint(
                fields=("bulk", "application"), name="a_bulk_deed_counts_each_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicateruling",
            constraint=models.UniqueConstraint(
                fields=("first", "second"), name="two_applications_are_ruled_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicateruling",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_id__lt", models.F("second_id"))),
                name="the_older_application_comes_first",
            ),
        ),
        migrations.AddIndex(
            model_name="poolmember",
            index=models.Index(fields=["programme", "expires_on"], name="pool_by_end"),
        ),
        migrations.AddConstraint(
            model_name="poolmember",
            constraint=models.UniqueConstraint(
                fields=("programme", "person"), name="one_pool_membership_per_programme"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("promotion", "owner", "name"), name="one_application_view_per_name"
            ),
        ),
    ]
