"""Advice slots that the programme team opens, and their bookings. No slot is booked twice, nobody twice."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from eig.meetings.choices import BookingStatus, SlotStatus
from eig.promotions.models import Promotion


class AdviceSlot(models.Model):
    LIFECYCLE: ClassVar = {SlotStatus.OPEN: {SlotStatus.CLOSED}, SlotStatus.CLOSED: {SlotStatus.OPEN}}

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="advice_slots")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="advice_slots"
    )
    during = DateTimeRangeField("horaires")
    link = models.URLField("lien de visioconférence", max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=SlotStatus, default=SlotStatus.OPEN)

    class Meta:
        verbose_name = "créneau de conseil"
        verbose_name_plural = "créneaux de conseil"
        constraints = [
            ExclusionConstraint(
                name="an_adviser_gives_one_slot_at_a_time",
                expressions=[("adviser", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(during__isempty=False), name="an_advice_slot_lasts"),
        ]
        indexes = [models.Index(fields=["promotion", "status"], name="advice_slot_by_promotion")]

    def __str__(self) -> str:
        return f"Conseil avec {self.adviser.first_name}"


class AdviceBooking(models.Model):
    """Who comes, about what. It keeps its code when it moves to another slot, and so its calendar event."""

    LIFECYCLE: ClassVar = {
        BookingStatus.BOOKED: {BookingStatus.HELD, BookingStatus.MISSED, BookingStatus.CANCELLED},
        BookingStatus.HELD: {BookingStatus.MISSED},
        BookingStatus.MISSED: {BookingStatus.HELD},
        BookingStatus.CANCELLED: set(),
    }

    # Repeated from the slot, so that the database can compare.
    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="advice_bookings")
    slot = models.ForeignKey(AdviceSlot, on_delete=models.PROTECT, related_name="bookings")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="advice_bookings",
    )
    name = models.CharField("nom", max_length=120)
    email = models.EmailField("adresse électronique")
    organisation = models.CharField("administration", max_length=160)
    subject = models.TextField("sujet", max_length=1000, blank=True)
    # The project it is about, when it was asked from a dossier. Projects are above: no foreign key.
    project_code = models.UUIDField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=BookingStatus, default=BookingStatus.BOOKED)
    cancellation = models.CharField("motif d’annulation", max_length=300, blank=True)
    notes = models.TextField("notes de l’équipe", max_length=4000, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    booked_at = models.DateTimeField()

    class Meta:
        verbose_name = "rendez-vous de conseil"
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=~Q(status=BookingStatus.CANCELLED), name="one_booking_per_slot"
            ),
            models.UniqueConstraint(
                F("promotion"),
                Lower("email"),
                condition=Q(status=BookingStatus.BOOKED),
                name="one_advice_booking_per_address",
            ),
            models.UniqueConstraint(
                fields=["promotion", "project_code"],
                condition=Q(status=BookingStatus.BOOKED, project_code__isnull=False),
                name="one_advice_booking_per_project",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.organisation}"
