"""A team never has more live offers than its project has seats; the team's row is locked to count."""

from django.db import migrations

CREATE = """
CREATE FUNCTION no_more_offers_than_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    seats bigint;
    live bigint;
BEGIN
    IF NEW.status NOT IN ('prepared', 'sent', 'accepted') THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM teams_team WHERE id = NEW.team_id FOR UPDATE;
    SELECT COALESCE(sum(position.seats), 0) INTO seats
        FROM projects_position AS position
        JOIN teams_team AS team ON team.project_id = position.project_id
        WHERE team.id = NEW.team_id;
    SELECT count(*) INTO live FROM teams_offer
        WHERE team_id = NEW.team_id AND status IN ('prepared', 'sent', 'accepted') AND id <> NEW.id;
    IF live + 1 > seats THEN
        RAISE EXCEPTION 'the team has no seat left' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER no_more_offers_than_seats BEFORE INSERT OR UPDATE OF status, team_id ON teams_offer
    FOR EACH ROW EXECUTE FUNCTION no_more_offers_than_seats();
"""
DROP = """
DROP TRIGGER no_more_offers_than_seats ON teams_offer;
DROP FUNCTION no_more_offers_than_seats();
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_scenarios_and_offers"), ("projects", "0001_projects")]
    operations = [migrations.RunSQL(CREATE, DROP)]
