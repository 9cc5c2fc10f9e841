"""The words of a signed sheet may disappear with the person they are about; its marks and its total never move."""

from django.db import migrations

OPEN = """
DROP TRIGGER marks_frozen_when_signed ON evaluation_mark;
CREATE TRIGGER marks_frozen_when_signed BEFORE INSERT OR DELETE OR UPDATE OF sheet_id, criterion_id, value
    ON evaluation_mark FOR EACH ROW EXECUTE FUNCTION marks_of_open_sheets_only();

CREATE FUNCTION appreciations_of_signed_sheets_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.appreciation <> OLD.appreciation
        AND current_setting('eig.erasing', true) IS DISTINCT FROM 'on'
        AND EXISTS (SELECT 1 FROM evaluation_sheet WHERE id = NEW.sheet_id AND status <> 'draft')
    THEN
        RAISE EXCEPTION 'the sheet is signed: its marks are frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER appreciations_frozen_when_signed BEFORE UPDATE OF appreciation ON evaluation_mark
    FOR EACH ROW EXECUTE FUNCTION appreciations_of_signed_sheets_stay();

CREATE OR REPLACE FUNCTION signed_sheets_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'draft' AND (
        NEW.status = 'draft' OR (OLD.status = 'recused' AND NEW.status <> 'recused')
        OR NEW.total IS DISTINCT FROM OLD.total
        OR (NEW.comment <> OLD.comment AND current_setting('eig.erasing', true) IS DISTINCT FROM 'on')
        OR NEW.verdict <> OLD.verdict OR NEW.evaluator_id <> OLD.evaluator_id OR NEW.grid_id <> OLD.grid_id
    ) THEN
        RAISE EXCEPTION 'the sheet is signed: it is frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
CLOSE = """
CREATE OR REPLACE FUNCTION signed_sheets_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
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
DROP TRIGGER appreciations_frozen_when_signed ON evaluation_mark;
DROP FUNCTION appreciations_of_signed_sheets_stay();
DROP TRIGGER marks_frozen_when_signed ON evaluation_mark;
CREATE TRIGGER marks_frozen_when_signed BEFORE INSERT OR UPDATE OR DELETE ON evaluation_mark
    FOR EACH ROW EXECUTE FUNCTION marks_of_open_sheets_only();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0003_anchors_made_clearer")]
    operations = [migrations.RunSQL(OPEN, CLOSE)]
