"""Minutes are written from data, frozen by their hash, signed by those who sat; booklets close with them."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from eig.documents.models import Document, Print
from eig.documents.printing import ask_print, print_next
from eig.journal.redaction import erasing
from eig.mail.models import Message
from matching.interviews.actions import place_audition, recuse_juror, seat_juror
from matching.interviews.actions.lock import MinutesWritten
from matching.interviews.actions.minutes import (
    NotOnThePanel,
    NotTheScribe,
    NotYet,
    SignFirst,
    freeze_minutes,
    record_prevented,
    sign_minutes,
    write_opinion,
)
from matching.interviews.actions.room import begin_passage, end_passage, note_presence
from matching.interviews.choices import MinutesStatus, Presence
from matching.interviews.documents import BOOKLET, MINUTES
from matching.interviews.models import Minutes, MinutesSignature, Opinion
from matching.interviews.queries.booklet import booklet_auditions, changed_since
from matching.interviews.queries.minutes import is_intact, minutes_lines
from matching.interviews.rules.minutes import canonical, digest
from tests.factories import interviews
from tests.factories.candidates import shortlisted
from tests.factories.projects import published
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(promotion, diane, claire):
    jurors = [interviews.juror(promotion, diane, claire), interviews.juror(promotion, diane)]
    panel = interviews.panel(promotion, diane, jurors)
    project = published(promotion)
    auditions = [
        interviews.placed(shortlisted(promotion, person("Lia", name)), project, diane, panel, told=True)
        for name in ("Ubaldi", "Dumoulin")
    ]
    return panel, auditions, jurors


def settle(room, *, by, missing=()):
    """Everybody heard, signed and spoken of; those in `missing` never came."""
    panel, auditions, jurors = room
    for rank, audition in enumerate(auditions):
        if rank in missing:
            note_presence(audition, status=Presence.ABSENT, by=by, at=audition.during.lower)
            continue
        for juror in jurors:
            interviews.signed(audition, juror, 4 - rank)
        write_opinion(audition, text="Un échange solide.", by=by, at=audition.during.upper)
    return panel


def test_minutes_wait_for_everything_to_be_settled(room, claire):
    panel, auditions, jurors = room
    with pytest.raises(NotYet) as refusal:
        freeze_minutes(panel, by=claire, at=panel.during.upper)
    assert len(refusal.value.reasons) == 2
    begin_passage(auditions[0], by=claire, at=auditions[0].during.lower)
    end_passage(auditions[0], by=claire, at=auditions[0].during.upper)
    interviews.signed(auditions[0], jurors[0])
    note_presence(auditions[1], status=Presence.EXCUSED, by=claire, at=auditions[1].during.lower)
    with pytest.raises(NotYet, match="1 fiche à signer"):
        freeze_minutes(panel, by=claire, at=panel.during.upper)
    interviews.signed(auditions[0], jurors[1])
    with pytest.raises(NotYet, match="avis collectif"):
        freeze_minutes(panel, by=claire, at=panel.during.upper)
    write_opinion(auditions[0], text="Net.", by=claire, at=panel.during.upper)
    assert freeze_minutes(panel, by=claire, at=panel.during.upper).status == MinutesStatus.FROZEN


def test_each_signs_alone_before_the_panel_speaks(room, claire):
    _, (first, _), jurors = room
    with pytest.raises(SignFirst):
        write_opinion(first, text="Trop tôt.", by=claire, at=first.during.lower)
    interviews.signed(first, jurors[0])
    with pytest.raises(SignFirst):
        write_opinion(first, text="L’autre n’a pas signé.", by=claire, at=first.during.upper)
    interviews.signed(first, jurors[1])
    with pytest.raises(NotTheScribe):
        write_opinion(first, text="Pas moi.", by=jurors[1].person, at=first.during.upper)
    write_opinion(first, text="Bien.", by=claire, at=first.during.upper)
    write_opinion(first, text="Très bien.", by=claire, at=first.during.upper)
    assert Opinion.objects.get().text == "Très bien."


def test_the_content_holds_figures_and_fingerprints_no_name(room, claire):
    minutes = freeze_minutes(settle(room, by=claire, missing=(1,)), by=claire, at=room[0].during.upper)
    text = canonical(minutes.content).decode()
    for word in ("Ubaldi", "Dumoulin", "Lia", "solide"):
        assert word not in text
    heard, missed = minutes.content["auditions"]
    assert (heard["presence"], missed["presence"]) == ("heard", "absent")
    assert heard["score"] == room[1][0].__class__.objects.get(pk=room[1][0].pk).score
    assert [card["total"] is not None for card in heard["cards"]] == [True, True]
    assert is_intact(minutes)
    again = json.loads(json.dumps(minutes.content))
    assert digest(again) == minutes.sha256


def test_asking_twice_gives_the_same_minutes(room, claire):
    panel = settle(room, by=claire)
    first = freeze_minutes(panel, by=claire, at=panel.during.upper)
    again = freeze_minutes(panel, by=claire, at=panel.during.upper + timedelta(hours=1))
    assert (first.pk, first.sha256, first.frozen_at) == (again.pk, again.sha256, again.frozen_at)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE interviews_minutes SET content = '{}'",
        "UPDATE interviews_minutes SET sha256 = repeat('0', 64)",
        "DELETE FROM interviews_minutes",
        "UPDATE interviews_opinion SET text = 'autre'",
        "UPDATE interviews_passage SET incident = 'autre'",
        "UPDATE interviews_audition SET slot_id = NULL, during = NULL, status = 'planned'",
        "DELETE FROM interviews_panelseat",
        "UPDATE interviews_minutessignature SET prevented = 'autre'",
        "DELETE FROM interviews_minutessignature",
    ],
)
def test_the_database_holds_what_was_frozen(room, claire, change):
    panel, auditions, _ = room
    begin_passage(auditions[0], by=claire, at=auditions[0].during.lower)
    minutes = freeze_minutes(settle(room, by=claire), by=claire, at=panel.during.upper)
    sign_minutes(minutes, by=claire, at=panel.during.upper)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_nobody_is_placed_nor_seated_after_the_minutes(room, claire, diane, promotion):
    panel = settle(room, by=claire)
    late = interviews.planned(shortlisted(promotion, person("Lia", "Tard")), room[1][0].project, diane)
    freeze_minutes(panel, by=claire, at=panel.during.upper)
    with pytest.raises(MinutesWritten):
        place_audition(late, slot=interviews.free_slot(panel), by=diane, at=panel.during.upper)
    with pytest.raises(MinutesWritten):
        seat_juror(panel, juror=interviews.juror(promotion, diane), by=diane, at=panel.during.upper)
    with pytest.raises(MinutesWritten):
        write_opinion(room[1][0], text="Après coup.", by=claire, at=panel.during.upper)


def test_the_last_signature_closes_the_minutes(room, claire, diane, emile):
    panel, _, jurors = room
    minutes = freeze_minutes(settle(room, by=claire), by=claire, at=panel.during.upper)
    told = Message.objects.filter(kind="interviews/minutes_to_sign")
    assert [message.to_email for message in told] == [jurors[1].person.email]
    with pytest.raises(NotOnThePanel):
        sign_minutes(minutes, by=emile, at=panel.during.upper)
    sign_minutes(minutes, by=claire, at=panel.during.upper)
    sign_minutes(minutes, by=claire, at=panel.during.upper)
    assert Minutes.objects.get().status == MinutesStatus.FROZEN
    record_prevented(minutes, juror=jurors[1], reason="Hospitalisé", by=diane, at=panel.during.upper)
    assert Minutes.objects.get().status == MinutesStatus.SIGNED
    assert MinutesSignature.objects.count() == 2


def test_an_erased_opinion_leaves_its_fingerprint(room, claire):
    panel = settle(room, by=claire)
    minutes = freeze_minutes(panel, by=claire, at=panel.during.upper)
    with erasing():
        Opinion.objects.update(text="")
    assert is_intact(Minutes.objects.get(pk=minutes.pk))
    assert all(line.altered for line in minutes_lines(panel, minutes))


def test_whoever_stepped_aside_reads_nothing_of_that_person(room, claire, promotion):
    panel, (first, second), jurors = room
    other = jurors[1].person
    at = panel.during.lower - timedelta(hours=1)
    recuse_juror(jurors[1], application=first.application, reason="Famille", by=other, at=at)
    interviews.signed(first, jurors[0])
    write_opinion(first, text="Un mot à ne pas lire.", by=claire, at=first.during.upper)
    for juror in jurors:
        interviews.signed(second, juror)
    write_opinion(second, text="Un mot commun.", by=claire, at=second.during.upper)
    freeze_minutes(panel, by=claire, at=panel.during.upper)
    while print_next():
        pass
    page = signed_in(other).get(f"/auditions/salles/{panel.code}/proces-verbal/").text
    assert "Un mot commun." in page
    assert "Un mot à ne pas lire." not in page
    assert "Ubaldi" not in page
    paper = f"/auditions/salles/{panel.code}/proces-verbal.pdf"
    assert signed_in(other).get(paper).status_code == 404
    assert b"".join(signed_in(claire).get(paper).streaming_content).startswith(b"%PDF")


def test_marks_wait_for_the_last_signature_of_cards(room, claire):
    panel, (first, _), jurors = room
    interviews.signed(first, jurors[1], 1)
    page = signed_in(claire).get(f"/auditions/salles/{panel.code}/proces-verbal/").text
    assert "Moyenne du jury" not in page


def test_the_booklet_holds_ones_own_dossiers_and_closes_with_the_minutes(room, claire, diane, promotion):
    panel, _, jurors = room
    elsewhere = interviews.panel(promotion, diane, [interviews.juror(promotion, diane)], room="Salle 2")
    foreign = interviews.placed(
        shortlisted(promotion, person("Noé", "Ailleurs")), room[1][0].project, diane, elsewhere
    )
    assert foreign.pk not in {audition.pk for audition in booklet_auditions(jurors[0])}
    browser = signed_in(claire)
    browser.post("/auditions/jury/livret/preparer/")
    while print_next():
        pass
    response = browser.get("/auditions/jury/livret.pdf")
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    settle(room, by=claire)
    minutes = freeze_minutes(panel, by=claire, at=panel.during.upper)
    for juror in jurors:
        sign_minutes(minutes, by=juror.person, at=panel.during.upper)
    assert browser.get("/auditions/jury/livret.pdf").status_code == 404
    assert not Print.objects.filter(kind=BOOKLET).exists()
    assert "Le livret est fermé" in browser.get("/auditions/jury/livret/").text


def test_a_booklet_that_is_no_longer_true_is_not_given(room, claire):
    panel, (first, _), jurors = room
    asked = panel.during.lower - timedelta(hours=5)
    ask_print(BOOKLET, subject_id=jurors[0].pk, title="Livret", by=claire, at=asked)
    while print_next():
        pass
    recuse_juror(
        jurors[0], application=first.application, reason="Famille", by=claire, at=asked + timedelta(hours=1)
    )
    assert changed_since(jurors[0], asked)
    assert signed_in(claire).get("/auditions/jury/livret.pdf").status_code == 404


def test_the_minutes_are_printed(room, claire):
    panel = settle(room, by=claire)
    minutes = freeze_minutes(panel, by=claire, at=panel.during.upper)
    while print_next():
        pass
    job = Print.objects.get(kind=MINUTES, subject_id=minutes.pk)
    assert (job.status, job.error) == ("ready", "")
    with Document.objects.get(pk=job.document_id).file.open() as file:
        assert file.read(5) == b"%PDF-"
    page = signed_in(claire).get(f"/auditions/salles/{panel.code}/proces-verbal/").text
    assert minutes.sha256 in page
    assert "Signer le procès-verbal" in page
