"""Waves: two people, enough readings, pages and mails at one instant."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from candidates.actions import propose_decisions, withdraw_application_record
from candidates.choices import Outcome, Status
from candidates.models import Application, Decision
from candidates.queries import decision_told
from eig.lifecycle import IllegalMove
from eig.mail.choices import Status as MailStatus
from eig.mail.models import Message
from eig.waves.actions import (
    DecisionLocked,
    NothingToDecide,
    WaveNotDue,
    WaveNotReady,
    cancel_wave,
    propose_decision,
    publish_wave,
    reopen_wave,
)
from eig.waves.models import Wave
from rehearsal.agreeing import agree
from tests.factories import candidates as make
from tests.people import person


def propose(application, wave, by, outcome=Outcome.SHORTLISTED, reason="Un dossier solide."):
    return propose_decision(application, wave=wave, outcome=outcome, reason=reason, by=by, at=timezone.now())


def test_two_signed_readings_come_before_a_decision(promotion, diane):
    application = make.submitted(promotion)
    make.signed(application, make.reader(promotion))
    with pytest.raises(NothingToDecide):
        propose(application, make.wave(promotion, diane), diane)


def test_a_decision_gives_its_reason(promotion, diane):
    application = make.read_twice(make.submitted(promotion))
    with pytest.raises(WaveNotReady, match="motif"):
        propose(application, make.wave(promotion, diane), diane, reason="  ")


def test_one_decision_per_application_rewritten_at_will(promotion, diane):
    application, held = make.read_twice(make.submitted(promotion)), make.wave(promotion, diane)
    propose(application, held, diane)
    propose(application, held, diane, outcome=Outcome.DECLINED)
    assert Decision.objects.get().outcome == Outcome.DECLINED


def test_a_wave_is_validated_by_a_second_person(promotion, diane, denis):
    application, held = make.read_twice(make.submitted(promotion)), make.wave(promotion, diane)
    with pytest.raises(WaveNotReady, match="aucune décision"):
        agree(held, by=denis, at=timezone.now())
    propose(application, held, diane)
    with pytest.raises(WaveNotReady, match="autre personne"):
        agree(held, by=diane, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.filter(pk=held.pk).update(validated_by=diane)
    agree(held, by=denis, at=timezone.now())
    with pytest.raises(DecisionLocked):
        propose(application, held, diane, outcome=Outcome.DECLINED)


def test_mails_are_written_at_validation_and_leave_with_the_publication(promotion, diane, denis):
    kept, declined = (make.read_twice(make.submitted(promotion)) for _ in range(2))
    held = make.wave(promotion, diane)
    propose(kept, held, diane)
    propose(declined, held, diane, outcome=Outcome.DECLINED, reason="Trop peu de pratique.")
    agree(held, by=denis, at=timezone.now())
    mails = Message.objects.filter(batch=f"wave:{held.code}")
    assert {mail.status for mail in mails} == {MailStatus.HELD}
    assert decision_told(kept) is None
    assert publish_wave(held, at=timezone.now()) == 2
    assert {mail.status for mail in mails.all()} == {MailStatus.NEW}
    kept.refresh_from_db()
    declined.refresh_from_db()
    assert (kept.status, declined.status) == (Status.SHORTLISTED, Status.DECLINED)
    assert kept.decided_at
    assert "Trop peu de pratique." in mails.get(to_person=declined.candidate).body
    assert decision_told(declined).reason == "Trop peu de pratique."


def test_no_publication_before_the_hour_nor_twice(promotion, diane, denis):
    application = make.read_twice(make.submitted(promotion))
    held = make.wave(promotion, diane, due=False)
    propose(application, held, diane)
    with pytest.raises(IllegalMove):
        publish_wave(held, at=held.publishes_at)
    agree(held, by=denis, at=timezone.now())
    with pytest.raises(WaveNotDue):
        publish_wave(held, at=timezone.now())
    publish_wave(held, at=held.publishes_at)
    with pytest.raises(IllegalMove):
        publish_wave(held, at=held.publishes_at)


def test_a_missing_mail_stops_the_publication_whole(promotion, diane, denis):
    applications = [make.read_twice(make.submitted(promotion)) for _ in range(2)]
    held = make.decided(promotion, *applications, publish=False, staff=(diane, denis))
    Message.objects.filter(batch=f"wave:{held.code}").first().delete()
    with pytest.raises(WaveNotReady):
        publish_wave(held, at=timezone.now())
    assert set(Application.objects.values_list("status", flat=True)) == {Status.SUBMITTED}


def test_a_withdrawal_leaves_the_wave_with_its_mail(promotion, diane, denis):
    leaving, staying = (make.read_twice(make.submitted(promotion)) for _ in range(2))
    held = make.decided(promotion, leaving, staying, publish=False, staff=(diane, denis))
    withdraw_application_record(leaving, by=leaving.candidate, at=timezone.now())
    assert publish_wave(held, at=timezone.now()) == 1
    told = Message.objects.filter(batch=f"wave:{held.code}")
    assert [mail.to_person for mail in told] == [staying.candidate]


def test_a_cancelled_wave_forgets_and_writes_to_nobody(promotion, diane, denis):
    application = make.read_twice(make.submitted(promotion))
    held = make.decided(promotion, application, publish=False, staff=(diane, denis))
    cancel_wave(held, by=diane, at=timezone.now())
    assert not Decision.objects.exists()
    assert not Message.objects.filter(batch=f"wave:{held.code}").exists()


def test_a_validated_wave_taken_up_again_is_written_anew(promotion, diane, denis):
    application = make.read_twice(make.submitted(promotion))
    held = make.decided(promotion, application, publish=False, staff=(diane, denis))
    again = reopen_wave(held, by=diane, at=timezone.now())
    propose(application, again, diane, reason="Un motif mieux dit.")
    agree(again, by=denis, at=timezone.now())
    publish_wave(again, at=timezone.now())
    assert "Un motif mieux dit." in Message.objects.get(kind="candidates/application_shortlisted").body


def test_bulk_proposals_follow_the_marks_and_leave_out_who_waits_for_a_third_reader(promotion, diane):
    best = make.read_twice(make.submitted(promotion), 5, 5)
    fair = make.read_twice(make.submitted(promotion), 3, 3)
    make.read_twice(make.submitted(promotion), 5, 3)
    unread = make.submitted(promotion)
    held = make.wave(promotion, diane)
    assert propose_decisions(held, kept={best.pk}, by=diane, at=timezone.now()) == (1, 1)
    told = {item.application_id: item for item in Decision.objects.all()}
    assert told[best.pk].outcome == Outcome.SHORTLISTED
    assert told[fair.pk].outcome == Outcome.DECLINED
    assert told[fair.pk].reason.startswith("Ce qui a manqué :")
    assert unread.pk not in told


def test_a_draft_or_another_promotions_application_is_not_decided(promotion, diane):
    held = make.wave(promotion, diane)
    with pytest.raises(NothingToDecide):
        propose(make.ready(promotion), held, diane)


@pytest.mark.django_db(transaction=True)
def test_two_publications_at_once_publish_once(promotion_committed):
    promotion = promotion_committed
    first, second = person("Diane", "Delmas", staff=True), person("Denis", "Duval", staff=True)
    applications = [make.read_twice(make.submitted(promotion)) for _ in range(3)]
    held = make.decided(promotion, *applications, publish=False, staff=(first, second))
    barrier, outcomes = threading.Barrier(3), []

    def publish():
        barrier.wait()
        try:
            outcomes.append(publish_wave(Wave.objects.get(pk=held.pk), at=timezone.now()))
        except IllegalMove:
            outcomes.append(0)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [0, 0, 3]
    assert Message.objects.filter(batch=f"wave:{held.code}", status=MailStatus.NEW).count() == 3
