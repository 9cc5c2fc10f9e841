"""A juror tied to a project cannot hold a live scorecard for it, whichever of the two comes second.

Both sides lock the juror's person before they look (design rule J1), as for the recusals from a candidate.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION interviews_no_card_for_the_tied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM accounts_user
    WHERE id = (SELECT person_id FROM interviews_juror WHERE id = NEW.juror_id) FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM interviews_tie AS tie
        JOIN interviews_audition AS audition ON audition.project_id = tie.project_id
        WHERE tie.juror_id = NEW.juror_id AND audition.id = NEW.audition_id
    ) THEN
        RAISE EXCEPTION 'this juror is tied to the project'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'interviews_no_card_for_the_tied';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interviews_no_card_for_the_tied BEFORE INSERT ON interviews_scorecard
    FOR EACH ROW EXECUTE FUNCTION interviews_no_card_for_the_tied();

CREATE FUNCTION interviews_a_tie_empties_the_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM accounts_user
    WHERE id = (SELECT person_id FROM interviews_juror WHERE id = NEW.juror_id) FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM interviews_scorecard AS card
        JOIN interviews_audition AS audition ON audition.id = card.audition_id
        JOIN evaluation_sheet AS sheet ON sheet.id = card.sheet_id
        WHERE card.juror_id = NEW.juror_id AND audition.project_id = NEW.project_id AND sheet.status = 'draft'
    ) THEN
        RAISE EXCEPTION 'this juror still holds a card for the project'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'interviews_a_tie_empties_the_seat';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER interviews_a_tie_empties_the_seat BEFORE INSERT OR UPDATE ON interviews_tie
    FOR EACH ROW EXECUTE FUNCTION interviews_a_tie_empties_the_seat();
"""
DROP = """
DROP TRIGGER interviews_a_tie_empties_the_seat ON interviews_tie;
DROP FUNCTION interviews_a_tie_empties_the_seat();
DROP TRIGGER interviews_no_card_for_the_tied ON interviews_scorecard;
DROP FUNCTION interviews_no_card_for_the_tied();
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0006_a_week_its_answers_and_plans")]
    operations = [migrations.RunSQL(CREATE, DROP)]
