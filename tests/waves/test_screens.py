"""The team's screens of waves: the same in both calls."""

import pytest
from django.test import Client
from django.utils import timezone

from eig.waves.choices import WaveStatus
from eig.waves.models import Wave
from rehearsal.agreeing import agree
from tests.people import person, signed_in
from tests.waves.calls import CALLS, REASON, letters

NOW = timezone.now
pytestmark = pytest.mark.django_db


def status_of(wave: Wave) -> str:
    return Wave.objects.get(pk=wave.pk).status


@pytest.mark.parametrize("deed", ["publish", "reopen", "cancel"])
def test_a_grave_deed_asks_again_who_is_there(promotion, call, diane, denis, deed):
    wave = call.validated(promotion, diane, denis)
    browser = Client()
    browser.force_login(denis)
    answer = browser.post(call.url(f"wave_{deed}", wave))
    assert answer.status_code == 302
    assert "reauthenticate" in answer.url
    assert status_of(wave) == WaveStatus.VALIDATED
    assert Wave.objects.count() == 1
    signed_in(denis).post(call.url(f"wave_{deed}", wave))
    assert status_of(wave) != WaveStatus.VALIDATED


def test_validating_and_moving_ask_again_who_is_there(promotion, call, diane, denis):
    wave = call.wave(promotion, diane)
    call.propose(call.target(promotion), wave, diane)
    browser = Client()
    browser.force_login(denis)
    assert "reauthenticate" in browser.post(call.url("wave_validate", wave)).url
    assert "reauthenticate" in browser.get(call.url("wave_move", wave)).url
    assert status_of(wave) == WaveStatus.PREPARED


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        ("2020-01-01T10:00", "Cette heure est passée"),
        ("1999-12-31T10:00", "une année entre 2000 et 2100"),
        ("2101-01-01T10:00", "une année entre 2000 et 2100"),
        ("9999-12-31T23:59", "une année entre 2000 et 2100"),
        ("0001-01-01T00:00", "une année entre 2000 et 2100"),
        ("20222-01-01T10:00", "Indiquez une date et une heure"),
    ],
)
def test_an_hour_that_cannot_be_is_refused_and_the_title_kept(promotion, call, diane, hour, said):
    page = signed_in(diane).post(call.list_url(promotion), {"title": "Vague de mars", "publishes_at": hour})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert "Vague de mars" in page.content.decode()
    assert not Wave.objects.exists()


def test_a_refused_proposal_keeps_the_reason_typed_on_its_form(promotion, call, diane, denis):
    """Somebody validates the wave while a reason is being written."""
    wave = call.wave(promotion, diane)
    call.propose(call.target(promotion), wave, diane)
    target = call.target(promotion)
    agree(wave, by=denis, at=NOW())
    typed = {"outcome": call.kind.best, "reason": "DES MOTS CHOISIS UN À UN"}
    page = signed_in(diane).post(call.url("decision_edit", wave, target.code), typed)
    assert page.status_code == 422
    assert "DES MOTS CHOISIS UN À UN" in page.content.decode()
    assert "n’est plus en préparation" in page.content.decode()


def test_a_rank_already_given_is_said_beside_its_field(promotion, call, diane):
    wave = call.wave(promotion, diane)
    one, two = call.target(promotion), call.target(promotion)
    type(one).objects.filter(pk=one.pk).update(score=900)
    call.propose(one, wave, diane, outcome=call.kind.reserve, reserve_rank=1)
    typed = {"outcome": call.kind.reserve, "reserve_rank": "1", "reason": REASON}
    page = signed_in(diane).post(call.url("decision_edit", wave, two.code), typed)
    assert page.status_code == 422
    assert page.context["form"].errors["reserve_rank"]
    assert REASON in page.content.decode()


