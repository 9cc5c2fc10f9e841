"""A webinar about one of the calls, and the registrations to it, with or without an account."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from eig.meetings.choices import RegistrationStatus, WebinarAudience, WebinarStatus
from eig.promotions.models import Promotion, Trade


class Webinar(models.Model):
    LIFECYCLE: ClassVar = {WebinarStatus.PLANNED: {WebinarStatus.CANCELLED}, WebinarStatus.CANCELLED: set()}

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="webinars")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audience = models.CharField("public", max_length=20, choices=WebinarAudience)
    # For candidates, the trades it is about; none means all of them.
    trades = models.ManyToManyField(Trade, verbose_name="métiers", blank=True, related_name="webinars")
    title = models.CharField("intitulé", max_length=140)
    description = models.TextField("présentation", max_length=2000, blank=True)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    capacity = models.PositiveSmallIntegerField(
        "places", validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    # Told to those who are registered, never on the public page.
    link = models.URLField("lien de connexion", max_length=300, blank=True)
    status = models.CharField(max_length=12, choices=WebinarStatus, default=WebinarStatus.PLANNED)
    cancellation = models.CharField("motif d’annulation", max_length=300, blank=True)
    # Of the calendar file: each change that moves the event raises it.
    sequence = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "webinaire"
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="a_webinar_lasts"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="a_webinar_has_seats"),
            models.CheckConstraint(
                condition=~Q(status=WebinarStatus.CANCELLED) | ~Q(cancellation=""),
                name="a_cancelled_webinar_says_why",
            ),
        ]
        indexes = [models.Index(fields=["promotion", "starts_at"], name="webinar_by_date")]

    def __str__(self) -> str:
        return self.title


class Registration(models.Model):
    """A seat, or a place in the waiting list, for one address."""

    LIFECYCLE: ClassVar = {
        RegistrationStatus.WAITING: {RegistrationStatus.REGISTERED, RegistrationStatus.CANCELLED},
        RegistrationStatus.REGISTERED: {RegistrationStatus.CANCELLED},
        RegistrationStatus.CANCELLED: set(),
    }

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="registrations")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nom", max_length=120)
    email = models.EmailField("adresse électronique")
    organisation = models.CharField("organisme", max_length=160, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="webinar_registrations",
    )
    status = models.CharField(max_length=12, choices=RegistrationStatus)
    registered_at = models.DateTimeField()
    seated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "inscription"
        constraints = [
            models.UniqueConstraint(
                F("webinar"),
                Lower("email"),
                condition=~Q(status=RegistrationStatus.CANCELLED),
                name="one_live_registration_per_address",
            ),
            models.CheckConstraint(
                condition=~Q(status=RegistrationStatus.REGISTERED) | Q(seated_at__isnull=False),
                name="registered_people_have_a_seat",
            ),
        ]
        indexes = [models.Index(fields=["webinar", "status", "registered_at"], name="registration_in_order")]

    def __str__(self) -> str:
        return f"{self.name} – {self.webinar}"
