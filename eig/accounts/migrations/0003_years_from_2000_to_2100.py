from django.db import migrations

# A year typed in two figures, or one digit too many, is no day of a promotion: one wave of the year 1 closed
# every page that showed it. The tables of an app are bounded by one call, those that come later by another;
# what is stored outside goes to the nearest bound. A day on each side, for hours are kept in UTC.
BOUND_YEARS = """
    CREATE FUNCTION bound_years(app text) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        found record;
        bounds text;
        inside text;
        brought text;
        is_outside boolean;
    BEGIN
        FOR found IN
            SELECT
                tables.oid::regclass AS home,
                quote_ident(attname) AS name,
                atttypid::regtype::text AS kind,
                attname || '_between_2000_and_2100' AS rule
            FROM pg_class AS tables JOIN pg_attribute ON attrelid = tables.oid
            WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
                AND starts_with(relname, app || '_') AND attnum > 0 AND NOT attisdropped
                AND atttypid IN ('date'::regtype, 'timestamptz'::regtype, 'tstzrange'::regtype)
                AND NOT EXISTS (
                    SELECT FROM pg_constraint
                    WHERE conrelid = tables.oid AND conname = attname || '_between_2000_and_2100'
                )
            ORDER BY tables.oid, attnum
        LOOP
            IF found.kind = 'tstzrange' THEN
                bounds := 'tstzrange(''1999-12-31 00:00+00'', ''2101-01-02 00:00+00'')';
                inside := format('%s <@ %s', found.name, bounds);
                brought := format('%s * %s', found.name, bounds);
            ELSIF found.kind = 'date' THEN
                inside := format('%s BETWEEN date ''2000-01-01'' AND date ''2100-12-31''', found.name);
                brought := format(
                    'LEAST(GREATEST(%s, date ''2000-01-01''), date ''2100-12-31'')', found.name
                );
            ELSE
                inside := format(
                    '%s BETWEEN timestamptz ''1999-12-31 00:00+00'' AND timestamptz ''2101-01-01 23:59+00''',
                    found.name
                );
                brought := format(
                    'LEAST(GREATEST(%s, timestamptz ''2000-01-01 00:00+00''), timestamptz ''2100-12-31 00:00+00'')',
                    found.name
                );
            END IF;
            EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE NOT %s)', found.home, inside) INTO is_outside;
            IF is_outside THEN
                EXECUTE format('UPDATE %s SET %s = %s WHERE NOT %s', found.home, found.name, brought, inside);
            END IF;
            EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (%s)', found.home, found.rule, inside);
        END LOOP;
    END
    $$
"""
FORGET = "DROP FUNCTION bound_years(text)"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_french_order")]

    operations = [
        migrations.RunSQL(BOUND_YEARS, FORGET),
        # On the way back the bounds stay: what was written under them is still true.
        migrations.RunSQL("SELECT bound_years('accounts')", migrations.RunSQL.noop),
    ]