def test_waves_decisions_and_letters_come_by_pages(promotion, call, diane):
    waves = [call.wave(promotion, diane) for _ in range(26)]
    browser = signed_in(diane)
    first, second = (browser.get(call.list_url(promotion), {"page": page}) for page in (1, 2))
    assert [len(page.context["page"].object_list) for page in (first, second)] == [25, 1]
    wave, model = waves[0], call.target(promotion)
    for number in range(26):
        target = model if not number else again(model, number)
        call.propose(target, wave, diane)
    for name, key in (("wave_detail", "lines"), ("wave_preview", "page")):
        shown = [len(browser.get(call.url(name, wave), {"page": page}).context[key]) for page in (1, 2)]
        assert shown == [25, 1], name


def again(model, number):
    """One more record like this one, with the people it needs to be written to."""
    twin = type(model).objects.get(pk=model.pk)
    twin.pk, twin._state.adding = None, True
    twin.code, twin.number = f"00000000-0000-4000-8000-{number:012d}", f"{model.number}-{number}"
    if hasattr(twin, "candidate"):
        twin.candidate = person(f"Candidate{number}")
    twin.save(force_insert=True)
    if hasattr(twin, "leads"):
        twin.leads.create(person=model.leads.get().person, role="lead", since=NOW())
    return twin


def test_every_letter_is_read_before_the_validation_and_as_it_is_held_after(promotion, call, diane, denis):
    wave = call.wave(promotion, diane)
    for rank in range(5):
        call.propose(call.target(promotion), wave, diane, reason=f"Le motif numéro {rank}.")
    browser = signed_in(diane)
    page = browser.get(call.url("wave_preview", wave)).content.decode()
    assert all(f"Le motif numéro {rank}." in page for rank in range(5))
    assert not letters(wave).exists()
    agree(wave, by=denis, at=NOW())
    letters(wave).filter(body__contains="numéro 3").update(body="Ce qui est retenu, mot pour mot.")
    page = browser.get(call.url("wave_preview", wave)).content.decode()
    assert "Ce qui est retenu, mot pour mot." in page
    assert "Modifier le motif" not in page


def test_a_decision_is_taken_out_of_its_wave(promotion, call, diane):
    wave, target = call.wave(promotion, diane), call.target(promotion)
    call.propose(target, wave, diane)
    browser = signed_in(diane)
    assert "Sortir de la vague" in browser.get(call.url("decision_edit", wave, target.code)).content.decode()
    page = browser.post(call.url("decision_retract", wave, target.code), follow=True).content.decode()
    assert "n’est plus dans cette vague" in page
    assert not call.kind.rows.exists()


def test_the_hour_and_the_name_are_changed_on_one_page(promotion, call, diane, denis):
    wave = call.validated(promotion, diane, denis)
    browser = signed_in(diane)
    page = browser.get(call.url("wave_move", wave)).content.decode()
    assert "reste validée" in page
    # The hour has come already: the name may be set right without touching it.
    same = timezone.localtime(wave.publishes_at).strftime("%Y-%m-%dT%H:%M")
    browser.post(call.url("wave_move", wave), {"title": "Mieux dit", "publishes_at": same})
    before = wave.publishes_at
    wave.refresh_from_db()
    assert (wave.title, wave.publishes_at) == ("Mieux dit", before)
    past, far = ({"title": "Mieux dit", "publishes_at": f"{year}-01-01T10:00"} for year in (2021, 2090))
    assert browser.post(call.url("wave_move", wave), past).status_code == 422
    page = browser.post(call.url("wave_move", wave), far, follow=True).content.decode()
    assert "La vague est modifiée" in page
    wave.refresh_from_db()
    assert wave.publishes_at.year == 2090
    assert wave.status == WaveStatus.VALIDATED


def test_a_wave_of_the_other_call_is_not_found_here(promotion, call, diane):
    other = next(one for one in CALLS.values() if one is not call)
    wave = other.wave(promotion, diane)
    assert signed_in(diane).get(call.url("wave_detail", wave)).status_code == 404
