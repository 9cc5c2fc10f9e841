"""What was computed stays as it was: inputs, answer and verdict of a scenario, its directives, the draw's seed."""

from django.db import migrations

CREATE = """
CREATE FUNCTION computed_scenarios_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'draft' AND (
        TG_OP = 'DELETE'
        OR NEW.status = 'draft'
        OR (NEW.instance, NEW.instance_sha256, NEW.result, NEW.result_sha256, NEW.verdict, NEW.enforce_minimum)
            IS DISTINCT FROM
            (OLD.instance, OLD.instance_sha256, OLD.result, OLD.result_sha256, OLD.verdict, OLD.enforce_minimum)
    ) THEN
        RAISE EXCEPTION 'a computed scenario is frozen' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER computed_scenarios_are_frozen BEFORE UPDATE OR DELETE ON teams_scenario
    FOR EACH ROW EXECUTE FUNCTION computed_scenarios_are_frozen();

CREATE FUNCTION directives_come_before_the_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state text;
BEGIN
    SELECT status INTO state FROM teams_scenario
        WHERE id = COALESCE(NEW.scenario_id, OLD.scenario_id) FOR SHARE;
    IF state IS DISTINCT FROM 'draft' THEN
        RAISE EXCEPTION 'this scenario is already computed' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER directives_come_before_the_run BEFORE INSERT OR UPDATE OR DELETE ON teams_directive
    FOR EACH ROW EXECUTE FUNCTION directives_come_before_the_run();

CREATE FUNCTION a_sealed_seed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR (NEW.promotion_id, NEW.seed, NEW.commitment, NEW.committed_at)
            IS DISTINCT FROM (OLD.promotion_id, OLD.seed, OLD.commitment, OLD.committed_at)
        OR (OLD.revealed_at IS NOT NULL AND NEW.revealed_at IS DISTINCT FROM OLD.revealed_at)
    THEN
        RAISE EXCEPTION 'a sealed draw stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_sealed_seed_stays BEFORE UPDATE OR DELETE ON teams_draw
    FOR EACH ROW EXECUTE FUNCTION a_sealed_seed_stays();
"""
DROP = """
DROP TRIGGER a_sealed_seed_stays ON teams_draw;
DROP FUNCTION a_sealed_seed_stays();
DROP TRIGGER directives_come_before_the_run ON teams_directive;
DROP FUNCTION directives_come_before_the_run();
DROP TRIGGER computed_scenarios_are_frozen ON teams_scenario;
DROP FUNCTION computed_scenarios_are_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0002_no_more_offers_than_seats")]
    operations = [migrations.RunSQL(CREATE, DROP)]
