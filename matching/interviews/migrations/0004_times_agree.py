"""The times that are repeated agree: a seat with its panel, a slot within its panel, an audition with its slot.

The times of a panel and of a slot never change once written: others are created instead. Exclusion constraints
compare the repeated columns; this makes what they compare true.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION seats_last_as_their_panel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.during IS DISTINCT FROM (SELECT during FROM interviews_panel WHERE id = NEW.panel_id) THEN
        RAISE EXCEPTION 'a seat lasts as long as its panel' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seats_last_as_their_panel BEFORE INSERT OR UPDATE ON interviews_panelseat
    FOR EACH ROW EXECUTE FUNCTION seats_last_as_their_panel();

CREATE FUNCTION slots_lie_within_their_panel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT NEW.during <@ (SELECT during FROM interviews_panel WHERE id = NEW.panel_id) THEN
        RAISE EXCEPTION 'a slot lies within the hours of its panel' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER slots_lie_within_their_panel BEFORE INSERT ON interviews_slot
    FOR EACH ROW EXECUTE FUNCTION slots_lie_within_their_panel();

CREATE FUNCTION auditions_last_as_their_slot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.slot_id IS NOT NULL AND NEW.during IS DISTINCT FROM (
        SELECT during FROM interviews_slot WHERE id = NEW.slot_id
    ) THEN
        RAISE EXCEPTION 'an audition lasts as long as its slot' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER auditions_last_as_their_slot BEFORE INSERT OR UPDATE ON interviews_audition
    FOR EACH ROW EXECUTE FUNCTION auditions_last_as_their_slot();

CREATE FUNCTION hours_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the hours of a panel or a slot never change' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER hours_of_panels_never_change BEFORE UPDATE ON interviews_panel
    FOR EACH ROW WHEN (NEW.during <> OLD.during) EXECUTE FUNCTION hours_never_change();
CREATE TRIGGER hours_of_slots_never_change BEFORE UPDATE ON interviews_slot
    FOR EACH ROW WHEN (NEW.during <> OLD.during OR NEW.panel_id <> OLD.panel_id)
    EXECUTE FUNCTION hours_never_change();
"""
DROP = """
DROP TRIGGER hours_of_slots_never_change ON interviews_slot;
DROP TRIGGER hours_of_panels_never_change ON interviews_panel;
DROP FUNCTION hours_never_change();
DROP TRIGGER auditions_last_as_their_slot ON interviews_audition;
DROP FUNCTION auditions_last_as_their_slot();
DROP TRIGGER slots_lie_within_their_panel ON interviews_slot;
DROP FUNCTION slots_lie_within_their_panel();
DROP TRIGGER seats_last_as_their_panel ON interviews_panelseat;
DROP FUNCTION seats_last_as_their_panel();
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0003_told_needs_and_links")]
    operations = [migrations.RunSQL(CREATE, DROP)]
