"""A person who stepped aside from a project cannot hold a live sheet on it."""

from django.db import migrations

# Both sides lock the same row, the person's, before they look: of two sessions racing, one to assign and one
# to declare a conflict, the second sees the first.
CREATE = """
CREATE FUNCTION projects_review_no_sheet_for_the_recused() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    link projects_review := NEW;
    who bigint := link.reader_id;
BEGIN
    PERFORM 1 FROM accounts_user WHERE id = who FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM evaluation_recusal
        WHERE person_id = who AND subject_type = 'projects.project' AND subject_id = link.project_id
    ) THEN
        RAISE EXCEPTION 'this person stepped aside from this object'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'projects_review_no_sheet_for_the_recused';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER projects_review_no_sheet_for_the_recused BEFORE INSERT ON projects_review
    FOR EACH ROW EXECUTE FUNCTION projects_review_no_sheet_for_the_recused();

CREATE FUNCTION projects_review_recusal_empties_the_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.subject_type <> 'projects.project' THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM accounts_user WHERE id = NEW.person_id FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM projects_review AS link JOIN evaluation_sheet AS sheet ON sheet.id = link.sheet_id
        WHERE link.reader_id = NEW.person_id AND link.project_id = NEW.subject_id AND sheet.status = 'draft'
    ) THEN
        RAISE EXCEPTION 'this person still holds a sheet on this object'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'projects_review_recusal_empties_the_seat';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER projects_review_recusal_empties_the_seat BEFORE INSERT ON evaluation_recusal
    FOR EACH ROW EXECUTE FUNCTION projects_review_recusal_empties_the_seat();
"""
DROP = """
DROP TRIGGER projects_review_recusal_empties_the_seat ON evaluation_recusal;
DROP FUNCTION projects_review_recusal_empties_the_seat();
DROP TRIGGER projects_review_no_sheet_for_the_recused ON projects_review;
DROP FUNCTION projects_review_no_sheet_for_the_recused();
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_projects"), ("evaluation", "0002_signed_sheets_are_frozen")]
    operations = [migrations.RunSQL(CREATE, DROP)]
