"""What a wave promises, in both calls: one lock, one letter a decision, two people, one hour."""

import shutil
import threading
from datetime import timedelta
from time import monotonic, sleep

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from eig.journal.models import Entry
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
    move_wave,
    publish_wave,
    reopen_wave,
    retract_decision,
)
from eig.waves.choices import WaveStatus
from eig.waves.models import Wave
from privacy.actions.erasing import erase_person
from projects.actions import add_editor
from rehearsal.agreeing import agree
from tests.people import person
from tests.waves.calls import CALLS, letters

NOW = timezone.now


def waits_for_a_lock(backends: list[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = ANY(%s) AND NOT granted", [backends])
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deed", [agree, publish_wave])
def test_who_withdraws_at_that_instant_is_not_written_to(promotion_committed, call, deed):
    """A withdrawal is under way: the wave waits for it, then counts one decision and one letter less."""
    promotion = promotion_committed
    first, second = person("Diane", "Delmas", staff=True), person("Denis", "Duval", staff=True)
    leaving, staying = call.target(promotion), call.target(promotion)
    wave = call.wave(promotion, first)
    for target in (leaving, staying):
        call.propose(target, wave, first)
    if deed is publish_wave:
        agree(wave, by=second, at=NOW())
    backends, raised, done = [], [], threading.Event()

    def act():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backends.append(cursor.fetchone()[0])
            deed(wave, by=second, at=NOW())
        except Exception as error:  # noqa: BLE001 - the test judges it
            raised.append(error)
        finally:
            done.set()
            connections.close_all()

    with transaction.atomic():
        call.withdraw(leaving, by=call.owner(leaving), at=NOW())
        thread = threading.Thread(target=act)
        thread.start()
        give_up = monotonic() + 30
        while not (done.is_set() or waits_for_a_lock(backends)) and monotonic() < give_up:
            sleep(0.02)
    thread.join(30)
    assert raised == []
    assert [mail.to_person for mail in letters(wave)] == [call.owner(staying)]
    assert call.kind.rows.filter(wave=wave).count() == 1
    if deed is agree:
        assert publish_wave(wave, at=NOW()) == 1
    assert Message.objects.filter(kind=call.letter).count() == 1


@pytest.mark.django_db
def test_an_empty_letter_stops_the_validation(promotion, call, diane, denis, settings, tmp_path):
    folder = tmp_path / "emails"
    shutil.copytree(settings.BASE_DIR / "templates" / "emails", folder)
    (folder / f"{call.letter}.txt").write_text(
        "{% partialdef subject %}Résultat{% endpartialdef %}{% partialdef body %} {% endpartialdef %}"
    )
    engines = [dict(engine) for engine in settings.TEMPLATES]
    emails = next(engine for engine in engines if engine.get("NAME") == "emails")
    emails["DIRS"] = [folder]
    settings.TEMPLATES = engines
    wave = call.wave(promotion, diane)
    call.propose(call.target(promotion), wave, diane)
    with pytest.raises(WaveNotReady, match="message est vide"):
        agree(wave, by=denis, at=NOW())
    wave.refresh_from_db()
    assert wave.status == WaveStatus.PREPARED
    assert not letters(wave).exists()


@pytest.mark.django_db
def test_a_rank_of_the_reserve_is_given_once_and_never_missing(promotion, call, diane):
    wave = call.wave(promotion, diane)
    one, two, three = (call.target(promotion) for _ in range(3))
    for mark, target in enumerate((one, two, three)):
        # Unlike marks: equal ones of a trade may share a rank.
        type(target).objects.filter(pk=target.pk).update(score=1000 - mark)
        target.refresh_from_db()
    reserve = call.kind.reserve
    assert call.propose(one, wave, diane, outcome=reserve).reserve_rank == 1
    assert call.propose(two, wave, diane, outcome=reserve).reserve_rank == 2
    with pytest.raises(RankTaken, match="rang 2"):
        call.propose(three, wave, diane, outcome=reserve, reserve_rank=2)
    # Written again, it keeps its own rank.
    assert call.propose(two, wave, diane, outcome=reserve, reserve_rank=2).reserve_rank == 2
    assert call.propose(three, wave, diane, outcome=call.kind.outcomes.values[-1]).reserve_rank is None


@pytest.mark.django_db
def test_what_is_published_is_not_retracted(promotion, call, diane, denis):
    wave = call.validated(promotion, diane, denis)
    publish_wave(wave, at=NOW())
    decision = call.kind.rows.get(wave=wave)
    with pytest.raises(DecisionLocked):
        retract_decision(decision, by=diane, at=NOW())
    # Even if its wave were open again by mistake.
    Wave.objects.filter(pk=wave.pk).update(status=WaveStatus.PREPARED)
    decision.wave.refresh_from_db()
    retract_decision(decision, by=diane, at=NOW())
    assert call.kind.rows.filter(pk=decision.pk).exists()


@pytest.mark.django_db
def test_a_record_already_in_a_validated_wave_is_not_taken_by_another(promotion, call, diane, denis):
    target = call.target(promotion)
    first, second = call.wave(promotion, diane), call.wave(promotion, diane)
    call.propose(target, first, diane)
    call.propose(target, second, diane)
    assert call.kind.rows.get().wave == second
    agree(second, by=denis, at=NOW())
    with pytest.raises(DecisionLocked, match="vague validée"):
        call.propose(target, first, diane)


@pytest.mark.django_db
def test_a_withdrawn_record_is_not_decided(promotion, call, diane):
    target = call.target(promotion)
    call.withdraw(target, by=call.owner(target), at=NOW())
    with pytest.raises(NothingToDecide, match=call.kind.words.one):
        call.propose(target, call.wave(promotion, diane), diane)


# --- The hour moves ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_validated_wave_moves_stays_validated_and_both_people_hear_it(promotion, call, diane, denis):
    wave = call.validated(promotion, diane, denis)
    mover = person("Dora", "Dumas", staff=True)
    written = list(letters(wave).values_list("pk", "body"))
    later = NOW() + timedelta(days=3)
    assert move_wave(wave, title="Nouvel intitulé", publishes_at=later, by=mover, at=NOW())
    assert (wave.status, wave.title, wave.publishes_at) == (WaveStatus.VALIDATED, "Nouvel intitulé", later)
    assert list(letters(wave).values_list("pk", "body")) == written
    told = Message.objects.filter(kind="waves/wave_moved").order_by("pk")
    assert {mail.to_person for mail in told} == {diane, denis}
    assert all("Nouvel intitulé" in mail.body and str(wave.code) in mail.body for mail in told)
    assert Entry.objects.filter(verb="move_wave", record_type="waves.wave", record_id=wave.pk).count() == 1
    with pytest.raises(WaveNotDue):
        publish_wave(wave, at=NOW())
    assert publish_wave(wave, at=later) == 1


@pytest.mark.django_db
def test_who_moves_a_wave_is_not_told_of_it_and_nothing_changed_tells_nobody(promotion, call, diane):
    wave = call.wave(promotion, diane)
    assert not move_wave(wave, title=wave.title, publishes_at=wave.publishes_at, by=diane, at=NOW())
    assert move_wave(wave, title="Autre", publishes_at=wave.publishes_at, by=diane, at=NOW())
    assert not Message.objects.filter(kind="waves/wave_moved").exists()


@pytest.mark.django_db
def test_a_wave_published_or_given_up_moves_no_more(promotion, call, diane, denis):
    published, dropped = call.validated(promotion, diane, denis), call.wave(promotion, diane)
    publish_wave(published, at=NOW())
    cancel_wave(dropped, by=diane, at=NOW())
    for wave in (published, dropped):
        with pytest.raises(IllegalMove):
            move_wave(wave, title="Trop tard", publishes_at=NOW(), by=diane, at=NOW())


# --- An account is erased between the validation and the hour ------------------------------------------


@pytest.mark.django_db
def test_a_colleague_is_written_to_when_the_lead_has_gone(promotion, diane, denis):
    call = CALLS["projects"]
    project, other = call.target(promotion), call.target(promotion)
    wave = call.wave(promotion, diane)
    for target in (project, other):
        call.propose(target, wave, diane)
    agree(wave, by=denis, at=NOW())
    colleague, lead = person("Colette", "Garnier"), call.owner(project)
    add_editor(project, person=colleague, at=NOW())
    address = lead.email
    erase_person(lead, at=NOW())
    assert publish_wave(wave, at=NOW()) == 2
    project.refresh_from_db()
    assert project.status == "laureate"
    mine = letters(wave).get(key=f"project-decision:{call.kind.rows.get(project=project).pk}")
    assert (mine.to_person, mine.status) == (colleague, MailStatus.NEW)
    assert "Colette" in mine.body
    assert letters(wave).count() == 2
    assert not Message.objects.filter(to_email=address, kind=call.letter).exists()


@pytest.mark.django_db
def test_a_candidate_who_erased_their_account_leaves_the_wave(promotion, diane, denis):
    call = CALLS["applications"]
    leaving, staying = call.target(promotion), call.target(promotion)
    wave = call.wave(promotion, diane)
    for target in (leaving, staying):
        call.propose(target, wave, diane)
    agree(wave, by=denis, at=NOW())
    erase_person(call.owner(leaving), at=NOW())
    assert publish_wave(wave, at=NOW()) == 1
    assert [mail.to_person for mail in letters(wave)] == [call.owner(staying)]


@pytest.mark.django_db
def test_a_letter_that_is_gone_is_not_written_again_in_silence(promotion, call, diane, denis):
    """Only a letter cancelled by an erasure is: a lost one stops the wave, which is taken up again."""
    wave = call.validated(promotion, diane, denis, count=2)
    letters(wave).first().delete()
    with pytest.raises(WaveNotReady, match="1\u00a0message pour 2\u00a0décisions"):
        publish_wave(wave, at=NOW())
    again = reopen_wave(wave, by=diane, at=NOW())
    agree(again, by=denis, at=NOW())
    assert publish_wave(again, at=NOW()) == 2
