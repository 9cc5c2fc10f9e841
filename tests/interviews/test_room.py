"""The room on the day: one audition at a time, who is missing gets another time, nobody else may touch it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from eig.juries.actions import TooEarly
from eig.juries.rules import steps_from
from eig.mail.models import Message
from matching.interviews.actions import recuse_juror
from matching.interviews.actions.lock import MinutesWritten
from matching.interviews.actions.minutes import freeze_minutes, write_opinion
from matching.interviews.actions.room import (
    NotInTheRoom,
    RoomBusy,
    begin_passage,
    end_passage,
    note_presence,
    reschedule,
)
from matching.interviews.choices import AuditionStatus, Presence
from matching.interviews.models import Audition, Passage, Scorecard
from matching.interviews.queries.room import room_of
from matching.interviews.rules.room import minutes_behind, step_at
from tests.factories import interviews
from tests.factories.candidates import shortlisted
from tests.factories.projects import published
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
STEPS = (("Le jury seul", 10), ("Présentation", 5), ("Questions", 15), ("Délibération", 10))


@pytest.fixture
def room(promotion, diane, claire):
    """A panel of two (Claire is its référente), two candidates placed this morning and told."""
    jurors = [interviews.juror(promotion, diane, claire), interviews.juror(promotion, diane)]
    panel = interviews.panel(promotion, diane, jurors)
    project = published(promotion)
    auditions = [
        interviews.placed(shortlisted(promotion, person("Lia", name)), project, diane, panel, told=True)
        for name in ("Ubaldi", "Dumoulin")
    ]
    return panel, auditions, jurors


def test_the_steps_follow_one_another_on_the_clock():
    start = timezone.now()
    steps = steps_from(start, STEPS)
    assert [step.minutes for step in steps] == [10, 5, 15, 10]
    assert steps[-1].ends == start + timedelta(minutes=40)
    assert step_at(steps, start + timedelta(minutes=10)).words == "Présentation"
    assert step_at(steps, start + timedelta(minutes=40)) is None
    assert minutes_behind(start, start + timedelta(minutes=7, seconds=59)) == 7
    assert minutes_behind(start, start - timedelta(minutes=7)) == 0


def test_a_passage_from_the_door_to_the_end(room, claire):
    panel, (first, _), _ = room
    at = first.during.lower
    note_presence(first, status=Presence.PRESENT, by=claire, at=at)
    begin_passage(first, by=claire, at=at + timedelta(minutes=4))
    seen = room_of(panel, user=claire)
    assert seen.running is not None
    assert seen.running.behind == 4
    assert seen.running.audition.pk == first.pk
    end_passage(first, by=claire, at=at + timedelta(minutes=40))
    first.refresh_from_db()
    assert first.status == AuditionStatus.HEARD
    assert first.passage.status == Presence.HEARD
    assert room_of(panel, user=claire).over == 1


def test_one_audition_at_a_time_in_a_room(room, claire):
    _, (first, second), _ = room
    begin_passage(first, by=claire, at=first.during.lower)
    with pytest.raises(RoomBusy):
        begin_passage(second, by=claire, at=second.during.lower)
    end_passage(first, by=claire, at=second.during.lower)
    begin_passage(second, by=claire, at=second.during.lower)


def test_a_second_click_changes_nothing(room, claire):
    _, (first, _), _ = room
    began = begin_passage(first, by=claire, at=first.during.lower)
    again = begin_passage(first, by=claire, at=first.during.lower + timedelta(minutes=9))
    assert again.began_at == began.began_at
    end_passage(first, by=claire, at=first.during.upper)
    end_passage(first, by=claire, at=first.during.upper + timedelta(minutes=9))
    assert Passage.objects.get(audition=first).ended_at == first.during.upper


def test_an_audition_not_begun_does_not_end(room, claire):
    _, (first, _), _ = room
    with pytest.raises(NotInTheRoom):
        end_passage(first, by=claire, at=first.during.lower)


def test_who_is_missing_is_given_another_time_and_told(room, claire):
    panel, (first, _), jurors = room
    note_presence(first, status=Presence.ABSENT, by=claire, at=first.during.lower)
    assert Audition.objects.get(pk=first.pk).status == AuditionStatus.ABSENT
    later = interviews.free_slot(panel, 2)
    reschedule(first, slot=later, by=claire, at=first.during.lower + timedelta(minutes=20))
    first.refresh_from_db()
    assert (first.status, first.slot_id) == (AuditionStatus.PLACED, later.pk)
    assert first.passage.status == Presence.EXPECTED
    assert (
        Message.objects.filter(
            kind="juries/hearing_moved", to_email=first.application.candidate.email
        ).count()
        == 1
    )
    assert Scorecard.objects.filter(audition=first).count() == len(jurors)


def test_one_may_be_excused_beforehand_but_not_absent(room, claire):
    _, (first, _), _ = room
    before = first.during.lower - timedelta(minutes=1)
    with pytest.raises(TooEarly, match="n’a pas encore commencé"):
        note_presence(first, status=Presence.ABSENT, by=claire, at=before)
    note_presence(first, status=Presence.EXCUSED, by=claire, at=before)
    assert Audition.objects.get(pk=first.pk).status == AuditionStatus.ABSENT


def test_a_person_heard_is_not_moved(room, claire):
    panel, (first, _), _ = room
    begin_passage(first, by=claire, at=first.during.lower)
    end_passage(first, by=claire, at=first.during.upper)
    with pytest.raises(NotInTheRoom):
        reschedule(first, slot=interviews.free_slot(panel, 2), by=claire, at=first.during.upper)


def test_the_room_is_for_its_panel_and_the_team(room, claire, diane, emile):
    panel, (first, _), _ = room
    path = f"/auditions/salles/{panel.code}/"
    assert signed_in(claire).get(path).status_code == 200
    assert signed_in(diane).get(path).status_code == 200
    for who in (emile, first.application.candidate):
        assert signed_in(who).get(path).status_code == 404
        for deed in ("presence", "commencer", "terminer", "telephone"):
            assert signed_in(who).post(f"/auditions/passages/{first.code}/{deed}/").status_code == 404
    assert not Passage.objects.exists()


def test_the_room_costs_the_same_for_two_and_for_six(room, claire, diane, promotion):
    panel, (first, _), _ = room
    with CaptureQueriesContext(connection) as few:
        room_of(panel, user=claire)
    for rank in range(4):
        who = person("Lia", f"Autre {rank}")
        interviews.placed(shortlisted(promotion, who), first.project, diane, panel)
    with CaptureQueriesContext(connection) as many:
        assert len(room_of(panel, user=claire).lines) == 6
    assert len(many) == len(few)


def test_whoever_stepped_aside_reads_no_name_in_the_room(room, claire, promotion, diane):
    panel, (first, _), jurors = room
    recuse_juror(
        jurors[0], application=first.application, reason="Ancien collègue", by=claire, at=timezone.now()
    )
    page = signed_in(claire).get(f"/auditions/salles/{panel.code}/").text
    assert "Dumoulin" in page
    assert "Ubaldi" not in page
    assert "Vous vous êtes déporté" in page


def test_the_page_is_conducted_by_buttons(room, claire):
    panel, (first, _), _ = room
    browser = signed_in(claire)
    browser.post(f"/auditions/passages/{first.code}/commencer/")
    page = browser.get(f"/auditions/salles/{panel.code}/").text
    assert "En cours" in page
    assert "Le jury seul" in page
    browser.post(f"/auditions/passages/{first.code}/telephone/")
    assert Passage.objects.get(audition=first).by_phone
    browser.post(f"/auditions/passages/{first.code}/terminer/")
    assert Passage.objects.get(audition=first).status == Presence.HEARD


def test_another_time_takes_two_clicks(room, claire):
    panel, (first, second), _ = room
    browser = signed_in(claire)
    page = browser.get(f"/auditions/passages/{first.code}/reprogrammer/").text
    slot = interviews.free_slot(panel, 1)
    assert str(slot.code) in page
    assert str(second.slot.code) not in page
    browser.post(f"/auditions/passages/{first.code}/reprogrammer/", {"slot": slot.code})
    first.refresh_from_db()
    assert first.slot_id == slot.pk
    taken = browser.post(
        f"/auditions/passages/{first.code}/reprogrammer/", {"slot": second.slot.code}, follow=True
    )
    assert "n’est plus libre" in taken.text


def test_after_the_minutes_nothing_of_the_day_changes(room, claire):
    panel, auditions, jurors = room
    for audition in auditions:
        for juror in jurors:
            interviews.signed(audition, juror)
        write_opinion(audition, text="Solide.", by=claire, at=audition.during.upper)
    freeze_minutes(panel, by=claire, at=panel.during.upper)
    with pytest.raises(MinutesWritten):
        note_presence(auditions[0], status=Presence.EXCUSED, by=claire, at=panel.during.upper)
