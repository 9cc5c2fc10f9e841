"""A second person is a second person, and reads what is odd before agreeing. In both calls."""

from datetime import timedelta
from fractions import Fraction

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from eig.accounts.models import User
from eig.dossiers.choices import CorrectionStatus
from eig.evaluation.rules import Judged, written_reason
from eig.failures.models import Failure
from eig.journal.models import Entry
from eig.mail.models import Message
from eig.waves.actions import (
    LastValidator,
    WaveNotReady,
    confirm_wave,
    publish_wave,
    reopen_wave,
    split_wave,
    validate_wave,
)
from eig.waves.choices import Odd, WaveStatus
from eig.waves.kinds import kind_of
from eig.waves.models import Wave
from eig.waves.queries import digest_of, rereading, validators_of, written_by
from eig.waves.rules import cut, is_contrary, misplaced
from eig.waves.tasks import publish_due_waves
from rehearsal.agreeing import agree
from tests.people import person, signed_in
from tests.signing import agree_on_screen
from tests.waves.calls import REASON

NOW = timezone.now


@pytest.fixture
def team(diane, denis):
    return diane, denis, person("Dora", "Dumas", staff=True)


def looked(wave):
    return rereading(Wave.objects.get(pk=wave.pk), list(kind_of(wave).decisions(wave)))


def may_validate(wave, team):
    return [who for who in team if who in validators_of(wave)]


def signs(wave, target):
    return next(item.odd for item in looked(wave) if item.decision.target.pk == target.pk)


def written(call, promotion, by, count=1):
    wave = call.wave(promotion, by)
    return wave, [call.propose(call.target(promotion), wave, by) for _ in range(count)]


def test_who_wrote_one_decision_of_a_wave_does_not_validate_it(promotion, call, team):
    diane, denis, dora = team
    wave, (first, _) = written(call, promotion, diane, count=2)
    call.propose(first.target, wave, denis, reason="Récrit par Denis.")
    with pytest.raises(WaveNotReady, match="une autre personne"):
        agree(wave, by=denis, at=NOW())
    agree(wave, by=dora, at=NOW())
    assert Wave.objects.get(pk=wave.pk).validated_by == dora


def test_a_decision_written_again_by_a_third_person_is_still_of_its_first_author(promotion, call, team):
    diane, denis, dora = team
    wave, (decision,) = written(call, promotion, diane)
    call.propose(decision.target, wave, denis)
    call.propose(decision.target, wave, diane)
    assert may_validate(wave, team) == [dora]


def test_another_account_of_who_wrote_is_no_second_person(promotion, call, team):
    """Neither offered for the validation, nor counted as the one who is left."""
    diane, denis, dora = team
    twin = User.objects.create_user(
        "denis@ministere.example", None, first_name="D", last_name="D", is_staff=True
    )
    EmailAddress.objects.create(user=denis, email=twin.email, verified=True)
    wave, (first,) = written(call, promotion, diane)
    call.propose(first.target, wave, denis)
    assert may_validate(wave, [*team, twin]) == [dora]
    User.objects.exclude(pk__in=[one.pk for one in (*team, twin)]).update(is_staff=False)
    with pytest.raises(LastValidator):
        call.propose(first.target, wave, dora)


def test_taking_a_wave_up_again_launders_nothing(promotion, call, team):
    diane, denis, dora = team
    wave, _ = written(call, promotion, diane)
    agree(wave, by=denis, at=NOW())
    again = reopen_wave(wave, by=denis, at=NOW())
    for who in (diane, denis):
        with pytest.raises(WaveNotReady, match="une autre personne"):
            agree(again, by=who, at=NOW())
    assert may_validate(again, team) == [dora]


def test_a_decision_taken_into_another_wave_brings_its_author(promotion, call, team):
    diane, denis, dora = team
    wave, (decision,) = written(call, promotion, diane)
    other = call.wave(promotion, denis)
    call.propose(decision.target, other, denis)
    assert may_validate(other, team) == [dora]
    assert may_validate(wave, team) == [denis, dora]


def test_the_database_says_so_too(promotion, call, team):
    diane, denis, _ = team
    wave, (decision,) = written(call, promotion, diane)
    call.propose(decision.target, wave, denis)
    with pytest.raises(IntegrityError, match="does not validate"), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(validated_by=denis, validated_at=NOW())
    wave.authors.all().delete()
    agree(wave, by=denis, at=NOW())
    with pytest.raises(IntegrityError, match="does not write"), transaction.atomic():
        wave.authors.create(target_id=decision.target.pk, person=denis)


def test_the_last_person_who_may_validate_does_not_write(promotion, call, diane, denis):
    wave, (decision,) = written(call, promotion, diane)
    User.objects.filter(is_staff=True).exclude(pk__in=[diane.pk, denis.pk]).update(is_staff=False)
    with pytest.raises(LastValidator, match="Denis Duval"):
        call.propose(decision.target, wave, denis, reason="À ma façon.")
    decision.refresh_from_db()
    assert (decision.reason, decision.proposed_by) == (REASON, diane)
    edit = call.url("decision_edit", wave, decision.target.code)
    assert "dernière personne à pouvoir valider" in signed_in(denis).get(edit).content.decode()
    refused = signed_in(denis).post(edit, {"outcome": call.kind.best, "reason": "À ma façon."})
    assert refused.status_code == 422
    assert "À ma façon." in refused.content.decode()
    assert "dernière personne" not in signed_in(diane).get(edit).content.decode()


