"""Who wrote a wave is noted, and never validates it; a validator's agreement is kept, sign by sign."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CREATE = """
CREATE FUNCTION waves_no_author_validates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.validated_by_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM waves_waveauthor WHERE wave_id = NEW.id AND person_id = NEW.validated_by_id
    ) THEN
        RAISE EXCEPTION 'who wrote a wave does not validate it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'waves_no_author_validates';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER waves_no_author_validates BEFORE UPDATE OF validated_by_id ON promotions_wave
    FOR EACH ROW EXECUTE FUNCTION waves_no_author_validates();

CREATE FUNCTION waves_no_validator_writes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM promotions_wave WHERE id = NEW.wave_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM promotions_wave WHERE id = NEW.wave_id AND validated_by_id = NEW.person_id
    ) THEN
        RAISE EXCEPTION 'who validated a wave does not write in it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'waves_no_validator_writes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER waves_no_validator_writes BEFORE INSERT OR UPDATE ON waves_waveauthor
    FOR EACH ROW EXECUTE FUNCTION waves_no_validator_writes();
"""
DROP = """
DROP TRIGGER waves_no_validator_writes ON waves_waveauthor;
DROP FUNCTION waves_no_validator_writes();
DROP TRIGGER waves_no_author_validates ON promotions_wave;
DROP FUNCTION waves_no_author_validates();
"""
# What was validated before was agreed to as it was.
BEFORE = "UPDATE promotions_wave SET agreed = NULL WHERE validated_by_id IS NOT NULL;"


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("waves", "0001_waves_come_from_promotions"),
    ]
    operations = [
        migrations.AddField(
            model_name="wave", name="agreed", field=models.JSONField(blank=True, default=dict, null=True)
        ),
        migrations.CreateModel(
            name="WaveAuthor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("target_id", models.BigIntegerField(blank=True, null=True, verbose_name="dossier décidé")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="authors", to="waves.wave"
                    ),
                ),
            ],
            options={
                "verbose_name": "main mise à une vague",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("wave", "target_id", "person"),
                        name="an_author_is_noted_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(CREATE, DROP),
    ]
