"""The journal only grows, whatever code runs."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from eig.accounts.models import User
from eig.journal.actions import record
from eig.journal.changes import changes, facts
from eig.journal.models import Entry
from eig.journal.queries import history_of
from journey.words import words_of


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
