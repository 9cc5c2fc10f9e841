"""Views and deeds on many rows belong to every list: their tables leave candidates, with their names and rows.

A row of a deed names its record by type and key, since lists of every step may have deeds. What was kept of
the list of applications says so, in the journal too.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
ALTER TABLE candidates_savedview ADD COLUMN listing varchar(40) NOT NULL DEFAULT 'candidatures';
ALTER TABLE candidates_savedview ALTER COLUMN listing DROP DEFAULT;
ALTER TABLE candidates_savedview DROP CONSTRAINT one_application_view_per_name;
ALTER TABLE candidates_savedview
    ADD CONSTRAINT one_list_view_per_name UNIQUE (promotion_id, listing, owner_id, name);

ALTER TABLE candidates_bulkdeed ADD COLUMN listing varchar(40) NOT NULL DEFAULT 'candidatures';
ALTER TABLE candidates_bulkdeed ALTER COLUMN listing DROP DEFAULT;

DO $$
DECLARE
    found text;
BEGIN
    FOR found IN
        SELECT conname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)
        WHERE conrelid = 'candidates_bulkrow'::regclass AND contype = 'f' AND attname = 'application_id'
    LOOP
        EXECUTE format('ALTER TABLE candidates_bulkrow DROP CONSTRAINT %I', found);
    END LOOP;
    FOR found IN
        SELECT indexrelid::regclass::text FROM pg_index
        JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
        WHERE indrelid = 'candidates_bulkrow'::regclass AND indnatts = 1 AND NOT indisunique
            AND attname = 'application_id'
    LOOP
        EXECUTE format('DROP INDEX %s', found);
    END LOOP;
END $$;
ALTER TABLE candidates_bulkrow RENAME COLUMN application_id TO record_id;
ALTER TABLE candidates_bulkrow ADD COLUMN record_type varchar(60) NOT NULL DEFAULT 'candidates.application';
ALTER TABLE candidates_bulkrow ALTER COLUMN record_type DROP DEFAULT;
CREATE INDEX bulk_row_by_record ON candidates_bulkrow (record_type, record_id);

UPDATE django_content_type SET app_label = 'listing'
    WHERE app_label = 'candidates' AND model IN ('savedview', 'bulkdeed', 'bulkrow');
ALTER TABLE journal_entry DISABLE TRIGGER USER;
UPDATE journal_entry SET record_type = 'listing.bulkdeed' WHERE record_type = 'candidates.bulkdeed';
ALTER TABLE journal_entry ENABLE TRIGGER USER;
"""

# Deeds and views of other lists have no place in the former tables.
BACK = """
DELETE FROM candidates_savedview WHERE listing <> 'candidatures';
ALTER TABLE candidates_savedview DROP CONSTRAINT one_list_view_per_name;
ALTER TABLE candidates_savedview
    ADD CONSTRAINT one_application_view_per_name UNIQUE (promotion_id, owner_id, name);
ALTER TABLE candidates_savedview DROP COLUMN listing;

DELETE FROM candidates_bulkrow WHERE record_type <> 'candidates.application'
    OR record_id NOT IN (SELECT id FROM candidates_application);
DELETE FROM candidates_bulkdeed WHERE listing <> 'candidatures';
ALTER TABLE candidates_bulkdeed DROP COLUMN listing;
DROP INDEX bulk_row_by_record;
ALTER TABLE candidates_bulkrow DROP COLUMN record_type;
ALTER TABLE candidates_bulkrow RENAME COLUMN record_id TO application_id;
CREATE INDEX candidates_bulkrow_application_id ON candidates_bulkrow (application_id);
ALTER TABLE candidates_bulkrow ADD CONSTRAINT candidates_bulkrow_application_fk
    FOREIGN KEY (application_id) REFERENCES candidates_application (id) DEFERRABLE INITIALLY DEFERRED;

UPDATE django_content_type SET app_label = 'candidates'
    WHERE app_label = 'listing' AND model IN ('savedview', 'bulkdeed', 'bulkrow');
ALTER TABLE journal_entry DISABLE TRIGGER USER;
UPDATE journal_entry SET record_type = 'candidates.bulkdeed' WHERE record_type = 'listing.bulkdeed';
ALTER TABLE journal_entry ENABLE TRIGGER USER;
"""

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("candidates", "0006_corrections"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("journal", "0003_names_may_disappear"),
        ("promotions", "0001_promotions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARD, BACK)],
            state_operations=[
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        ("id", ID),
                        ("listing", models.CharField(max_length=40, verbose_name="liste")),
                        ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=60, verbose_name="nom de la vue")),
                        ("query", models.CharField(blank=True, max_length=1000)),
                        (
                            "is_shared",
                            models.BooleanField(default=False, verbose_name="visible de toute l’équipe"),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="list_views",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "promotion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="list_views",
                                to="promotions.promotion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vue enregistrée",
                        "db_table": "candidates_savedview",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("promotion", "listing", "owner", "name"),
                                name="one_list_view_per_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulkDeed",
                    fields=[
                        ("id", ID),
                        ("listing", models.CharField(max_length=40, verbose_name="liste")),
                        ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("kind", models.CharField(max_length=12, verbose_name="geste")),
                        ("given", models.JSONField(default=dict)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "applied_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="appliqué le"),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "promotion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bulk_deeds",
                                to="promotions.promotion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "geste en nombre",
                        "db_table": "candidates_bulkdeed",
                        "indexes": [
                            models.Index(fields=["promotion", "-asked_at"], name="bulk_by_promotion")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulkRow",
                    fields=[
                        ("id", ID),
                        ("record_type", models.CharField(max_length=60)),
                        ("record_id", models.BigIntegerField()),
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
                        (
                            "bulk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="listing.bulkdeed",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ligne d’un geste en nombre",
                        "db_table": "candidates_bulkrow",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("bulk", "record_id"), name="a_bulk_deed_counts_each_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "pending"), ("settled_at__isnull", False), _connector="OR"
                                ),
                                name="settled_bulk_rows_are_dated",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["record_type", "record_id"], name="bulk_row_by_record")
                        ],
                    },
                ),
            ],
        )
    ]
