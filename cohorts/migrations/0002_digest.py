import django.db.models.deletion
from django.db import migrations, models

# Until now a digest left on its Friday or never: those of the Fridays gone leave no more.
SETTLE_THE_WEEKS_TOLD = """
    INSERT INTO cohorts_digest (promotion_id, week, sent_at)
    SELECT DISTINCT promotion_id, week, (week + 4 + time '15:00') AT TIME ZONE 'Europe/Paris'
    FROM cohorts_bulletin JOIN teams_team ON teams_team.id = team_id
    WHERE (week + 4 + time '15:00') AT TIME ZONE 'Europe/Paris' <= now()
"""


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0001_members_and_bulletins"), ("promotions", "0001_promotions")]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week", models.DateField(verbose_name="semaine du")),
                ("sent_at", models.DateTimeField()),
                (
                    "promotion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="digests",
                        to="promotions.promotion",
                    ),
                ),
            ],
            options={"verbose_name": "envoi de la semaine"},
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(
                fields=("promotion", "week"), name="one_digest_per_promotion_and_week"
            ),
        ),
        migrations.RunSQL(SETTLE_THE_WEEKS_TOLD, migrations.RunSQL.noop),
    ]
