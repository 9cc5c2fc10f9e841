"""A person is erased: nothing of them is left, and nothing that was counted changes."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from candidates.models import Application
from cohorts.models import Member
from eig.accounts.models import User
from eig.documents.models import Document
from eig.evaluation.models import Mark, Sheet
from eig.journal.models import Entry
from eig.journal.redaction import erasing, one_at_a_time
from eig.mail.delivery import deliver_due
from eig.mail.models import Message
from eig.promotions.models import Promotion
from journey.actions.founding import create_promotion
from matching.interviews.models import PanelSeat
from matching.interviews.queries.standing import scores
from matching.ranking.models import Choice
from matching.teams.models import Offer, Scenario
from privacy.actions import NotYet, erase_person
from privacy.actions.farewell import forget_farewells
from privacy.models import Erasure
from projects.models import ProjectLead
from tests.databases import door_to, inside
from tests.factories import candidates as make
from tests.factories import cohorts, interviews
from tests.factories import projects as make_project
from tests.people import person, phase
from tests.privacy import planting


def second_promotion(first: Promotion) -> Promotion:
    row = create_promotion("eig6", by=None, at=timezone.now(), code="eig-7", name="EIG 7", number=77)
    for kind in ("projects", "applications", "shortlist", "auditions"):
        model = first.phases.get(kind=kind)
        phase(row, kind, opens=model.opens_at, closes=model.closes_at)
    return row


def figures() -> dict[str, Any]:
    """What the promotion counts and what was decided: all of it, without a name."""
    return {
        "applications": list(
            Application.objects.order_by("pk").values_list(
                "pk", "status", "score", "experience_years", "number"
            )
        ),
        "sheets": list(
            Sheet.objects.filter(status="signed").order_by("pk").values_list("pk", "status", "total")
        ),
        "marks": list(Mark.objects.order_by("pk").values_list("pk", "criterion", "value")),
        "wishes": list(Choice.objects.order_by("pk").values_list("ranking", "project", "position")),
        "scenarios": list(
            Scenario.objects.order_by("pk").values_list("pk", "instance_sha256", "result_sha256")
        ),
        "results": [scenario.result for scenario in Scenario.objects.order_by("pk")],
        "offers": list(Offer.objects.order_by("pk").values_list("pk", "application", "status")),
        "members": list(Member.objects.order_by("pk").values_list("pk", "status", "net_pay", "ended_on")),
        "standings": [sorted(scores(row).items()) for row in Promotion.objects.order_by("pk")],
        "seats": PanelSeat.objects.count(),
        "mails": Message.objects.exclude(kind="privacy/account_erased").count(),
    }


@pytest.fixture
def canarine(promotion: Promotion, diane: User) -> User:
    who = planting.planted_person(promotion, second_promotion(promotion), staff=diane)
    assert planting.plant(who) > 60
    return who


def test_nothing_of_an_erased_person_is_left(
    canarine: User, django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Path
) -> None:
    settings.ERASURES_LOG = tmp_path / "erasures.log"
    # What other tests of this process sent is not this one's.
    shutil.rmtree(settings.MAIL_SINK_ROOT, ignore_errors=True)
    code, address = canarine.code, canarine.email
    assert len(planting.found_in_database()) > 40
    assert len(planting.found_in_files()) >= 1
    before = figures()

    with django_capture_on_commit_callbacks(execute=True):
        proof = erase_person(canarine, at=timezone.now())

    farewell = Message.objects.get(kind="privacy/account_erased")
    assert farewell.to_email == address
    # The last message leaves, then is erased like the rest.
    deliver_due()
    farewell.refresh_from_db()
    assert farewell.status == "sent"
    forget_farewells(at=timezone.now())

    assert planting.found_in_database() == []
    assert planting.found_in_files() == []
    assert planting.found_in_database(planting.LAST) == []
    assert planting.found_in_database(address) == []
    assert figures() == before
    assert settings.ERASURES_LOG.read_text().split() == [hashlib.sha256(code.bytes).hexdigest()]
    # The account stays as a row without a name, that nobody can enter.
    canarine.refresh_from_db()
    assert str(canarine) == "Personne effacée"
    assert not canarine.is_active
    assert not canarine.has_usable_password()
    assert [row for row in Session.objects.all() if "canari" in repr(row.get_decoded()).lower()] == []
    # The proof counts, and names nobody.
    words = json.dumps(
        {field.name: str(getattr(proof, field.name)) for field in Erasure._meta.local_concrete_fields}
    )
    assert proof.counts["candidates.Application"] == 1
    assert proof.counts["mail.Message"] > 1
    assert proof.files >= 2
    assert str(code) not in words


def test_what_was_in_progress_is_really_left(promotion: Promotion, alice: User, diane: User) -> None:
    now = timezone.now()
    application = make.submitted(promotion, alice)
    elsewhere = second_promotion(promotion)
    juror = interviews.juror(elsewhere, diane, alice)
    coming = interviews.panel(elsewhere, diane, [interviews.juror(elsewhere, diane), juror])
    review = make.assigned(make.submitted(elsewhere), make.reader(elsewhere, alice))
    draft = make_project.draft(elsewhere, lead=alice)
    shared = make_project.submitted(elsewhere, lead=alice)
    heir = person("Henri", "Suivant")
    shared.leads.create(person=heir, role="editor", since=now)

    erase_person(alice, at=now)

    application.refresh_from_db()
    draft.refresh_from_db()
    review.sheet.refresh_from_db()
    assert (application.status, draft.status, review.sheet.status) == ("withdrawn", "withdrawn", "recused")
    assert list(coming.seats.values_list("juror", flat=True)) != [juror.pk]
    assert not coming.seats.filter(juror=juror).exists()
    assert list(ProjectLead.objects.filter(project=shared).values_list("person", "role")) == [
        (heir.pk, "lead")
    ]
    # One mail to her, and to an address that is hers no more.
    sent = Message.objects.filter(status="new", to_email=alice.email)
    assert list(sent.values_list("kind", flat=True)) == ["privacy/account_erased"]


def test_what_only_people_can_settle_comes_first(promotion: Promotion, alice: User, diane: User) -> None:
    cohorts.cohort(promotion, who=alice)
    with pytest.raises(NotYet, match="mission est en cours"):
        erase_person(alice, at=timezone.now())
    with pytest.raises(NotYet, match="équipe du programme"):
        erase_person(diane, at=timezone.now())
    badis = person("Badis", "Seul")
    make_project.submitted(promotion, lead=badis)
    with pytest.raises(NotYet, match="portez seul·e"):
        erase_person(badis, at=timezone.now())
    assert User.objects.filter(pk__in=[alice.pk, diane.pk, badis.pk], is_active=True).count() == 3


def test_a_namesake_keeps_their_name(promotion: Promotion, diane: User) -> None:
    leaving = person("Claude", "Martin")
    staying = User.objects.create_user(
        "claude2@exemple.example", None, first_name="Claude", last_name="Martin"
    )
    Message.objects.create(
        key="k", kind="account", to_person=staying, to_email=staying.email, subject="Bonjour Claude Martin",
        body="x", created_at=timezone.now(), not_before=timezone.now(),
    )  # fmt: skip
    erase_person(leaving, at=timezone.now())
    staying.refresh_from_db()
    assert str(staying) == "Claude Martin"
    assert Message.objects.get(key="k").subject == "Bonjour Claude Martin"


def test_after_a_restored_backup_erasures_are_done_again(
    alice: User, settings: Any, tmp_path: Path, capsys: Any
) -> None:
    settings.ERASURES_LOG = tmp_path / "erasures.log"
    settings.ERASURES_LOG.write_text(hashlib.sha256(alice.code.bytes).hexdigest() + "\n")
    call_command("replay_erasures")
    alice.refresh_from_db()
    assert not alice.is_active
    assert Erasure.objects.get().cause == "replayed"
    call_command("replay_erasures")
    assert Erasure.objects.count() == 1


# --- The guarded path -------------------------------------------------------------------------------


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


def test_the_journal_forgets_a_name_and_nothing_else(alice: User) -> None:
    row = Entry.objects.create(
        at=timezone.now(), actor=alice, verb="x", record_type="x", record_id=1, record_label="Alice Aubert"
    )
    assert refused("UPDATE journal_entry SET record_label = 'x'")
    with erasing():
        assert refused("UPDATE journal_entry SET verb = 'y'")
        assert refused("UPDATE journal_entry SET record_id = 2")
        assert refused("UPDATE journal_entry SET at = now()")
        assert refused("DELETE FROM journal_entry")
        assert refused("TRUNCATE journal_entry")
        assert not refused("UPDATE journal_entry SET record_label = '(effacé)'")
    assert refused("UPDATE journal_entry SET record_label = 'x'")
    row.refresh_from_db()
    assert row.record_label == "(effacé)"


def test_the_words_of_a_signed_sheet_disappear_and_its_marks_never(promotion: Promotion) -> None:
    application = make.submitted(promotion)
    make.read_twice(application)
    assert refused("UPDATE evaluation_sheet SET comment = ''")
    assert refused("UPDATE evaluation_mark SET appreciation = 'x'")
    with erasing():
        assert not refused("UPDATE evaluation_sheet SET comment = ''")
        assert not refused("UPDATE evaluation_mark SET appreciation = 'x'")
        assert refused("UPDATE evaluation_mark SET value = 1")
        assert refused("UPDATE evaluation_sheet SET total = 1")


def test_of_two_erasures_at_once_the_second_is_asked_to_come_back(promotion: Promotion, alice: User) -> None:
    """Both go over the same texts, each in its own order: they would wait for each other."""
    other = door_to(str(connection.settings_dict["NAME"]))
    with inside(other):
        other.set_autocommit(False)
        one_at_a_time()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '50ms'")
    with pytest.raises(NotYet, match="Recommencez dans une minute"):
        erase_person(alice, at=timezone.now())
    other.close()
    erase_person(alice, at=timezone.now())
    assert not User.objects.filter(first_name="Alice").exists()


def test_an_interrupted_erasure_changes_nothing(promotion: Promotion, alice: User, monkeypatch: Any) -> None:
    application = make.submitted(promotion, alice, motivation="Une envie canaricandidature.")
    before = planting.found_in_database()
    assert before

    def cut(*_: object, **__: object) -> None:
        raise RuntimeError("the lights go out")

    monkeypatch.setattr("privacy.actions.erasing.redact_entries", cut)
    with pytest.raises(RuntimeError):
        erase_person(alice, at=timezone.now())
    application.refresh_from_db()
    assert application.status == "submitted"
    assert planting.found_in_database() == before
    assert all(Path(settings.PRIVATE_ROOT, row.file.name).exists() for row in Document.objects.all())
