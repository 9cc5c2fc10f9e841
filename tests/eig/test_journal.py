"""The journal only grows, whatever code runs."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from eig.accounts.models import User
from eig.journal.actions import record
from eig.journal.changes import changes, facts
from eig.journal.models import Entry
from eig.journal.queries import history_of
from journey.words import words_of
from matching.interviews.models import Slot


@pytest.fixture
def entry(alice: User, diane: User) -> Entry:
    record("greet", alice, by=diane, at=timezone.now(), words=3)
    return Entry.objects.get(verb="greet")


def test_an_entry_says_who_did_what_on_what(entry: Entry, alice: User, diane: User) -> None:
    told = history_of(alice).get()
    assert (told.actor, told.verb, told.record_label, told.data) == (diane, "greet", str(alice), {"words": 3})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET verb = 'forget'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry CASCADE",
    ],
)
def test_the_database_refuses_to_rewrite_history(entry: Entry, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            cursor.execute(statement)
    assert Entry.objects.filter(pk=entry.pk, verb="greet").exists()


def test_what_changes_is_told_before_and_after_and_no_word_of_a_person(diane: User, alice: User) -> None:
    was = facts(alice)
    alice.is_active, alice.first_name, alice.last_login = False, "Alix", timezone.now()
    changed = changes(was, alice)
    assert changed == {"is_active": [True, False], "last_login": [None, alice.last_login.isoformat()]}
    record("mend", alice, by=diane, at=timezone.now(), changed=changed | {"is_active": [True, False]})
    told = words_of(history_of(alice).get())
    assert "(compte actif : oui → non ; dernière connexion : — → " in told


def test_what_has_no_french_name_is_told_by_its_value_or_not_at_all() -> None:
    """An audition that moves: from which hour to which, and no name of a column."""
    before, after = (
        [f"2026-06-09T0{hour}:00:00+00:00", f"2026-06-09T0{hour}:30:00+00:00"] for hour in (7, 8)
    )
    moved = Entry(
        verb="move_own_audition",
        record_type="interviews.audition",
        data={"changed": {"slot_id": [1, 2], "during": [before, after]}},
    )
    told = words_of(moved).replace("\u00a0", " ")
    assert told.endswith("(9 juin 2026, de 9 h à 9 h 30 → 9 juin 2026, de 10 h à 10 h 30)")


def test_hours_without_an_end_are_told_too() -> None:
    starts = timezone.now()
    was = facts(Slot(during=DateTimeTZRange(starts, None)))
    assert was["during"] == [starts.isoformat(), None]
    changed = changes(was, Slot(during=DateTimeTZRange(starts, starts)))
    entry = Entry(verb="move_hearing", record_type="interviews.slot", data={"changed": changed})
    assert "horaires" in words_of(entry)
