"""A wish points to a published project of the same promotion, within the number of wishes allowed.

A certified list is frozen until it is opened again. The project's row is locked, so that a wish
and a withdrawal of the project cannot cross.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION wishes_point_to_published_projects() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    list_status text;
    list_promotion bigint;
    most smallint;
    project_status text;
    project_promotion bigint;
BEGIN
    SELECT ranking.status, application.promotion_id, promotion.wishes_max
        INTO list_status, list_promotion, most
        FROM ranking_ranking AS ranking
        JOIN candidates_application AS application ON application.id = ranking.application_id
        JOIN promotions_promotion AS promotion ON promotion.id = application.promotion_id
        WHERE ranking.id = COALESCE(NEW.ranking_id, OLD.ranking_id) FOR SHARE OF ranking;
    IF list_status = 'certified' THEN
        RAISE EXCEPTION 'the list is certified' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT status, promotion_id INTO project_status, project_promotion
        FROM projects_project WHERE id = NEW.project_id FOR SHARE;
    IF project_status <> 'published' OR project_promotion <> list_promotion THEN
        RAISE EXCEPTION 'a wish points to a published project of the same promotion'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.position > most THEN
        RAISE EXCEPTION 'too many wishes for this promotion' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER wishes_point_to_published_projects BEFORE INSERT OR UPDATE OR DELETE ON ranking_choice
    FOR EACH ROW EXECUTE FUNCTION wishes_point_to_published_projects();
"""
DROP = """
DROP TRIGGER wishes_point_to_published_projects ON ranking_choice;
DROP FUNCTION wishes_point_to_published_projects();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ranking", "0001_wishes"),
        ("projects", "0002_no_reading_in_conflict"),
        ("promotions", "0001_promotions"),
    ]
    operations = [migrations.RunSQL(CREATE, DROP)]
