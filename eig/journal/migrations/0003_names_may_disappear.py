"""One guarded path by which the journal forgets (decision 8): a name, or a row older than six months.

Only inside a transaction that said `eig.erasing`, and nothing but the label, the data and the actor may change.
"""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('eig.erasing', true) = 'on' THEN
        IF TG_OP = 'UPDATE' THEN
            IF (NEW.id, NEW.at, NEW.verb, NEW.record_type, NEW.record_id, NEW.promotion_id, NEW.request_id)
                IS NOT DISTINCT FROM
                (OLD.id, OLD.at, OLD.verb, OLD.record_type, OLD.record_id, OLD.promotion_id, OLD.request_id)
                AND (NEW.actor_id IS NULL OR NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id)
            THEN
                RETURN NEW;
            END IF;
        ELSIF TG_OP = 'DELETE' THEN
            IF OLD.at < now() - interval '6 months' THEN
                RETURN OLD;
            END IF;
        END IF;
    END IF;
    RAISE EXCEPTION 'the journal is append-only';
END $$;
"""
CLOSE = """
CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]
    operations = [migrations.RunSQL(GUARD, CLOSE)]
