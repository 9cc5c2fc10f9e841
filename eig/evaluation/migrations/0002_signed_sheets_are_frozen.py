"""A signed sheet keeps its marks: the database refuses any change but a recusal."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION marks_of_open_sheets_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state text;
BEGIN
    SELECT status INTO state FROM evaluation_sheet
        WHERE id = COALESCE(NEW.sheet_id, OLD.sheet_id) FOR SHARE;
    IF state IS NOT NULL AND state <> 'draft' THEN
        RAISE EXCEPTION 'the sheet is signed: its marks are frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER marks_frozen_when_signed BEFORE INSERT OR UPDATE OR DELETE ON evaluation_mark
    FOR EACH ROW EXECUTE FUNCTION marks_of_open_sheets_only();

CREATE FUNCTION signed_sheets_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'draft' AND (
        NEW.status = 'draft' OR (OLD.status = 'recused' AND NEW.status <> 'recused')
        OR NEW.total IS DISTINCT FROM OLD.total OR NEW.comment <> OLD.comment
        OR NEW.verdict <> OLD.verdict OR NEW.evaluator_id <> OLD.evaluator_id OR NEW.grid_id <> OLD.grid_id
    ) THEN
        RAISE EXCEPTION 'the sheet is signed: it is frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sheets_frozen_when_signed BEFORE UPDATE ON evaluation_sheet
    FOR EACH ROW EXECUTE FUNCTION signed_sheets_are_frozen();
"""
THAW = """
DROP TRIGGER sheets_frozen_when_signed ON evaluation_sheet;
DROP FUNCTION signed_sheets_are_frozen();
DROP TRIGGER marks_frozen_when_signed ON evaluation_mark;
DROP FUNCTION marks_of_open_sheets_only();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_grids_and_sheets")]
    operations = [migrations.RunSQL(FREEZE, THAW)]
