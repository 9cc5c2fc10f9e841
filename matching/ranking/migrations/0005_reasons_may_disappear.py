"""The reason of a certified wish may disappear with its author; the wish itself never moves."""

from django.db import migrations

OPEN = """
DROP TRIGGER wishes_point_to_published_projects ON ranking_choice;
CREATE TRIGGER wishes_point_to_published_projects
    BEFORE INSERT OR DELETE OR UPDATE OF ranking_id, project_id, position
    ON ranking_choice FOR EACH ROW EXECUTE FUNCTION wishes_point_to_published_projects();

CREATE FUNCTION reasons_of_certified_wishes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reason <> OLD.reason
        AND current_setting('eig.erasing', true) IS DISTINCT FROM 'on'
        AND EXISTS (SELECT 1 FROM ranking_ranking WHERE id = NEW.ranking_id AND status = 'certified')
    THEN
        RAISE EXCEPTION 'the list is certified' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reasons_of_certified_wishes_stay BEFORE UPDATE OF reason ON ranking_choice
    FOR EACH ROW EXECUTE FUNCTION reasons_of_certified_wishes_stay();
"""
CLOSE = """
DROP TRIGGER reasons_of_certified_wishes_stay ON ranking_choice;
DROP FUNCTION reasons_of_certified_wishes_stay();
DROP TRIGGER wishes_point_to_published_projects ON ranking_choice;
CREATE TRIGGER wishes_point_to_published_projects BEFORE INSERT OR UPDATE OR DELETE ON ranking_choice
    FOR EACH ROW EXECUTE FUNCTION wishes_point_to_published_projects();
"""


class Migration(migrations.Migration):
    dependencies = [("ranking", "0004_certified_lists_are_whole")]
    operations = [migrations.RunSQL(OPEN, CLOSE)]