def test_a_wave_that_everybody_wrote_is_parted_and_each_half_is_validated(promotion, call, team):
    diane, denis, dora = team
    wave, (mine, his) = written(call, promotion, diane, count=2)
    call.propose(his.target, wave, denis)
    assert written_by(wave) == [(diane, 2), (denis, 1)]
    page = signed_in(diane).get(call.url("wave_split", wave)).content.decode()
    assert "Denis Duval" in page
    made = signed_in(diane).post(
        call.url("wave_split", wave), {"people": [denis.pk], "title": "La part de Denis"}
    )
    other = Wave.objects.get(title="La part de Denis")
    assert made.url == call.url("wave_detail", other)
    assert [item.target for item in call.kind.decisions(other)] == [his.target]
    assert [item.target for item in call.kind.decisions(wave)] == [mine.target]
    assert other.publishes_at == wave.publishes_at
    assert may_validate(wave, team) == [denis, dora]
    assert may_validate(other, team) == [dora]
    with pytest.raises(WaveNotReady, match="rien dans l’une"):
        split_wave(wave, title="Tout", people=[diane.pk], by=diane, at=NOW())


def test_what_a_second_person_looks_at_twice(promotion, call, diane, denis):
    """Kept under the cut, refused over it, a reading that lacks, a reason to the contrary."""
    wave = call.wave(promotion, diane)
    best, worst = call.kind.outcomes.values[0], call.kind.outcomes.values[-1]
    rows = {name: call.target(promotion) for name in ("a", "b", "c", "d", "low", "high")}
    required = getattr(promotion, call.kind.readings.KIND.required)
    marks = {"a": 600, "b": 550, "c": 200, "d": 150, "low": 100, "high": 650}
    for name, row in rows.items():
        outcome = best if name in {"a", "b", "low"} else worst
        call.propose(row, wave, diane, outcome=outcome, reason=f"Motif de {name}.")
        type(row).objects.filter(pk=row.pk).update(score=marks[name], reviews_signed=required)
    found = {name: signs(wave, row) for name, row in rows.items()}
    assert found == {"a": (), "b": (), "c": (), "d": (), "low": (Odd.LOW,), "high": (Odd.HIGH,)}
    type(rows["a"]).objects.filter(pk=rows["a"].pk).update(reviews_signed=required - 1)
    assert signs(wave, rows["a"]) == (Odd.FEW,)
    call.propose(rows["b"], wave, diane, reason="Ce qui a manqué\u00a0: tout.")
    call.propose(rows["d"], wave, diane, outcome=worst, reason="Motif de a.")
    assert signs(wave, rows["b"]) == (Odd.CONTRARY,)
    assert Odd.CONTRARY in signs(wave, rows["a"])
    assert signs(wave, rows["d"]) == (Odd.CONTRARY,)


def test_each_odd_decision_is_ticked_before_the_wave_is_validated(promotion, call, diane, denis):
    wave, (plain, odd) = written(call, promotion, diane, count=2)
    required = getattr(promotion, call.kind.readings.KIND.required)
    model = type(plain.target)
    model.objects.filter(pk=plain.target.pk).update(reviews_signed=required, score=None)
    model.objects.filter(pk=odd.target.pk).update(reviews_signed=0, score=None)
    browser, address = signed_in(denis), call.url("wave_validate", wave)
    page = browser.get(address).content.decode()
    assert "Il manque des lectures signées." in page
    assert page.count("J’ai relu cette décision") == 1
    assert REASON in page
    refused = browser.post(address, {"read": []})
    assert refused.status_code == 422
    assert "1\u00a0décision reste à relire" in refused.content.decode()
    assert Wave.objects.get(pk=wave.pk).status == WaveStatus.PREPARED
    assert agree_on_screen(browser, address).status_code == 200
    assert Wave.objects.get(pk=wave.pk).status == WaveStatus.VALIDATED


def test_a_second_click_agrees_to_nothing_more(promotion, call, diane, denis):
    wave, _ = written(call, promotion, diane)
    seen, read = digest_of(looked(wave)), [item.decision.target.pk for item in looked(wave)]
    for _ in range(2):
        signed_in(denis).post(call.url("wave_validate", wave), {"seen": seen, "read": read})
    assert Wave.objects.get(pk=wave.pk).validated_by == denis
    assert not Entry.objects.filter(verb="confirm_wave").exists()


def test_what_is_agreed_to_is_what_was_read(promotion, call, team):
    """Somebody writes between the page and the click: the page comes back, nothing is validated."""
    diane, _, dora = team
    wave, (decision,) = written(call, promotion, diane)
    seen = digest_of(looked(wave))
    call.propose(decision.target, wave, diane, reason="Entre-temps.")
    read = [decision.target.pk]
    with pytest.raises(WaveNotReady, match="a changé pendant votre lecture"):
        validate_wave(wave, by=dora, at=NOW(), read=read, seen=seen)
    validate_wave(wave, by=dora, at=NOW(), read=read, seen=digest_of(looked(wave)))


