"""The outbox: written with the deed, sent once, never lost, held until the news is public."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from eig.accounts.actions import invite as make_invitation
from eig.accounts.models import User
from eig.jobs.actions import claim
from eig.mail import delivery
from eig.mail.actions import retry_message
from eig.mail.choices import Status
from eig.mail.delivery import deliver_due
from eig.mail.models import Message
from eig.mail.outbox import discard, post, release
from eig.mail.privacy import forget_messages
from eig.mail.relay import SinkRelay
from eig.promotions.models import Promotion
from journey.queries.cockpit import cockpit

pytestmark = pytest.mark.django_db


class DeadRelay:
    """A relay that does not answer and cannot be asked."""

    def send(self, message: Message, *, leaving: Callable[[], None]) -> None:
        raise ConnectionRefusedError("no relay")

    def has(self, message: Message) -> bool | None:
        return None


def invite(alice: User, diane: User, *, key: str = "k1", **options: object) -> None:
    invitation, _ = make_invitation("x@exemple.example", purpose="staff", by=diane, at=timezone.now())
    post(
        "journey/invited",
        to=alice,
        key=key,
        invitation=invitation,
        inviter=diane,
        words="rejoindre l’équipe programme",
        path="/invitation/x/",
        **options,
    )


def sent_files() -> list[Path]:
    return sorted(Path(settings.MAIL_SINK_ROOT).rglob("*.eml"))


def test_saying_it_twice_sends_it_once(alice: User, diane: User) -> None:
    before = len(sent_files())
    invite(alice, diane)
    invite(alice, diane)
    assert deliver_due() == 1, Message.objects.get().error
    assert deliver_due() == 0
    assert len(sent_files()) == before + 1


def test_the_subject_keeps_its_french_apostrophes(alice: User, diane: User) -> None:
    invite(alice, diane)
    assert Message.objects.get().subject == "Invitation à rejoindre l’équipe programme"


def test_a_deed_undone_takes_its_message_with_it(alice: User, diane: User) -> None:
    with transaction.atomic():
        invite(alice, diane)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_held_messages_wait_for_their_release(alice: User, diane: User) -> None:
    invite(alice, diane, batch="wave:1", hold=True)
    assert deliver_due() == 0
    release("wave:1", at=timezone.now())
    assert deliver_due() == 1


def test_a_letter_that_waited_goes_to_the_address_of_the_day(alice: User, diane: User) -> None:
    """A result written on Monday for Friday, read at an address that changed on Wednesday."""
    invite(alice, diane, batch="wave:1", hold=True)
    alice.email = "alice@nouvelle.example"
    alice.save(update_fields=["email"])
    release("wave:1", at=timezone.now())
    assert deliver_due() == 1
    code = Message.objects.get(to_email="alice@nouvelle.example", status=Status.SENT).code
    (left,) = Path(settings.MAIL_SINK_ROOT).rglob(f"{code}.eml")
    assert "To: alice@nouvelle.example" in left.read_text()


def test_a_cancelled_wave_leaves_no_message(alice: User, diane: User) -> None:
    invite(alice, diane, batch="wave:1", hold=True)
    assert discard("wave:1") == 1
    assert not Message.objects.exists()


def test_two_workers_do_not_claim_the_same_message(alice: User, diane: User) -> None:
    invite(alice, diane)
    now = timezone.now()
    assert claim(Message, now=now)
    assert claim(Message, now=now) is None


def killed(*, leaving: bool) -> Message:
    """The worker that had just taken the message, or seen its text leave, is no more; its lease is over."""
    message = claim(Message, now=timezone.now())
    assert message
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1), ambiguous=leaving)
    return message


def test_a_worker_killed_after_sending_is_settled_as_sent(alice: User, diane: User) -> None:
    invite(alice, diane)
    SinkRelay().send(killed(leaving=True), leaving=lambda: None)
    before = len(sent_files())
    assert deliver_due() == 1
    message = Message.objects.get()
    assert (message.status, message.ambiguous, len(sent_files())) == (Status.SENT, False, before)


def test_a_worker_killed_before_sending_is_sent_again(alice: User, diane: User) -> None:
    invite(alice, diane)
    before = len(sent_files())
    killed(leaving=True)
    assert deliver_due() == 1
    assert (Message.objects.get().ambiguous, len(sent_files())) == (False, before + 1)


@pytest.mark.parametrize("leaving", [True, False])
def test_a_relay_that_cannot_be_asked_is_told_as_ambiguous(
    alice: User, diane: User, monkeypatch: pytest.MonkeyPatch, leaving: bool
) -> None:
    """Once the text was leaving; a worker killed before leaves no doubt."""
    invite(alice, diane)
    killed(leaving=leaving)
    monkeypatch.setattr(delivery, "relay", DeadRelay)
    assert deliver_due() == 0
    assert Message.objects.get().ambiguous is leaving


def test_a_message_erased_while_it_leaves_is_told_as_sent(
    alice: User, diane: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Erasing(SinkRelay):
        """The account is erased between the hand over and its acknowledgement."""

        def send(self, message: Message, *, leaving: Callable[[], None]) -> None:
            super().send(message, leaving=leaving)
            forget_messages(Message.objects.filter(pk=message.pk))

    invite(alice, diane)
    monkeypatch.setattr(delivery, "relay", Erasing)
    assert deliver_due() == 1
    message = Message.objects.get()
    assert message.status == Status.SENT
    assert "effacé" in message.subject


def test_a_refused_message_waits_longer_each_time_then_shows(
    alice: User, diane: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(alice, diane)
    monkeypatch.setattr(delivery, "relay", DeadRelay)
    waits = []
    for _ in range(Message.QUEUE.attempts):
        Message.objects.update(not_before=timezone.now())
        deliver_due(limit=1)
        waits.append(Message.objects.get().not_before - timezone.now())
    message = Message.objects.get()
    rounded = [round(wait.total_seconds()) for wait in waits[:-1]]
    assert rounded == sorted(rounded)
    # RFC 5321, 4.5.4.1: four or five days.
    assert 4.5 < sum(rounded) / 86_400 < 5.5
    assert (message.status, "no relay" in message.error) == (Status.FAILED, True)
    assert retry_message(message, by=diane, at=timezone.now())
    assert not retry_message(message, by=diane, at=timezone.now())
    monkeypatch.undo()
    assert deliver_due() == 1


def test_a_code_leaves_before_the_letters_of_a_wave(alice: User, diane: User) -> None:
    for rank in range(3):
        invite(alice, diane, key=f"letter {rank}", batch="wave:1", hold=True)
    release("wave:1", at=timezone.now())
    invite(alice, diane, key="code")
    leaving = [claim(Message, now=timezone.now()) for _ in range(4)]
    assert [message.key for message in leaving] == ["code", "letter 0", "letter 1", "letter 2"]


def test_an_empty_message_cannot_be_written(alice: User) -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError, match="no_empty_message"):
        Message.objects.create(
            key="e", kind="x", to_email=alice.email, subject="Objet", body="", created_at=now, not_before=now
        )


def test_what_is_due_and_what_left_are_compared_and_the_team_is_told(promotion: Promotion) -> None:
    now = timezone.now()
    quarter, just_now, tomorrow = (now - timedelta(minutes=16), now, now + timedelta(days=1))

    def letter(status: Status, due: datetime, **given: Any) -> None:
        Message.objects.create(
            key=f"due:{Message.objects.count()}", kind="test", to_email="p@exemple.example", subject="x",
            body="x", promotion_id=promotion.pk, created_at=quarter, not_before=due, status=status, **given,
        )  # fmt: skip

    def told() -> list[str]:
        return [each.sentence for each in cockpit(promotion, now=now).waiting if "courriel" in each.sentence]

    letter(Status.SENT, quarter, sent_at=now)
    letter(Status.CANCELLED, quarter)
    letter(Status.HELD, quarter)
    letter(Status.NEW, just_now)
    letter(Status.NEW, tomorrow)
    # Nobody waits for it any more.
    letter(Status.NEW, quarter, until=quarter)
    assert told() == []
    letter(Status.NEW, quarter)
    letter(Status.SENDING, quarter, lease_until=quarter)
    letter(Status.FAILED, quarter)
    assert told() == ["1 courriel(s) en échec", "2 courriel(s) à envoyer ne partent pas"]
