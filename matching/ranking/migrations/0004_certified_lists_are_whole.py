"""A certified list belongs to a preselected person, has its wishes from 1 without a hole, all on published projects.

A snapshot is never changed.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION certified_lists_are_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wishes integer;
    last smallint;
    published integer;
    person_status text;
BEGIN
    SELECT status INTO person_status FROM candidates_application WHERE id = NEW.application_id FOR SHARE;
    IF person_status <> 'shortlisted' THEN
        RAISE EXCEPTION 'only a preselected person certifies wishes' USING ERRCODE = 'check_violation';
    END IF;
    SELECT count(*), max(choice.position), count(*) FILTER (WHERE project.status = 'published')
        INTO wishes, last, published
        FROM ranking_choice AS choice JOIN projects_project AS project ON project.id = choice.project_id
        WHERE choice.ranking_id = NEW.id;
    IF wishes = 0 OR last <> wishes OR published <> wishes THEN
        RAISE EXCEPTION 'a certified list has wishes, without a hole, on published projects'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certified_lists_are_whole BEFORE INSERT OR UPDATE ON ranking_ranking
    FOR EACH ROW WHEN (NEW.status = 'certified') EXECUTE FUNCTION certified_lists_are_whole();

CREATE FUNCTION snapshots_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a snapshot of the wishes never changes' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER snapshots_never_change BEFORE UPDATE ON ranking_snapshot
    FOR EACH ROW EXECUTE FUNCTION snapshots_never_change();
"""
DROP = """
DROP TRIGGER snapshots_never_change ON ranking_snapshot;
DROP FUNCTION snapshots_never_change();
DROP TRIGGER certified_lists_are_whole ON ranking_ranking;
DROP FUNCTION certified_lists_are_whole();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ranking", "0003_snapshots"),
        ("candidates", "0001_applications"),
        ("projects", "0001_projects"),
    ]
    operations = [migrations.RunSQL(CREATE, DROP)]
