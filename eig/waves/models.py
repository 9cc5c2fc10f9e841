"""A wave of decisions, and what a decision in a wave is in every step."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from eig.promotions.models import Promotion
from eig.waves.choices import WaveStatus, WaveSubject


class Wave(models.Model):
    """A batch of decisions or results that becomes visible, with its mails, at one instant."""

    LIFECYCLE = {
        WaveStatus.PREPARED: {WaveStatus.VALIDATED, WaveStatus.CANCELLED},
        WaveStatus.VALIDATED: {WaveStatus.PUBLISHED, WaveStatus.CANCELLED},
        WaveStatus.PUBLISHED: set(),
        WaveStatus.CANCELLED: set(),
    }

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="waves")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField("objet", max_length=20, choices=WaveSubject)
    title = models.CharField("intitulé", max_length=120)
    status = models.CharField(max_length=20, choices=WaveStatus, default=WaveStatus.PREPARED)
    publishes_at = models.DateTimeField("publication prévue")
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    validated_at = models.DateTimeField(null=True, blank=True)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    # What the validator agreed to, target id → digest of the decision, signs ticked; taken up again, it is
    # kept, and says what changed since. None: validated before it was noted.
    agreed = models.JSONField(null=True, default=dict, blank=True)

    class Meta:
        # Born in `promotions`: the table kept its name.
        db_table = "promotions_wave"
        verbose_name = "vague de décisions"
        constraints = [
            models.CheckConstraint(
                condition=Q(validated_by__isnull=True) | ~Q(validated_by=F("prepared_by")),
                name="a_wave_is_validated_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(status=WaveStatus.PUBLISHED)
                | Q(published_at__isnull=False, validated_by__isnull=False),
                name="a_published_wave_was_validated_and_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class WaveAuthor(models.Model):
    """Who prepared a wave or wrote one of its decisions: none of them validates it (a trigger says so).

    It follows its decision from wave to wave; without one, the person prepared the wave that this continues.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="authors")
    target_id = models.BigIntegerField("dossier décidé", null=True, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "main mise à une vague"
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "target_id", "person"], nulls_distinct=False, name="an_author_is_noted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.wave}"


class WaveDecision(models.Model):
    """What becomes of a record: prepared, then published with its wave. Unseen before.

    A step adds the record it is about, under the name `TARGET`, and its outcomes. A record decided upon
    may be again, in a later wave.
    """

    TARGET: ClassVar[str]

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="%(app_label)s_decisions")
    reserve_rank = models.PositiveSmallIntegerField("rang en liste complémentaire", null=True, blank=True)
    reason = models.TextField("motif communiqué", max_length=4000)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def target(self) -> Any:
        """What is decided upon."""
        return getattr(self, self.TARGET)

    @property
    def letter_key(self) -> str:
        """The key of its letter, written at the validation of its wave."""
        return f"{self.TARGET}-decision:{self.pk}"
