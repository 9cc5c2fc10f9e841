"""The promise « no sheet where there is a recusal », as triggers for each step that hands out sheets.

Design rule J1: both sides lock the same row (the person's) before they look, so that of two
sessions racing, one to assign and one to declare a conflict, the second sees the first.
"""


def conflict_triggers(
    *, name: str, table: str, person: str, subject: str, subject_type: str
) -> tuple[str, str]:
    """SQL to create and to drop the two triggers.

    `table` has a `sheet_id`; `person` and `subject` are SQL expressions over its row `link` that give
    the evaluator's user id and the id of the object judged.
    """
    # Names come from our own migrations, never from a person.
    create = f"""
CREATE FUNCTION {name}_no_sheet_for_the_recused() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    link {table} := NEW;
    who bigint := {person};
BEGIN
    PERFORM 1 FROM accounts_user WHERE id = who FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM evaluation_recusal
        WHERE person_id = who AND subject_type = '{subject_type}' AND subject_id = {subject}
    ) THEN
        RAISE EXCEPTION 'this person stepped aside from this object'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = '{name}_no_sheet_for_the_recused';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {name}_no_sheet_for_the_recused BEFORE INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION {name}_no_sheet_for_the_recused();

CREATE FUNCTION {name}_recusal_empties_the_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.subject_type <> '{subject_type}' THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM accounts_user WHERE id = NEW.person_id FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM {table} AS link JOIN evaluation_sheet AS sheet ON sheet.id = link.sheet_id
        WHERE {person} = NEW.person_id AND {subject} = NEW.subject_id AND sheet.status = 'draft'
    ) THEN
        RAISE EXCEPTION 'this person still holds a sheet on this object'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = '{name}_recusal_empties_the_seat';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {name}_recusal_empties_the_seat BEFORE INSERT ON evaluation_recusal
    FOR EACH ROW EXECUTE FUNCTION {name}_recusal_empties_the_seat();
"""  # noqa: S608
    drop = f"""
DROP TRIGGER {name}_recusal_empties_the_seat ON evaluation_recusal;
DROP FUNCTION {name}_recusal_empties_the_seat();
DROP TRIGGER {name}_no_sheet_for_the_recused ON {table};
DROP FUNCTION {name}_no_sheet_for_the_recused();
"""
    return create, drop
