"""The journal is chained: whatever is changed outside the application is found, and its account cannot."""

import os
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from eig.accounts.models import User
from eig.failures.models import Failure
from eig.journal import actions
from eig.journal.actions import Broken, publish_head, record, seal
from eig.journal.models import Entry, Head, Link
from eig.journal.owner import check_accounts, grant, open_account
from eig.journal.privacy import old_entries
from eig.journal.queries import faults_of_chain, last_link
from eig.journal.redaction import delete_entries, redact_entries
from eig.mail.models import Message
from eig.promotions.models import Promotion
from journey.tasks import VERIFIED_EVERY, seal_journal, verify_journal
from tests.databases import door_to, inside
from tests.people import signed_in

TWO_YEARS = timedelta(days=730)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def by_the_owner(statement: str) -> None:
    """As whoever owns the tables may: with the guards asleep."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET session_replication_role = replica")
    run(statement)
    run("SET session_replication_role = origin")


@pytest.fixture
def chain(alice: User, diane: User) -> list[int]:
    """Five entries, sealed; the first is two years old."""
    now = timezone.now()
    record("greet", alice, by=diane, at=now - TWO_YEARS, words=1)
    for words in range(2, 6):
        record("greet", alice, by=diane, at=now, words=words)
    seal()
    return list(Entry.objects.filter(verb="greet").order_by("pk").values_list("pk", flat=True))


THIRD = "(SELECT id FROM journal_entry WHERE data = '{\"words\": 3}')"

INSERTED = """
INSERT INTO journal_entry (at, verb, record_type, record_id, record_label, data, request_id)
VALUES (now(), 'greet', 'x', 1, 'x', '{}', '')
"""
SWAPPED = """
UPDATE journal_link SET entry_id = CASE entry_id WHEN %(a)s THEN %(b)s ELSE %(a)s END
WHERE entry_id IN (%(a)s, %(b)s)
"""


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (f"UPDATE journal_entry SET verb = 'forget' WHERE id = {THIRD}", "entrée changée"),
        (f"UPDATE journal_entry SET data = '{{}}' WHERE id = {THIRD}", "entrée changée"),
        (f"UPDATE journal_entry SET actor_id = NULL WHERE id = {THIRD}", "entrée changée"),
        (f"UPDATE journal_entry SET at = at - interval '1 s' WHERE id = {THIRD}", "entrée changée"),
        (f"DELETE FROM journal_entry WHERE id = {THIRD}", "entrée retirée"),
        (INSERTED, "entrée ajoutée"),
        (f"DELETE FROM journal_link WHERE entry_id = {THIRD}", "maillon retiré"),
        (f"UPDATE journal_link SET digest = sha256('x') WHERE entry_id = {THIRD}", "maillon changé"),
        (f"UPDATE journal_link SET hash = sha256('x') WHERE entry_id = {THIRD}", "maillon changé"),
        (f"UPDATE journal_link SET kind = 'forgotten' WHERE entry_id = {THIRD}", "maillon changé"),
        (SWAPPED, "maillon changé"),
    ],
)
def test_whatever_the_owner_changes_is_found(chain: list[int], statement: str, fault: str) -> None:
    assert faults_of_chain() == []
    by_the_owner(statement % {"a": chain[1], "b": chain[3]} if "%(" in statement else statement)
    assert fault in " ".join(faults_of_chain())


def test_the_digest_says_all_that_an_entry_does(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'journal_digest'")
        [source] = cursor.fetchone()
    assert [f.column for f in Entry._meta.fields if not re.search(rf"\be\.{f.column}\b", source)] == []


def test_a_long_backlog_is_sealed_in_several_times(
    chain: list[int], diane: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = last_link()[0]
    for _ in range(4):
        record("greet", diane, by=None, at=timezone.now())
    monkeypatch.setattr(actions, "BATCH", 2)
    seal()
    assert last_link()[0] == before + 4
    assert faults_of_chain() == []


def test_a_tail_cut_with_its_links_differs_from_what_was_published(chain: list[int]) -> None:
    publish_head(at=timezone.now())
    by_the_owner(f"DELETE FROM journal_entry WHERE id = {chain[4]}")
    by_the_owner(f"DELETE FROM journal_link WHERE entry_id = {chain[4]}")
    assert faults_of_chain() == []
    with pytest.raises(Broken, match="tête publiée"):
        publish_head(at=timezone.now())
    assert len(settings.JOURNAL_HEADS.read_text().split()) == 1


def test_what_the_privacy_rules_erase_breaks_nothing_and_tells_nothing(chain: list[int], alice: User) -> None:
    before = dict(Link.objects.values_list("entry_id", "digest"))
    salts = dict(Entry.objects.values_list("pk", "salt"))
    assert redact_entries(records={"accounts.user": [alice.pk]}, pattern="") == 5
    assert redact_entries(records={}, pattern="greet|words") == 5
    assert delete_entries(old_entries().filter(pk__in=chain, at__lt=timezone.now() - TWO_YEARS / 2)) == 1
    seal()
    assert faults_of_chain() == []
    assert last_link()[0] == 5 + 5 + 5 + 1
    for entry in Entry.objects.filter(pk__in=chain):
        assert entry.salt != salts[entry.pk]
        # The former number, recomputed with the words that were erased but without the salt that was there.
        with connection.cursor() as cursor:
            cursor.execute("SELECT journal_digest(e) FROM journal_entry e WHERE id = %s", [entry.pk])
            assert cursor.fetchone()[0] != before[entry.pk]


def test_an_erasure_is_itself_a_link(chain: list[int], alice: User) -> None:
    """Who wrote « (effacé) » over an entry without the guarded path is found."""
    by_the_owner(f"UPDATE journal_entry SET record_label = '(effacé)' WHERE id = {chain[2]}")
    assert faults_of_chain() == [f"entrée changée {chain[2]}"]


@pytest.fixture
def application(chain: list[int], db: None) -> str:
    """From here the test speaks as the application's account; all of it is undone with the test."""
    user = f"eig_probe_{os.getpid()}"
    open_account(user, "secret")
    grant(user)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run(f"SET LOCAL ROLE {user}")
    return user


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET verb = 'forget'",
        "DELETE FROM journal_entry",
        "SELECT set_config('eig.erasing', 'on', true); DELETE FROM journal_entry",
        "SELECT set_config('eig.erasing', 'on', true); UPDATE journal_entry SET data = '{}'",
        "TRUNCATE journal_entry CASCADE",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_append_only ON journal_entry",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE sql AS ''",
        "INSERT INTO journal_link (entry_id, kind) VALUES (1, 'forgotten')",
        "UPDATE journal_link SET rank = rank + 1",
        "DELETE FROM journal_link",
        "UPDATE journal_head SET hash = ''",
        "DELETE FROM django_migrations",
        "DROP TABLE journal_entry",
        "UPDATE ranking_snapshot SET sha256 = ''",
        "DELETE FROM ranking_snapshot",
        "TRUNCATE ranking_snapshot",
        "ALTER TABLE ranking_snapshot DISABLE TRIGGER ALL",
    ],
)
def test_the_account_of_the_application_cannot_rewrite_the_journal(application: str, statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        run(statement)


def test_the_account_of_the_application_does_its_work(
    application: str, chain: list[int], alice: User, diane: User, promotion: Promotion
) -> None:
    record("greet", alice, by=diane, at=timezone.now())
    assert redact_entries(records={"accounts.user": [alice.pk]}, pattern="") == 6
    assert delete_entries(Entry.objects.filter(pk=chain[0])) == 1
    # Only what is past its time: the database refuses the others.
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        delete_entries(Entry.objects.filter(pk=chain[1]))
    seal()
    publish_head(at=timezone.now())
    assert signed_in(diane).get(f"/pilotage/{promotion.code}/journal/").status_code == 200


def test_the_checks_say_when_one_account_does_all(chain: list[int]) -> None:
    assert check_accounts() == []
    assert [warning.id for warning in check_accounts(databases=["default"])] == ["eig.W001"]


def test_the_checks_are_content_with_two_accounts(application: str) -> None:
    assert check_accounts(databases=["default"]) == []


def test_the_team_reads_that_the_journal_is_whole_or_is_not(
    chain: list[int], promotion: Promotion, diane: User
) -> None:
    record("greet", diane, by=None, at=timezone.now())
    seal_journal()
    assert not Link.objects.filter(rank=None).exists()
    verify_journal()
    head = Head.objects.get()
    assert head.hash == last_link()[1]
    assert settings.JOURNAL_HEADS.read_text() == f"{head}\n"
    assert str(head) in Message.objects.get(to_email=settings.SECURITY_EMAIL).body
    cockpit = f"/pilotage/{promotion.code}/"
    browser = signed_in(diane)
    assert head.hash[:16] in browser.get(cockpit).text
    by_the_owner(f"DELETE FROM journal_entry WHERE id = {chain[2]}")
    verify_journal()
    assert Head.objects.count() == 1, "the whole of it is not read again at each run"
    assert not Failure.objects.filter(key="verify journal:chain").exists()
    Head.objects.update(at=head.at - VERIFIED_EVERY)
    verify_journal()
    page = browser.get(cockpit).text
    assert f"Le journal a été modifié hors de l’application : entrée retirée {chain[2]}" in page
    # The tests have one account, as an installation that nobody finished.
    assert Failure.objects.filter(key="verify journal:accounts").exists()
    assert "le journal n’est pas gardé" in page


def test_the_command_says_where(chain: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    rank, digest = last_link()
    call_command("verify_journal", f"{rank}:{digest}")
    assert f"0 fault(s); 0 published head(s); head {rank}:{digest}" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("verify_journal", f"{rank}:{'0' * 64}")
    assert f"rang {rank}" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_who_commits_late_is_chained_later(django_db_blocker: DjangoDbBlocker) -> None:
    """The first of two writers commits last: neither waits for the other, nor is forgotten."""
    alice = User.objects.create_user("alice@exemple.example", first_name="Alice", last_name="Aubert")
    other = door_to(str(connection.settings_dict["NAME"]))
    now = timezone.now()
    with inside(other), transaction.atomic():
        record("late", alice, by=None, at=now)
        usual = door_to(str(connection.settings_dict["NAME"]))
        with inside(usual):
            record("early", alice, by=None, at=now)
            seal()
            assert last_link()[0] == 1
        usual.close()
    other.close()
    seal()
    assert last_link()[0] == 2
    assert faults_of_chain() == []
    verbs = {entry.pk: entry.verb for entry in Entry.objects.order_by("pk")}
    chained = Link.objects.order_by("rank").values_list("entry_id", flat=True)
    assert [verbs[key] for key in chained] == ["early", "late"]
    assert list(verbs.values()) == ["late", "early"]
