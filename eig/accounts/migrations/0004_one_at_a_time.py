from django.db import migrations

# An exclusion constraint looks for whoever is in the way once the row is in its index: two writers at the same
# instant each find the other and wait for one another, and PostgreSQL ends one of them as deadlocked. So who
# writes about the same room, juror or adviser waits for its turn before the row is written; the constraint then
# says no in words. The constraints of an app are seen to by one call, those that come later by another.
TAKE_TURN = """
    CREATE FUNCTION take_turn() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        whose text;
    BEGIN
        SELECT string_agg(to_jsonb(NEW) ->> name, '/') INTO whose FROM unnest(TG_ARGV) AS name;
        PERFORM pg_advisory_xact_lock(hashtextextended(TG_NAME || '/' || whose, 0));
        RETURN NEW;
    END
    $$
"""
ONE_AT_A_TIME = """
    CREATE FUNCTION one_at_a_time(app text) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        found record;
    BEGIN
        FOR found IN
            SELECT
                conrelid::regclass AS home,
                left('turn_' || conname, 63) AS name,
                string_agg(quote_ident(attname), ', ' ORDER BY place) AS columns,
                string_agg(quote_literal(attname), ', ' ORDER BY place) FILTER (WHERE oprname = '=') AS same
            FROM pg_constraint
                JOIN pg_class ON pg_class.oid = conrelid
                CROSS JOIN unnest(conkey, conexclop) WITH ORDINALITY AS part (number, operator, place)
                JOIN pg_attribute ON attrelid = conrelid AND attnum = part.number
                JOIN pg_operator ON pg_operator.oid = part.operator
            WHERE contype = 'x' AND relnamespace = current_schema()::regnamespace
                AND starts_with(relname, app || '_')
            GROUP BY conrelid, conname
        LOOP
            EXECUTE format(
                'CREATE OR REPLACE TRIGGER %I BEFORE INSERT OR UPDATE OF %s ON %s'
                ' FOR EACH ROW EXECUTE FUNCTION take_turn(%s)',
                found.name, found.columns, found.home, found.same
            );
        END LOOP;
    END
    $$
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_years_from_2000_to_2100")]

    operations = [
        migrations.RunSQL(TAKE_TURN, "DROP FUNCTION take_turn() CASCADE"),
        migrations.RunSQL(ONE_AT_A_TIME, "DROP FUNCTION one_at_a_time(text)"),
    ]
