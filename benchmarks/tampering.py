"""Whoever owns the database rewrites the journal, a thousand times, at random: is each one found, and where?

    bin/run python benchmarks/tampering.py [--times 1000] [--entries 300] [--seed 1]

Makes a database of its own, writes and seals a journal of which some entries were redacted and some
forgotten, and publishes where it ends. Then, each time, with the guards asleep: an edit, a removal, an
insertion, two entries in each other's place, or a part rewritten with all its digests and hashes computed
again, as only the owner can. What must hold: every one is found, and what is said names the entry or the
rank.
"""

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from stand import drop, scratch

# What is said names one of these: numbers of entries, ranks of links.
Place = set[int]
NEW = """
INSERT INTO journal_entry (at, verb, record_type, record_id, record_label, data, request_id)
VALUES (now(), 'greet', 'x', 1, 'x', '{}', '') RETURNING id
"""
COLUMNS = {
    "at": "at + interval '1 second'", "actor_id": "NULL", "verb": "verb || 's'", "record_type": "'y'",
    "record_id": "record_id + 1", "record_label": "record_label || ' '", "promotion_id": "8",
    "data": "data || '{\"more\": 1}'", "request_id": "'z'", "salt": "gen_random_uuid()",
}  # fmt: skip
LINKED = """
INSERT INTO journal_link (entry_id, kind, digest, rank, hash)
SELECT e.id, 'written', journal_digest(e), {rank},
    journal_hash(former.hash, {rank}, e.id, 'written', journal_digest(e))
FROM journal_entry e, journal_link former WHERE e.id = {key} AND former.rank = {rank} - 1
"""
# Every digest and hash from a rank on, as if what stands there now had always been.
AGAIN = """
DO $$
DECLARE
    link record;
    previous bytea;
BEGIN
    SELECT hash INTO previous FROM journal_link WHERE rank = {rank} - 1;
    FOR link IN SELECT * FROM journal_link WHERE rank >= {rank} ORDER BY rank LOOP
        UPDATE journal_link SET digest = coalesce(
            (SELECT journal_digest(e) FROM journal_entry e WHERE e.id = link.entry_id), digest
        ) WHERE id = link.id RETURNING * INTO link;
        previous := journal_hash(previous, link.rank, link.entry_id, link.kind, link.digest);
        UPDATE journal_link SET hash = previous WHERE id = link.id;
    END LOOP;
END $$
"""


def run(statement: str) -> int:
    """Its first value, if it returns one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    return int(row[0]) if row else 0


def some_entry() -> int:
    return run(f"SELECT id FROM journal_entry ORDER BY md5(id || '{random.random()}') LIMIT 1")


def edited() -> Place:
    key, (column, value) = some_entry(), random.choice(list(COLUMNS.items()))
    run(f"UPDATE journal_entry SET {column} = {value} WHERE id = {key}")
    return {key}


def removed() -> Place:
    key = some_entry()
    run(f"DELETE FROM journal_entry WHERE id = {key}")
    return {key}


def removed_with_its_links() -> Place:
    key = some_entry()
    ranks = {run(f"SELECT max(rank) + {more} FROM journal_link WHERE entry_id = {key}") for more in (0, 1)}
    run(f"DELETE FROM journal_entry WHERE id = {key}")
    run(f"DELETE FROM journal_link WHERE entry_id = {key}")
    return ranks


def inserted() -> Place:
    return {run(NEW)}


def inserted_with_a_link() -> Place:
    key = run(NEW)
    rank = random.randint(2, run("SELECT max(rank) FROM journal_link"))
    run(f"UPDATE journal_link SET rank = -rank WHERE rank >= {rank}")
    run("UPDATE journal_link SET rank = 1 - rank WHERE rank < 0")
    run(LINKED.format(key=key, rank=rank))
    # Its own hash is right; that of the next one is not.
    return {rank + 1}


def swapped() -> Place:
    """Two entries say what the other one said."""
    one, two = some_entry(), 0
    while two in {0, one}:
        two = some_entry()
    run(f"UPDATE journal_entry SET id = -1 WHERE id = {one}")
    run(f"UPDATE journal_entry SET id = {one} WHERE id = {two}")
    run(f"UPDATE journal_entry SET id = {two} WHERE id = -1")
    return {one, two}


def reordered() -> Place:
    """Two links take each other's rank."""
    last = run("SELECT max(rank) FROM journal_link")
    one, two = random.sample(range(1, last + 1), 2)
    run(f"UPDATE journal_link SET rank = -1 WHERE rank = {one}")
    run(f"UPDATE journal_link SET rank = {one} WHERE rank = {two}")
    run(f"UPDATE journal_link SET rank = {two} WHERE rank = -1")
    return {one, two}


