"""Minutes, once written, never change; what they speak of stays as it was: opinions, passages, places, seats.

The words of an opinion may disappear with the person they are about; the minutes keep their fingerprint.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION interviews_minutes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.content IS DISTINCT FROM OLD.content OR NEW.sha256 <> OLD.sha256
        OR NEW.panel_id <> OLD.panel_id OR NEW.frozen_at <> OLD.frozen_at OR NEW.code <> OLD.code
        OR (OLD.status = 'signed' AND NEW.status <> 'signed')
    THEN
        RAISE EXCEPTION 'minutes never change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interviews_minutes_stay BEFORE UPDATE OR DELETE ON interviews_minutes
    FOR EACH ROW EXECUTE FUNCTION interviews_minutes_stay();

CREATE FUNCTION interviews_signatures_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('eig.erasing', true) = 'on'
        AND NEW.minutes_id = OLD.minutes_id AND NEW.juror_id = OLD.juror_id AND NEW.signed_at = OLD.signed_at
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a signature is never taken back' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER interviews_signatures_stay BEFORE UPDATE OR DELETE ON interviews_minutessignature
    FOR EACH ROW EXECUTE FUNCTION interviews_signatures_stay();

-- Whether the panel where an audition is placed has its minutes. The panel is locked first: whoever writes
-- the minutes holds it, and whoever comes after them sees what they wrote.
CREATE FUNCTION interviews_has_minutes(audition bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
BEGIN
    SELECT slot.panel_id INTO place FROM interviews_audition
        JOIN interviews_slot AS slot ON slot.id = interviews_audition.slot_id
        WHERE interviews_audition.id = audition;
    IF place IS NULL THEN
        RETURN false;
    END IF;
    PERFORM 1 FROM interviews_panel WHERE id = place FOR SHARE;
    RETURN EXISTS (SELECT 1 FROM interviews_minutes WHERE panel_id = place);
END $$;

CREATE FUNCTION interviews_settled_rows_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    audition bigint;
BEGIN
    audition := CASE WHEN TG_OP = 'DELETE' THEN OLD.audition_id ELSE NEW.audition_id END;
    IF current_setting('eig.erasing', true) IS DISTINCT FROM 'on' AND interviews_has_minutes(audition) THEN
        RAISE EXCEPTION 'the minutes of this panel are written'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interviews_minutes_are_written';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER interviews_opinions_stay BEFORE INSERT OR UPDATE OR DELETE ON interviews_opinion
    FOR EACH ROW EXECUTE FUNCTION interviews_settled_rows_stay();
CREATE TRIGGER interviews_passages_stay BEFORE INSERT OR UPDATE OR DELETE ON interviews_passage
    FOR EACH ROW EXECUTE FUNCTION interviews_settled_rows_stay();

CREATE FUNCTION interviews_settled_places_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.slot_id IS DISTINCT FROM OLD.slot_id AND EXISTS (
        SELECT 1 FROM interviews_slot AS slot
        JOIN interviews_minutes AS minutes ON minutes.panel_id = slot.panel_id
        WHERE slot.id = NEW.slot_id OR slot.id = OLD.slot_id
    ) THEN
        RAISE EXCEPTION 'the minutes of this panel are written'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interviews_minutes_are_written';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interviews_places_stay BEFORE UPDATE OF slot_id ON interviews_audition
    FOR EACH ROW EXECUTE FUNCTION interviews_settled_places_stay();

CREATE FUNCTION interviews_settled_seats_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
BEGIN
    place := CASE WHEN TG_OP = 'DELETE' THEN OLD.panel_id ELSE NEW.panel_id END;
    IF EXISTS (SELECT 1 FROM interviews_minutes WHERE panel_id = place) THEN
        RAISE EXCEPTION 'the minutes of this panel are written'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interviews_minutes_are_written';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER interviews_seats_stay BEFORE INSERT OR UPDATE OR DELETE ON interviews_panelseat
    FOR EACH ROW EXECUTE FUNCTION interviews_settled_seats_stay();
"""
DROP = """
DROP TRIGGER interviews_seats_stay ON interviews_panelseat;
DROP FUNCTION interviews_settled_seats_stay();
DROP TRIGGER interviews_places_stay ON interviews_audition;
DROP FUNCTION interviews_settled_places_stay();
DROP TRIGGER interviews_passages_stay ON interviews_passage;
DROP TRIGGER interviews_opinions_stay ON interviews_opinion;
DROP FUNCTION interviews_settled_rows_stay();
DROP FUNCTION interviews_has_minutes(bigint);
DROP TRIGGER interviews_signatures_stay ON interviews_minutessignature;
DROP FUNCTION interviews_signatures_stay();
DROP TRIGGER interviews_minutes_stay ON interviews_minutes;
DROP FUNCTION interviews_minutes_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0008_the_jury_day")]
    operations = [migrations.RunSQL(CREATE, DROP)]
