"""Waves: two people, one instant, as many mails as decisions, and nothing seen before."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from eig.lifecycle import IllegalMove
from eig.mail.choices import Status as MailStatus
from eig.mail.models import Message
from eig.waves.actions import (
    DecisionLocked,
    NothingToDecide,
    RankTaken,
    WaveNotDue,
    WaveNotReady,
    cancel_wave,
    propose_decision,
    publish_wave,
    reopen_wave,
    retract_decision,
)
from eig.waves.choices import WaveStatus
from eig.waves.models import Wave
from projects.actions import refuse_eligibility, withdraw_project
from projects.choices import Outcome, Status
from projects.models import Decision
from projects.queries import decision_told, projects_to_decide
from rehearsal.agreeing import agree
from tests.factories import projects as make
from tests.people import signed_in

CANARY = "Canari : le motif que personne ne lit avant l’heure"


def now():
    return timezone.now()


@pytest.fixture
def wave(promotion, diane):
    return make.wave(promotion, by=diane)


def propose(project, wave, by, outcome=Outcome.LAUREATE, **more):
    return propose_decision(project, wave=wave, outcome=outcome, reason=CANARY, by=by, at=now(), **more)


def test_who_prepares_does_not_validate(promotion, wave, diane):
    propose(make.eligible(promotion), wave, diane)
    with pytest.raises(WaveNotReady, match="autre personne"):
        agree(wave, by=diane, at=now())


def test_the_database_asks_for_two_people_too(wave, diane):
    with pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(status="validated", validated_by=diane, validated_at=now())


def test_an_empty_wave_is_not_validated(wave, denis):
    with pytest.raises(WaveNotReady, match="aucune décision"):
        agree(wave, by=denis, at=now())


def test_mails_are_written_at_validation_and_leave_at_publication(promotion, wave, diane, denis):
    projects = [make.eligible(promotion) for _ in range(3)]
    for project, outcome in zip(projects, Outcome, strict=True):
        propose(project, wave, diane, outcome)
    before = Message.objects.count()
    agree(wave, by=denis, at=now())
    held = Message.objects.filter(batch=f"wave:{wave.code}")
    assert Message.objects.count() == before + 3
    assert set(held.values_list("status", flat=True)) == {MailStatus.HELD}
    assert publish_wave(wave, at=now()) == 3
    assert set(held.values_list("status", flat=True)) == {MailStatus.NEW}
    for project in projects:
        project.refresh_from_db()
    assert [project.status for project in projects] == [Status.LAUREATE, Status.RESERVE, Status.DECLINED]
    assert all(project.decided_at == wave.published_at for project in projects)
    assert all(CANARY in body for body in held.values_list("body", flat=True))


def test_nothing_is_published_before_its_hour(promotion, diane, denis):
    wave = make.wave(promotion, by=diane, publishes_at=now() + timedelta(hours=1))
    propose(make.eligible(promotion), wave, diane)
    agree(wave, by=denis, at=now())
    with pytest.raises(WaveNotDue):
        publish_wave(wave, at=now())
    assert publish_wave(wave, at=now() + timedelta(hours=2)) == 1


def test_a_lost_mail_stops_the_whole_wave(promotion, wave, diane, denis):
    projects = [make.eligible(promotion) for _ in range(2)]
    for project in projects:
        propose(project, wave, diane)
    agree(wave, by=denis, at=now())
    Message.objects.filter(batch=f"wave:{wave.code}").first().delete()
    with pytest.raises(WaveNotReady, match="1\u00a0message pour 2\u00a0décisions"):
        publish_wave(wave, at=now())
    for project in projects:
        project.refresh_from_db()
        assert project.status == Status.ELIGIBLE
    assert not Message.objects.filter(batch=f"wave:{wave.code}", status=MailStatus.NEW).exists()


def test_a_wave_is_published_once(promotion, wave, diane, denis):
    propose(make.eligible(promotion), wave, diane)
    agree(wave, by=denis, at=now())
    publish_wave(wave, at=now())
    with pytest.raises(IllegalMove):
        publish_wave(wave, at=now())


def test_before_the_hour_nobody_outside_sees_anything(promotion, wave, badis, diane, denis, claire):
    project = make.eligible(promotion, lead=badis)
    review = make.signed_reading(project, who=claire)
    propose(project, wave, diane)
    agree(wave, by=denis, at=now())
    assert decision_told(project) is None
    for person, path in (
        (badis, f"/projets/{project.code}/"),
        (badis, "/projets/"),
        (badis, f"/projets/{project.code}/recepisse/"),
        (claire, f"/lectures/projets/{review.sheet.code}/grille/"),
        (claire, "/lectures/projets/"),
    ):
        page = signed_in(person).get(path)
        assert page.status_code == 200
        text = page.content.decode()
        assert "Canari" not in text
        assert "Lauréat" not in text
    publish_wave(wave, at=now())
    assert "Canari" in signed_in(badis).get(f"/projets/{project.code}/").content.decode()


def test_a_validated_wave_takes_no_more_proposals(promotion, wave, diane, denis):
    decision = propose(make.eligible(promotion), wave, diane)
    agree(wave, by=denis, at=now())
    with pytest.raises(DecisionLocked):
        propose(make.eligible(promotion), wave, diane)
    with pytest.raises(DecisionLocked):
        retract_decision(decision, by=diane, at=now())


def test_a_project_awaits_one_decision_at_a_time(promotion, wave, diane, denis):
    project = make.eligible(promotion)
    propose(project, wave, diane)
    other = make.wave(promotion, by=diane)
    propose(project, other, diane, Outcome.DECLINED)
    assert Decision.objects.get(project=project).wave == other
    agree(other, by=denis, at=now())
    with pytest.raises(DecisionLocked):
        propose(project, wave, diane)


def test_the_reserve_is_ranked_without_ties(promotion, wave, diane):
    one, two, three = (make.eligible(promotion) for _ in range(3))
    assert propose(one, wave, diane, Outcome.RESERVE).reserve_rank == 1
    assert propose(two, wave, diane, Outcome.RESERVE).reserve_rank == 2
    with pytest.raises(RankTaken):
        propose(three, wave, diane, Outcome.RESERVE, reserve_rank=2)


def test_a_project_of_the_reserve_may_become_laureate_later(promotion):
    project = make.eligible(promotion)
    make.decide(project, Outcome.RESERVE)
    assert list(projects_to_decide(promotion)) == [project]
    make.decide(project, Outcome.LAUREATE)
    assert project.status == Status.LAUREATE
    assert decision_told(project).outcome == Outcome.LAUREATE


def test_a_draft_nor_a_decided_project_is_decided_upon(promotion, wave, diane):
    for project in (make.submitted(promotion), make.laureate(promotion)):
        with pytest.raises(NothingToDecide):
            propose(project, wave, diane)


def test_a_project_that_leaves_takes_its_decision_and_its_mail_along(promotion, wave, badis, diane, denis):
    leaving, staying = make.eligible(promotion, lead=badis), make.eligible(promotion)
    for project in (leaving, staying):
        propose(project, wave, diane)
    agree(wave, by=denis, at=now())
    withdraw_project(leaving, by=badis, at=now())
    assert publish_wave(wave, at=now()) == 1
    leaving.refresh_from_db()
    assert leaving.status == Status.WITHDRAWN
    assert not Message.objects.filter(kind="projects/project_laureate", to_person=badis).exists()


def test_a_project_found_ineligible_leaves_the_wave(promotion, wave, diane):
    project = make.eligible(promotion)
    propose(project, wave, diane)
    refuse_eligibility(project, reason="Hors champ.", by=diane, at=now())
    assert not Decision.objects.exists()


def test_a_validated_wave_can_be_taken_up_again(promotion, wave, diane, denis):
    propose(make.eligible(promotion), wave, diane)
    agree(wave, by=denis, at=now())
    again = reopen_wave(wave, by=diane, at=now())
    assert wave.status == WaveStatus.CANCELLED
    assert not Message.objects.filter(batch=f"wave:{wave.code}").exists()
    agree(again, by=denis, at=now())
    assert publish_wave(again, at=now()) == 1


def test_a_cancelled_wave_frees_its_projects(promotion, wave, diane, denis):
    project = make.eligible(promotion)
    propose(project, wave, diane)
    agree(wave, by=denis, at=now())
    cancel_wave(wave, by=diane, at=now())
    assert list(projects_to_decide(promotion)) == [project]
    assert not Message.objects.filter(status=MailStatus.HELD).exists()


def test_a_reason_is_never_empty(promotion, wave, diane):
    with pytest.raises(WaveNotReady, match="motif"):
        propose_decision(
            make.eligible(promotion), wave=wave, outcome="declined", reason=" ", by=diane, at=now()
        )
