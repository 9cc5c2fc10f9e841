"""The room on the day: where each candidate is, what the panel thinks together."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching.interviews.choices import Presence
from matching.interviews.models.audition import Audition


class Passage(models.Model):
    """What happened in the room for one audition; the audition's own state follows it."""

    LIFECYCLE: ClassVar = {
        Presence.EXPECTED: {Presence.PRESENT, Presence.LATE, Presence.ABSENT, Presence.EXCUSED},
        Presence.LATE: {Presence.PRESENT, Presence.EXPECTED, Presence.ABSENT, Presence.EXCUSED},
        Presence.PRESENT: {Presence.EXPECTED, Presence.LATE, Presence.HEARD},
        Presence.HEARD: set(),
        Presence.ABSENT: {Presence.EXPECTED},
        Presence.EXCUSED: {Presence.EXPECTED},
    }

    audition = models.OneToOneField(Audition, on_delete=models.CASCADE, related_name="passage")
    status = models.CharField("présence", max_length=10, choices=Presence, default=Presence.EXPECTED)
    arrived_at = models.DateTimeField("arrivée", null=True, blank=True)
    # The room's timer starts here.
    began_at = models.DateTimeField("début", null=True, blank=True)
    ended_at = models.DateTimeField("fin", null=True, blank=True)
    by_phone = models.BooleanField("par téléphone", default=False)
    incident = models.CharField("incident", max_length=300, blank=True)

    class Meta:
        verbose_name = "passage"
        constraints = [
            models.CheckConstraint(
                condition=Q(began_at__isnull=True) | Q(status__in=[Presence.PRESENT, Presence.HEARD]),
                name="only_the_present_begin",
            ),
            models.CheckConstraint(
                condition=~Q(status=Presence.HEARD)
                | Q(began_at__isnull=False, ended_at__gte=models.F("began_at")),
                name="the_heard_began_and_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"passage de l’{self.audition}"


class Opinion(models.Model):
    """What the panel thinks together of one audition, written by its référent·e after signing alone."""

    audition = models.OneToOneField(Audition, on_delete=models.PROTECT, related_name="opinion")
    verdict = models.CharField("avis collectif", max_length=20, blank=True)
    text = models.TextField("appréciation collective", max_length=4000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "avis collectif"
        verbose_name_plural = "avis collectifs"

    def __str__(self) -> str:
        return f"avis sur l’{self.audition}"
