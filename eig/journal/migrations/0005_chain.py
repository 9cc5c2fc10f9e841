"""Entries are chained by hash, and forgotten through three functions alone (decision 18).

The application's own account may add entries and read them; whatever else happens to the journal happens in
functions that belong to the owner of the tables, and each leaves a link in the chain.
"""

import django.contrib.postgres.functions
from django.db import migrations, models

CHAIN = """
-- What an entry says, as one number. The salt goes with what is forgotten: nobody can guess it from the number.
CREATE FUNCTION journal_digest(e journal_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        e.id, extract(epoch FROM e.at), e.actor_id, e.verb, e.record_type, e.record_id, e.record_label,
        e.promotion_id, e.data, e.request_id, e.salt)::text, 'UTF8'))
$$;
CREATE FUNCTION journal_hash(previous bytea, rank bigint, entry bigint, kind text, digest bytea)
RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(coalesce(previous, ''::bytea) || convert_to(concat_ws('|', rank, entry, kind,
        encode(digest, 'hex')), 'UTF8'))
$$;

-- One link for each entry, at once. The order of the chain is drawn later: who writes waits for nobody.
CREATE FUNCTION journal_entries_are_linked() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO journal_link (entry_id, kind, digest)
    SELECT e.id, 'written', journal_digest(e) FROM journal_entry e
    WHERE e.id IN (SELECT id FROM added) ORDER BY e.id;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_entries_are_linked AFTER INSERT ON journal_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal_entries_are_linked();

-- Says how many it sealed, a batch at most: a long backlog is sealed by several calls.
CREATE FUNCTION journal_seal(batch integer) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    link record;
    reached bigint;
    previous bytea;
    sealed integer := 0;
BEGIN
    -- One at a time; the next statement sees what the former one committed.
    PERFORM pg_advisory_xact_lock(hashtext('journal_seal'));
    SELECT l.rank, l.hash INTO reached, previous FROM journal_link l
        WHERE l.rank IS NOT NULL ORDER BY l.rank DESC LIMIT 1;
    reached := coalesce(reached, 0);
    FOR link IN SELECT * FROM journal_link l WHERE l.rank IS NULL ORDER BY l.id LIMIT batch LOOP
        reached := reached + 1;
        sealed := sealed + 1;
        previous := journal_hash(previous, reached, link.entry_id, link.kind, link.digest);
        UPDATE journal_link l SET rank = reached, hash = previous WHERE l.id = link.id;
    END LOOP;
    RETURN sealed;
END $$;

-- The salt changes with the words: the former digest, which stays in the chain, tells nothing any more.
CREATE FUNCTION journal_redact_records(kind text, keys bigint[], without_actor bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH redacted AS (
        UPDATE journal_entry SET record_label = '(effacé)', salt = gen_random_uuid(),
            actor_id = CASE WHEN actor_id = without_actor THEN NULL ELSE actor_id END
        WHERE record_type = kind AND record_id = ANY(keys) RETURNING journal_entry AS e
    ), linked AS (
        INSERT INTO journal_link (entry_id, kind, digest)
        SELECT (e).id, 'redacted', journal_digest(e) FROM redacted ORDER BY (e).id RETURNING 1
    )
    SELECT count(*) FROM linked
$$;
CREATE FUNCTION journal_redact_words(pattern text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH redacted AS (
        UPDATE journal_entry SET salt = gen_random_uuid(),
            record_label = regexp_replace(record_label, pattern, '(effacé)', 'gi'),
            data = regexp_replace(data::text, pattern, '(effacé)', 'gi')::jsonb
        WHERE record_label ~* pattern OR data::text ~* pattern RETURNING journal_entry AS e
    ), linked AS (
        INSERT INTO journal_link (entry_id, kind, digest)
        SELECT (e).id, 'redacted', journal_digest(e) FROM redacted ORDER BY (e).id RETURNING 1
    )
    SELECT count(*) FROM linked
$$;
CREATE FUNCTION journal_forget(keys bigint[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH gone AS (DELETE FROM journal_entry WHERE id = ANY(keys) RETURNING id),
    linked AS (
        INSERT INTO journal_link (entry_id, kind) SELECT id, 'forgotten' FROM gone ORDER BY id RETURNING 1
    )
    SELECT count(*) FROM linked
$$;

INSERT INTO journal_link (entry_id, kind, digest)
SELECT e.id, 'written', journal_digest(e) FROM journal_entry e ORDER BY e.id;
"""
NO_CHAIN = """
DROP FUNCTION journal_forget(bigint[]);
DROP FUNCTION journal_redact_words(text);
DROP FUNCTION journal_redact_records(text, bigint[], bigint);
DROP FUNCTION journal_seal(integer);
DROP TRIGGER journal_entries_are_linked ON journal_entry;
DROP FUNCTION journal_entries_are_linked();
DROP FUNCTION journal_hash(bytea, bigint, bigint, text, bytea);
DROP FUNCTION journal_digest(journal_entry);
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_years_from_2000_to_2100")]

    operations = [
        migrations.AddField(
            "entry",
            "salt",
            models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False),
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry_id", models.BigIntegerField(db_index=True)),
                ("kind", models.CharField(max_length=10)),
                ("digest", models.BinaryField(null=True)),
                ("rank", models.BigIntegerField(null=True, unique=True)),
                ("hash", models.BinaryField(null=True)),
            ],
            options={
                "verbose_name": "maillon du journal",
                "verbose_name_plural": "maillons du journal",
                "indexes": [
                    models.Index(
                        fields=["id"], name="link_not_sealed", condition=models.Q(("rank__isnull", True))
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="vérifié le")),
                ("rank", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
            options={"verbose_name": "tête du journal", "verbose_name_plural": "têtes du journal"},
        ),
        migrations.RunSQL("SELECT bound_years('journal')", migrations.RunSQL.noop),
        migrations.RunSQL(CHAIN, NO_CHAIN),
    ]