def test_after_a_wave_is_taken_up_again_what_changed_is_reread(promotion, call, team):
    diane, denis, dora = team
    wave, (same, changed) = written(call, promotion, diane, count=2)
    agree(wave, by=denis, at=NOW())
    again = reopen_wave(wave, by=diane, at=NOW())
    call.propose(changed.target, again, diane, reason="Un tout autre motif.")
    assert {item.decision.target.pk: item.is_changed for item in looked(again)} == {
        same.target.pk: False,
        changed.target.pk: True,
    }
    page = signed_in(dora).get(call.url("wave_validate", again)).content.decode()
    assert "Écrite de nouveau depuis la validation précédente." in page


def test_what_appears_after_the_validation_is_not_published_before_it_is_confirmed(
    promotion_committed, call, team
):
    """A reader steps aside meanwhile: the hour waits for a second person, then the wave leaves."""
    diane, denis, dora = team
    promotion = promotion_committed
    wave, (decision,) = written(call, promotion, diane)
    required = getattr(promotion, call.kind.readings.KIND.required)
    rows = type(decision.target).objects.filter(pk=decision.target.pk)
    rows.update(reviews_signed=required, score=None)
    assert signs(wave, decision.target) == ()
    validate_wave(wave, by=denis, at=NOW())
    rows.update(reviews_signed=required - 1)
    assert (
        "À relire avant la publication"
        in signed_in(diane).get(call.url("wave_detail", wave)).content.decode()
    )
    publish_due_waves()
    wave.refresh_from_db()
    assert wave.status == WaveStatus.VALIDATED
    assert "mérite d’être relue" in Failure.objects.get().error
    with pytest.raises(WaveNotReady, match="une autre personne"):
        confirm_wave(wave, by=diane, at=NOW(), read=[decision.target.pk])
    agree_on_screen(signed_in(dora), call.url("wave_validate", wave))
    publish_due_waves()
    wave.refresh_from_db()
    assert wave.status == WaveStatus.PUBLISHED
    assert not Failure.objects.exists()


def test_a_wave_validated_before_agreements_were_noted_leaves_at_its_hour(promotion, call, diane, denis):
    wave, _ = written(call, promotion, diane)
    agree(wave, by=denis, at=NOW())
    Wave.objects.filter(pk=wave.pk).update(agreed=None)
    assert [item.fresh for item in looked(wave)] == [()]
    assert publish_wave(wave, at=NOW()) == 1


def test_the_publication_closes_what_was_still_asked_and_says_so(promotion, call, diane, denis):
    wave, (decision,) = written(call, promotion, diane)
    kind = call.kind.corrections
    correction = kind.model.objects.create(
        **{kind.model.DOSSIER: decision.target},
        questions=["mission"],
        reason="Une pièce manque.",
        asked_by=diane,
        asked_at=NOW(),
        updated_at=NOW(),
        updated_by=diane,
        due_at=NOW() + timedelta(days=2),
    )
    assert Odd.ASKED in signs(wave, decision.target)
    agree(wave, by=denis, at=NOW())
    publish_wave(wave, at=NOW())
    correction.refresh_from_db()
    assert correction.status == CorrectionStatus.CANCELLED
    assert Message.objects.filter(kind="dossiers/correction_cancelled").count() == 1


def test_the_reasons_that_the_grid_writes_are_read_as_they_are_meant():
    """The words by which a reason is judged are those that reasons are written with."""
    judged = [Judged("Utilité", {"0": "Rien", "5": "Tout"}, Fraction(mean)) for mean in (5, 0)]
    good, bad = written_reason(judged, is_kept=True), written_reason(judged, is_kept=False)
    assert not is_contrary(good, is_best=True, is_worst=False)
    assert not is_contrary(bad, is_best=False, is_worst=True)
    assert is_contrary(bad, is_best=True, is_worst=False)
    assert is_contrary(good, is_best=False, is_worst=True)


@pytest.mark.parametrize(
    ("above", "below", "limit"),
    [([5, 4], [3, 2], 4), ([5, 1], [3, 2], 5), ([4], [4, 3], 5), ([3, 3], [], 3), ([], [3], 4), ([], [], 1)],
)
def test_the_cut_parts_two_groups_with_the_fewest_on_the_wrong_side(above, below, limit):
    assert cut(above, below) == limit


@given(st.lists(st.dictionaries(st.integers(), st.integers(0, 9), max_size=6), min_size=2, max_size=3))
def test_where_marks_and_outcomes_agree_nobody_is_misplaced(levels):
    """Independent check: nothing is said of levels that no pair contradicts, and something of all others."""
    rows = [(pk, mark, rank) for rank, level in enumerate(levels) for pk, mark in level.items()]
    low, high = misplaced(levels)
    contradicted = any(a[1] <= b[1] for a in rows for b in rows if a[2] < b[2])
    assert bool(low | high) == contradicted
