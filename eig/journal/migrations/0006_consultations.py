"""Who looked at which dossier, once a day: rows are added, never changed, and go after six months at least."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION journal_consultations_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD."on" < current_date - interval '6 months' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a consultation is neither changed nor removed within six months';
END $$;
CREATE TRIGGER journal_consultations_stay BEFORE UPDATE OR DELETE ON journal_consultation
    FOR EACH ROW EXECUTE FUNCTION journal_consultations_stay();
CREATE TRIGGER journal_consultations_never_emptied BEFORE TRUNCATE ON journal_consultation
    FOR EACH STATEMENT EXECUTE FUNCTION journal_consultations_stay();
"""
ALLOW = """
DROP TRIGGER journal_consultations_never_emptied ON journal_consultation;
DROP TRIGGER journal_consultations_stay ON journal_consultation;
DROP FUNCTION journal_consultations_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_chain"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="première fois du jour")),
                ("on", models.DateField(verbose_name="le")),
                ("record_type", models.CharField(max_length=60)),
                ("record_id", models.BigIntegerField()),
                (
                    "what",
                    models.CharField(
                        choices=[("dossier", "le dossier"), ("file", "un fichier")],
                        max_length=10,
                        verbose_name="quoi",
                    ),
                ),
                (
                    "reader",
                    models.CharField(
                        choices=[
                            ("team", "l’équipe du programme"),
                            ("reader", "une personne qui évalue"),
                            ("juror", "un membre du jury"),
                        ],
                        max_length=10,
                        verbose_name="par",
                    ),
                ),
                (
                    "concerned",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne concernée",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="qui",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation d’un dossier",
                "verbose_name_plural": "consultations des dossiers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record_type", "record_id", "person", "on", "what"),
                        name="one_consultation_a_day",
                    )
                ],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
