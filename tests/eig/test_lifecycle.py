"""One function writes states, along the declared lines, and two people cannot both win."""

from datetime import timedelta

import pytest
from django.utils import timezone

from eig.accounts.models import User
from eig.journal.queries import history_of
from eig.lifecycle import IllegalMove, move, move_all
from eig.promotions.models import Promotion
from eig.waves.models import Wave


@pytest.fixture
def wave(promotion: Promotion, diane: User) -> Wave:
    now = timezone.now()
    return Wave.objects.create(
        promotion=promotion,
        subject="projects",
        title="Première vague",
        publishes_at=now + timedelta(days=1),
        prepared_at=now,
        prepared_by=diane,
    )


def test_a_move_carries_its_fields_and_its_journal(wave: Wave, denis: User) -> None:
    now = timezone.now()
    move(wave, "validated", by=denis, at=now, validated_by=denis, validated_at=now)
    wave.refresh_from_db()
    assert (wave.status, wave.validated_by) == ("validated", denis)
    assert history_of(wave).get().data == {"before": "prepared", "after": "validated"}


def test_a_move_tells_the_former_hour_when_it_writes_another(wave: Wave, denis: User) -> None:
    """What is written for the first time replaces nothing: the date of the move says it."""
    before, now = wave.publishes_at, timezone.now()
    move(wave, "validated", by=denis, at=now, validated_by=denis, publishes_at=now)
    said = history_of(wave).get().data["changed"]
    assert said == {"publishes_at": [before.isoformat(), now.isoformat()]}


def test_an_undeclared_move_is_refused(wave: Wave, denis: User) -> None:
    with pytest.raises(IllegalMove):
        move(wave, "published", by=denis, at=timezone.now())


def test_of_two_people_the_second_is_refused(wave: Wave, denis: User) -> None:
    stale = Wave.objects.get(pk=wave.pk)
    move(wave, "cancelled", by=denis, at=timezone.now())
    with pytest.raises(IllegalMove, match="Rechargez la page"):
        move(stale, "validated", by=denis, at=timezone.now(), validated_by=denis)
    assert not history_of(wave).filter(data__after="validated").exists()


def test_many_move_together_or_not_at_all(promotion: Promotion, diane: User, denis: User) -> None:
    now = timezone.now()
    waves = [
        Wave.objects.create(
            promotion=promotion,
            subject="projects",
            title=str(n),
            publishes_at=now,
            prepared_at=now,
            prepared_by=diane,
        )
        for n in range(3)
    ]
    move(Wave.objects.get(pk=waves[1].pk), "cancelled", by=denis, at=now)
    with pytest.raises(IllegalMove):
        move_all(waves, "validated", by=denis, at=now, validated_by=denis, validated_at=now)
    assert not Wave.objects.filter(status="validated").exists()
