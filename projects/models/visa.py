"""The visa of a person of the administration on one section of a project, asked by a personal link."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.choices import VisaStatus
from projects.models.project import Project

LIVE = (VisaStatus.ASKED, VisaStatus.GIVEN, VisaStatus.CHANGE_ASKED)


class Visa(models.Model):
    """Only the hash of the link's token is kept. `kind` is one of the visas the promotion asks for."""

    LIFECYCLE: ClassVar = {
        VisaStatus.ASKED: {
            VisaStatus.GIVEN,
            VisaStatus.CHANGE_ASKED,
            VisaStatus.REPLACED,
            VisaStatus.REVOKED,
        },
        VisaStatus.GIVEN: {VisaStatus.REPLACED, VisaStatus.REVOKED},
        VisaStatus.CHANGE_ASKED: {VisaStatus.REPLACED, VisaStatus.REVOKED},
        VisaStatus.REPLACED: set(),
        VisaStatus.REVOKED: set(),
    }

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="visas")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.SlugField("visa", max_length=30)
    section = models.SlugField("rubrique", max_length=50)
    name = models.CharField("nom", max_length=120)
    email = models.EmailField("adresse électronique")
    status = models.CharField(max_length=14, choices=VisaStatus, default=VisaStatus.ASKED)
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    # How many times the programme has reminded the person, each time with a new link.
    reminders = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField("commentaire", max_length=2000, blank=True)
    # What was approved, letter for letter: another text makes the visa stale.
    section_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "visa"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind"], condition=Q(status__in=LIVE), name="one_live_visa_per_kind"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[VisaStatus.GIVEN, VisaStatus.CHANGE_ASKED])
                | Q(answered_at__isnull=False),
                name="answered_visas_are_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status=VisaStatus.GIVEN) | ~Q(section_sha256=""),
                name="a_visa_tells_what_it_approved",
            ),
            models.CheckConstraint(
                condition=~Q(status=VisaStatus.CHANGE_ASKED) | ~Q(comment=""),
                name="a_change_is_asked_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} – {self.project}"
