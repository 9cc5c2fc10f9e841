"""The hours of seats are those of their jury, and follow them; hearings lie within them.

Exclusion constraints compare the repeated hours; this makes what they compare true. The second promise is judged
when the transaction ends: a jury and its hearings move together.
"""

from django.db import migrations

CREATE = """
ALTER TABLE projects_hearingseat ADD CONSTRAINT seats_last_as_their_project_jury
    FOREIGN KEY (group_id, during) REFERENCES projects_hearinggroup (id, during) ON UPDATE CASCADE;

CREATE FUNCTION projects_hearings_lie_within_their_jury() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM projects_hearing AS hearing
        JOIN projects_hearinggroup AS jury ON jury.id = hearing.group_id
        WHERE hearing.status <> 'cancelled' AND NOT hearing.during <@ jury.during
        AND CASE TG_TABLE_NAME WHEN 'projects_hearing' THEN hearing.id = NEW.id ELSE jury.id = NEW.id END
    ) THEN
        RAISE EXCEPTION 'a hearing lies within the hours of its jury'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hearings_lie_within_their_jury';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hearings_lie_within_their_jury AFTER INSERT OR UPDATE ON projects_hearing
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION projects_hearings_lie_within_their_jury();
CREATE CONSTRAINT TRIGGER juries_hold_their_hearings AFTER UPDATE OF during ON projects_hearinggroup
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION projects_hearings_lie_within_their_jury();
"""
DROP = """
DROP TRIGGER juries_hold_their_hearings ON projects_hearinggroup;
DROP TRIGGER hearings_lie_within_their_jury ON projects_hearing;
DROP FUNCTION projects_hearings_lie_within_their_jury();
ALTER TABLE projects_hearingseat DROP CONSTRAINT seats_last_as_their_project_jury;
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_hearings_conditions_proposals_imports")]
    operations = [migrations.RunSQL(CREATE, DROP)]
