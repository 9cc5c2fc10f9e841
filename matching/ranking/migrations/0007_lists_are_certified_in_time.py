"""A list is certified while the ranking is open, or within the delay given to adjust it; never after.

The instant written is judged, then the clock of the database (or of the rehearsal): a minute is left to the
transaction that was admitted at the last second.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION lists_are_certified_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    opens timestamptz;
    ends timestamptz;
    clock timestamptz;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status = 'certified'
        AND OLD.certified_at = NEW.certified_at AND OLD.content_sha256 = NEW.content_sha256
    THEN
        RETURN NEW;
    END IF;
    SELECT phase.opens_at, LEAST(phase.closes_at, COALESCE(phase.closed_at, phase.closes_at)),
            COALESCE(promotion.rehearsal_clock, clock_timestamp())
        INTO opens, ends, clock
        FROM candidates_application AS application
        JOIN promotions_promotion AS promotion ON promotion.id = application.promotion_id
        JOIN promotions_phase AS phase ON phase.promotion_id = promotion.id AND phase.kind = 'ranking'
        WHERE application.id = NEW.application_id;
    IF NOT FOUND OR NEW.certified_at < opens THEN
        RAISE EXCEPTION 'a list is certified while the ranking is open' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.certified_at > ends AND NOT EXISTS (
        SELECT 1 FROM ranking_adjustment
            WHERE ranking_id = NEW.id AND NEW.certified_at <= until
    ) OR NEW.certified_at <= ends AND clock > ends + interval '1 minute' AND NOT EXISTS (
        SELECT 1 FROM ranking_adjustment WHERE ranking_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'a list is certified before the deadline' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lists_are_certified_in_time BEFORE INSERT OR UPDATE ON ranking_ranking
    FOR EACH ROW WHEN (NEW.status = 'certified') EXECUTE FUNCTION lists_are_certified_in_time();
"""
DROP = """
DROP TRIGGER lists_are_certified_in_time ON ranking_ranking;
DROP FUNCTION lists_are_certified_in_time();
"""


class Migration(migrations.Migration):
    dependencies = [("ranking", "0006_adjustments_and_bookmarks"), ("promotions", "0001_promotions")]
    operations = [migrations.RunSQL(CREATE, DROP)]
