"""The doors of the worker: what fails stops nothing else, is said on the cockpit, is forgotten once done."""

from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.urls import reverse
from django.utils import timezone

from candidates.actions import ask_application_correction
from eig.accounts.models import User
from eig.documents.models import Print
from eig.evaluation.choices import Stage
from eig.evaluation.models import Grid
from eig.failures.actions import alone
from eig.failures.models import Failure
from eig.mail.models import Message
from eig.promotions.models import Promotion
from eig.waves.actions import cancel_wave, move_wave, reopen_wave
from eig.waves.choices import WaveStatus
from eig.waves.models import Wave
from eig.waves.tasks import publish_due_waves
from journey.actions.founding import create_promotion
from journey.tasks import keep_deadlines, remind
from projects.actions import ask_visa
from projects.models import Visa
from projects.tasks import refresh_call_brochures, remind_visas
from tests.factories import candidates, projects
from tests.people import phase, signed_in
from tests.signing import agree_on_screen
from tests.waves.calls import letters

NOW = timezone.now
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def promotions(promotion_committed: Promotion) -> list[Promotion]:
    """Three, in the order in which the worker takes them: the second one is the one that fails."""
    now = NOW()
    others = [
        create_promotion("eig6", by=None, at=now, code=f"eig-{number}", number=number) for number in (70, 71)
    ]
    for row in others:
        row.phases.update(opens_at=now - timedelta(days=10), closes_at=now + timedelta(days=10))
    return [promotion_committed, *others]


def cockpit(promotion: Promotion, who: User) -> str:
    page = signed_in(who).get(reverse("journey:staff_cockpit", args=[promotion.code]))
    return page.content.decode()


def said_once(promotions: list[Promotion], who: User, words: str) -> None:
    """The failure is said on the cockpit of its promotion, and on no other."""
    shown = [words in cockpit(promotion, who) for promotion in promotions]
    assert shown == [promotion is promotions[1] for promotion in promotions]
    row = Failure.objects.get()
    assert row.promotion_id == promotions[1].pk


# --- Waves ------------------------------------------------------------------------------------------


def test_a_wave_that_cannot_be_published_stops_no_other(promotion_committed, call, diane, denis):
    promotion = promotion_committed
    waves = [call.validated(promotion, diane, denis) for _ in range(3)]
    letters(waves[1]).delete()
    for _ in range(2):
        publish_due_waves()
    states = [Wave.objects.get(pk=wave.pk).status for wave in waves]
    assert states == [WaveStatus.PUBLISHED, WaveStatus.VALIDATED, WaveStatus.PUBLISHED]
    row = Failure.objects.get()
    assert row.times == 2
    for page in (
        cockpit(promotion, diane),
        signed_in(diane).get(call.url("wave_detail", waves[1])).content.decode(),
    ):
        assert "0\u00a0message pour 1\u00a0décision" in page
    assert (
        "La publication n’a pas abouti"
        not in signed_in(diane).get(call.url("wave_detail", waves[0])).content.decode()
    )
    # Taken up again, validated anew, it is published at the next minute and nothing is said any more.
    again = reopen_wave(waves[1], by=diane, at=NOW())
    assert not Failure.objects.exists()
    agree_on_screen(signed_in(denis), call.url("wave_validate", again))
    publish_due_waves()
    assert Wave.objects.get(pk=again.pk).status == WaveStatus.PUBLISHED
    assert "message pour" not in cockpit(promotion, diane)


def test_a_wave_not_due_waits_and_a_moved_one_leaves_at_its_new_hour(promotion_committed, call, diane, denis):
    wave = call.validated(promotion_committed, diane, denis)
    move_wave(wave, title=wave.title, publishes_at=NOW() + timedelta(hours=1), by=diane, at=NOW())
    publish_due_waves()
    assert Wave.objects.get(pk=wave.pk).status == WaveStatus.VALIDATED
    move_wave(wave, title=wave.title, publishes_at=NOW(), by=diane, at=NOW())
    publish_due_waves()
    assert Wave.objects.get(pk=wave.pk).status == WaveStatus.PUBLISHED
    assert not Failure.objects.exists()


def test_what_is_given_up_fails_no_more(promotion_committed, call, diane, denis):
    wave = call.validated(promotion_committed, diane, denis)
    letters(wave).delete()
    publish_due_waves()
    assert Failure.objects.count() == 1
    cancel_wave(wave, by=diane, at=NOW())
    assert not Failure.objects.exists()


# --- The roof's ---------------------------------------------------------------------------------------


def without_address(user: User) -> None:
    """An account that no letter can be written to: the outbox refuses it."""
    User.objects.filter(pk=user.pk).update(email="")


