"""The reason of a directive may disappear with the person it is about; the directive itself never moves."""

from django.db import migrations

OPEN = """
DROP TRIGGER directives_come_before_the_run ON teams_directive;
CREATE TRIGGER directives_come_before_the_run
    BEFORE INSERT OR DELETE OR UPDATE OF scenario_id, kind, application_id, project_id
    ON teams_directive FOR EACH ROW EXECUTE FUNCTION directives_come_before_the_run();

CREATE FUNCTION reasons_of_computed_directives_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reason <> OLD.reason
        AND current_setting('eig.erasing', true) IS DISTINCT FROM 'on'
        AND EXISTS (SELECT 1 FROM teams_scenario WHERE id = NEW.scenario_id AND status <> 'draft')
    THEN
        RAISE EXCEPTION 'this scenario is already computed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reasons_of_computed_directives_stay BEFORE UPDATE OF reason ON teams_directive
    FOR EACH ROW EXECUTE FUNCTION reasons_of_computed_directives_stay();
"""
CLOSE = """
DROP TRIGGER reasons_of_computed_directives_stay ON teams_directive;
DROP FUNCTION reasons_of_computed_directives_stay();
DROP TRIGGER directives_come_before_the_run ON teams_directive;
CREATE TRIGGER directives_come_before_the_run BEFORE INSERT OR UPDATE OR DELETE ON teams_directive
    FOR EACH ROW EXECUTE FUNCTION directives_come_before_the_run();
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0003_computed_scenarios_are_frozen")]
    operations = [migrations.RunSQL(OPEN, CLOSE)]
