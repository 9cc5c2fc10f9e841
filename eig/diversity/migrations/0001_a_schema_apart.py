"""A schema apart, without a foreign key, a person, a sequence or an instant (decision 9).

No model stands for these tables: no relation, no query set and no admin page can ever join them.
"""

from django.db import migrations

CREATE = """
CREATE SCHEMA diversity;
-- Answers that wait and counts not yet published, sealed in one block of constant size.
CREATE TABLE diversity.pool (promotion text PRIMARY KEY, sealed bytea NOT NULL);
-- What was published, once: rounded counts of ten and more. Nothing smaller exists anywhere.
CREATE TABLE diversity.tally (
    promotion text NOT NULL,
    question text NOT NULL,
    answer text NOT NULL,
    number integer NOT NULL CHECK (number >= 10),
    PRIMARY KEY (promotion, question, answer)
);
CREATE TABLE diversity.publication (promotion text PRIMARY KEY, published_on date NOT NULL);
"""
DROP = "DROP SCHEMA diversity CASCADE;"


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(CREATE, DROP)]