def test_reminders_reach_the_other_promotions(promotions, diane):
    drafts = []
    for promotion in promotions:
        phase(promotion, "applications", closes=NOW() + timedelta(days=1))
        drafts.append(candidates.draft(promotion))
    without_address(drafts[1].candidate)
    remind()
    told = Message.objects.filter(kind="journey/application_draft_reminder")
    assert {mail.to_person_id for mail in told} == {drafts[0].candidate_id, drafts[2].candidate_id}
    said_once(promotions, diane, "rappeler une échéance (candidatures en brouillon)")
    assert "Erreur imprévue (IntegrityError)" in cockpit(promotions[1], diane)
    User.objects.filter(pk=drafts[1].candidate_id).update(email="retrouvee@exemple.example")
    remind()
    assert told.all().count() == 3
    assert not Failure.objects.exists()


def test_an_audience_that_fails_stops_no_other_of_its_promotion(promotion_committed, diane):
    for kind in ("projects", "applications"):
        phase(promotion_committed, kind, closes=NOW() + timedelta(days=1))
    application = candidates.draft(promotion_committed)
    project = projects.draft(promotion_committed)
    without_address(application.candidate)
    remind()
    told = Message.objects.filter(kind="journey/project_draft_reminder").values_list("to_person", flat=True)
    assert set(told) == set(project.leads.values_list("person", flat=True))
    assert "rappeler une échéance (candidatures en brouillon)" in cockpit(promotion_committed, diane)


def test_the_end_of_a_call_is_told_in_the_other_promotions(promotions, diane):
    drafts = [candidates.draft(promotion) for promotion in promotions]
    for promotion in promotions:
        phase(promotion, "applications", closes=NOW() - timedelta(hours=1))
    without_address(drafts[1].candidate)
    keep_deadlines()
    told = Message.objects.filter(kind="journey/application_draft_closed")
    assert {mail.to_person_id for mail in told} == {drafts[0].candidate_id, drafts[2].candidate_id}
    said_once(promotions, diane, "prévenir les brouillons que leur appel est clos")


def test_corrections_left_unanswered_are_closed_each_alone(promotions, diane):
    corrections = []
    for promotion in promotions:
        application = candidates.submitted(promotion)
        corrections.append(
            ask_application_correction(
                application,
                questions=["motivation"],
                reason="À préciser.",
                due_at=NOW() + timedelta(hours=1),
                by=diane,
                at=NOW(),
            )
        )
    for correction in corrections:
        type(correction).objects.filter(pk=correction.pk).update(
            asked_at=NOW() - timedelta(days=3), due_at=NOW() - timedelta(days=1)
        )
    without_address(corrections[1].application.candidate)
    keep_deadlines()
    for correction in corrections:
        correction.refresh_from_db()
    assert [item.status for item in corrections] == ["expired", "asked", "expired"]
    said_once(promotions, diane, "clore une demande de correction")


def test_visas_are_reminded_in_the_other_promotions(promotions, diane):
    asked = []
    for promotion in promotions:
        project = projects.draft(promotion, visas=False)
        lead = project.leads.get().person
        address = f"visa-{promotion.code}@mer.example"
        asked.append(
            ask_visa(
                project, kind="sponsor", name="Sophie", email=address, by=lead, at=NOW() - timedelta(days=5)
            )
        )
    Visa.objects.filter(pk=asked[1].pk).update(email="")
    remind_visas()
    told = Message.objects.filter(kind="projects/visa_reminded").values_list("to_email", flat=True)
    assert set(told) == {asked[0].email, asked[2].email}
    said_once(promotions, diane, "rappeler les visas demandés")


def test_brochures_are_printed_for_the_other_promotions(promotions, diane):
    # The text of a call that is no text.
    Promotion.objects.filter(pk=promotions[1].pk).update(texts=3)
    refresh_call_brochures()
    asked = Print.objects.filter(kind="projects.call_brochure").values_list("subject_id", flat=True)
    assert set(asked) == {promotions[0].pk, promotions[2].pk}
    assert Failure.objects.get().promotion_id == promotions[1].pk


# --- What a failure writes ------------------------------------------------------------------------------


def test_a_failure_leaves_nothing_of_its_item_and_quotes_nobody(promotion_committed):
    promotion = promotion_committed
    with alone("try", promotion, deed="essayer", at=NOW(), promotion_id=promotion.pk):
        Grid.objects.filter(promotion=promotion, stage=Stage.PROJECT_READING).update(scale_max=9)
        raise ValueError("le dossier d’Alice Aubert")
    assert not Grid.objects.filter(scale_max=9).exists()
    assert Failure.objects.get().error == "Erreur imprévue (ValueError)."


def test_a_worker_out_of_time_stops_and_blames_nobody(promotion_committed):
    with pytest.raises(SoftTimeLimitExceeded), alone("try", promotion_committed, deed="essayer", at=NOW()):
        raise SoftTimeLimitExceeded
    assert not Failure.objects.exists()
