"""The hours of a panel may change until one of its cards is signed: its seats follow, its slots move along.

A seat follows its panel by a foreign key, as in the juries of projects; that slots lie within their panel, and
that auditions last as their slot, is judged when the transaction ends.
"""

import django.contrib.postgres.constraints
import django.db.models.constraints
from django.db import migrations, models

NEVER = """
DROP TRIGGER hours_of_slots_never_change ON interviews_slot;
DROP TRIGGER hours_of_panels_never_change ON interviews_panel;
DROP FUNCTION hours_never_change();
DROP TRIGGER auditions_last_as_their_slot ON interviews_audition;
DROP FUNCTION auditions_last_as_their_slot();
DROP TRIGGER seats_last_as_their_panel ON interviews_panelseat;
DROP FUNCTION seats_last_as_their_panel();
"""
AS_BEFORE = """
CREATE FUNCTION seats_last_as_their_panel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.during IS DISTINCT FROM (SELECT during FROM interviews_panel WHERE id = NEW.panel_id) THEN
        RAISE EXCEPTION 'a seat lasts as long as its panel' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seats_last_as_their_panel BEFORE INSERT OR UPDATE ON interviews_panelseat
    FOR EACH ROW EXECUTE FUNCTION seats_last_as_their_panel();

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
FOLLOW = """
ALTER TABLE interviews_panelseat ADD CONSTRAINT seats_last_as_their_panel
    FOREIGN KEY (panel_id, during) REFERENCES interviews_panel (id, during) ON UPDATE CASCADE;
ALTER TABLE interviews_audition ADD CONSTRAINT auditions_last_as_their_slot
    FOREIGN KEY (slot_id, during) REFERENCES interviews_slot (id, during) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION interviews_slots_follow_their_panel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM interviews_slot AS slot
        JOIN interviews_panel AS panel ON panel.id = slot.panel_id
        WHERE NOT slot.during <@ panel.during
        AND CASE TG_TABLE_NAME WHEN 'interviews_slot' THEN slot.id = NEW.id ELSE panel.id = NEW.id END
    ) THEN
        RAISE EXCEPTION 'a slot lies within the hours of its panel'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'slots_lie_within_their_panel';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER slots_follow_their_panel AFTER UPDATE OF during ON interviews_slot
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION interviews_slots_follow_their_panel();
CREATE CONSTRAINT TRIGGER panels_hold_their_slots AFTER UPDATE OF during ON interviews_panel
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION interviews_slots_follow_their_panel();

CREATE FUNCTION interviews_hours_once_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    jury bigint := CASE TG_TABLE_NAME WHEN 'interviews_slot' THEN
        (to_jsonb(OLD) ->> 'panel_id')::bigint ELSE OLD.id END;
BEGIN
    IF TG_TABLE_NAME = 'interviews_slot' AND to_jsonb(NEW) ->> 'panel_id' <> to_jsonb(OLD) ->> 'panel_id' THEN
        RAISE EXCEPTION 'a slot never leaves its panel' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM interviews_minutes WHERE panel_id = jury) OR EXISTS (
        SELECT 1 FROM interviews_scorecard AS card
        JOIN evaluation_sheet AS sheet ON sheet.id = card.sheet_id
        JOIN interviews_audition AS audition ON audition.id = card.audition_id
        JOIN interviews_slot AS slot ON slot.id = audition.slot_id
        WHERE slot.panel_id = jury AND sheet.status = 'signed'
    ) THEN
        RAISE EXCEPTION 'the hours of a panel never change once a card is signed'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hours_of_signed_panels_stay BEFORE UPDATE ON interviews_panel
    FOR EACH ROW WHEN (NEW.during <> OLD.during) EXECUTE FUNCTION interviews_hours_once_signed();
CREATE TRIGGER hours_of_signed_slots_stay BEFORE UPDATE ON interviews_slot
    FOR EACH ROW WHEN (NEW.during <> OLD.during OR NEW.panel_id <> OLD.panel_id)
    EXECUTE FUNCTION interviews_hours_once_signed();
"""
NO_LONGER = """
DROP TRIGGER hours_of_signed_slots_stay ON interviews_slot;
DROP TRIGGER hours_of_signed_panels_stay ON interviews_panel;
DROP FUNCTION interviews_hours_once_signed();
DROP TRIGGER panels_hold_their_slots ON interviews_panel;
DROP TRIGGER slots_follow_their_panel ON interviews_slot;
DROP FUNCTION interviews_slots_follow_their_panel();
ALTER TABLE interviews_audition DROP CONSTRAINT auditions_last_as_their_slot;
ALTER TABLE interviews_panelseat DROP CONSTRAINT seats_last_as_their_panel;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0009_views_and_deeds_are_for_every_list"),
        ("evaluation", "0004_frozen_words_may_disappear"),
        ("interviews", "0012_plan_error_like_every_job"),
        ("projects", "0010_one_reading_for_both_calls"),
        ("promotions", "0005_waves_leave"),
    ]

    operations = [
        migrations.RenameField(model_name="juror", old_name="type", new_name="kind"),
        migrations.RunSQL(NEVER, AS_BEFORE),
        migrations.RemoveConstraint(model_name="slot", name="slots_of_a_panel_do_not_overlap"),
        migrations.AddConstraint(
            model_name="slot",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable.IMMEDIATE,
                expressions=[("panel", "="), ("during", "&&")],
                name="slots_of_a_panel_do_not_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="panel",
            constraint=models.UniqueConstraint(fields=("id", "during"), name="hours_of_a_panel"),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(fields=("id", "during"), name="hours_of_a_slot"),
        ),
        migrations.RunSQL(FOLLOW, NO_LONGER),
    ]