def rewritten() -> Place:
    """An entry changes, and all that follows is computed again: only what was published tells."""
    key = some_entry()
    rank = run(f"SELECT min(rank) FROM journal_link WHERE entry_id = {key}")
    run(f"UPDATE journal_entry SET verb = 'forget' WHERE id = {key}")
    run(AGAIN.format(rank=rank))
    return {run("SELECT max(rank) FROM journal_link")}


def cut() -> Place:
    """The end of the journal is gone, with its links."""
    last = run("SELECT max(rank) FROM journal_link")
    after = random.randint(1, last - 1)
    run(
        f"DELETE FROM journal_entry WHERE id IN (SELECT entry_id FROM journal_link WHERE rank > {after})"
        f" AND id NOT IN (SELECT entry_id FROM journal_link WHERE rank <= {after})"
    )
    run(f"DELETE FROM journal_link WHERE rank > {after}")
    return {last}


DEEDS: list[Callable[[], Place]] = [
    edited, removed, removed_with_its_links, inserted, inserted_with_a_link, swapped, reordered, rewritten,
    cut,
]  # fmt: skip


def written(count: int) -> None:
    from django.utils import timezone

    from eig.accounts.models import User
    from eig.journal.actions import entry, publish_head, record_all, seal
    from eig.journal.models import Entry
    from eig.journal.redaction import delete_entries, redact_entries

    now = timezone.now()
    people = [User.objects.create_user(f"p{rank}@exemple.example", first_name="P") for rank in range(10)]
    record_all(
        entry("greet", people[rank % 10], by=people[rank % 7], at=now - timedelta(days=900 - rank), rank=rank)
        for rank in range(count)
    )
    redact_entries(records={"accounts.user": [people[3].pk]}, pattern="", without_actor=people[3].pk)
    delete_entries(Entry.objects.filter(record_id=people[4].pk, at__lt=now - timedelta(days=800)))
    seal()
    publish_head(at=now)


def measure(asked: argparse.Namespace) -> list[str]:
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    from django.db import connection, transaction

    from eig.journal.queries import faults_of_chain

    call_command("migrate", verbosity=0)
    written(asked.entries)
    published = Path(settings.JOURNAL_HEADS).read_text().split()
    if said := faults_of_chain(published=published):
        return [f"nothing was changed, and it says {said[0]}"]
    random.seed(asked.seed)
    found: Counter[str] = Counter()
    missed = []
    for turn in range(asked.times):
        deed = DEEDS[turn % len(DEEDS)]
        with transaction.atomic():
            run("SET LOCAL session_replication_role = replica")
            place = deed()
            said = faults_of_chain(published=published)
            transaction.set_rollback(True)
        named = {int(fault.rpartition(" ")[2]) for fault in said}
        if named & place:
            found[deed.__name__] += 1
        else:
            missed.append(f"{deed.__name__} at {sorted(place)}: {said[:3]}")
    for name, count in sorted(found.items()):
        print(f"{name.replace('_', ' '):28} {count} found, each with its place")
    connection.close()
    return missed


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("times", 1000), ("entries", 300), ("seed", 1)):
        asked.add_argument(f"--{name}", type=int, default=default)
    # A database of its own: made, then used, by who owns it.
    server = os.environ.pop("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = scratch(server)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eig.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["JOURNAL_HEADS"] = f"{folder}/journal-heads.log"
        try:
            missed = measure(asked.parse_args())
        finally:
            drop(server)
    for line in missed[:10]:
        print(line, file=sys.stderr)
    if missed:
        raise SystemExit(f"{len(missed)} not found")


if __name__ == "__main__":
    main()
