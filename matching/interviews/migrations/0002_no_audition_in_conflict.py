"""A juror who stepped aside from a candidate cannot hold a live scorecard on them."""

from django.db import migrations

# Both sides lock the same row, the person's, before they look: of two sessions racing, one to assign and one
# to declare a conflict, the second sees the first.
CREATE = """
CREATE FUNCTION interviews_scorecard_no_sheet_for_the_recused() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    link interviews_scorecard := NEW;
    who bigint := (SELECT person_id FROM interviews_juror WHERE id = link.juror_id);
BEGIN
    PERFORM 1 FROM accounts_user WHERE id = who FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM evaluation_recusal
        WHERE person_id = who AND subject_type = 'candidates.application' AND subject_id = (SELECT application_id FROM interviews_audition WHERE id = link.audition_id)
    ) THEN
        RAISE EXCEPTION 'this person stepped aside from this object'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'interviews_scorecard_no_sheet_for_the_recused';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interviews_scorecard_no_sheet_for_the_recused BEFORE INSERT ON interviews_scorecard
    FOR EACH ROW EXECUTE FUNCTION interviews_scorecard_no_sheet_for_the_recused();

CREATE FUNCTION interviews_scorecard_recusal_empties_the_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.subject_type <> 'candidates.application' THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM accounts_user WHERE id = NEW.person_id FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM interviews_scorecard AS link JOIN evaluation_sheet AS sheet ON sheet.id = link.sheet_id
        WHERE (SELECT person_id FROM interviews_juror WHERE id = link.juror_id) = NEW.person_id AND (SELECT application_id FROM interviews_audition WHERE id = link.audition_id) = NEW.subject_id AND sheet.status = 'draft'
    ) THEN
        RAISE EXCEPTION 'this person still holds a sheet on this object'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'interviews_scorecard_recusal_empties_the_seat';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interviews_scorecard_recusal_empties_the_seat BEFORE INSERT ON evaluation_recusal
    FOR EACH ROW EXECUTE FUNCTION interviews_scorecard_recusal_empties_the_seat();
"""
DROP = """
DROP TRIGGER interviews_scorecard_recusal_empties_the_seat ON evaluation_recusal;
DROP FUNCTION interviews_scorecard_recusal_empties_the_seat();
DROP TRIGGER interviews_scorecard_no_sheet_for_the_recused ON interviews_scorecard;
DROP FUNCTION interviews_scorecard_no_sheet_for_the_recused();
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_auditions"), ("evaluation", "0002_signed_sheets_are_frozen")]
    operations = [migrations.RunSQL(CREATE, DROP)]
