"""A public administration, known by its SIRET."""

import uuid

from django.db import models
from django.db.models import Q

from projects.choices import AdministrationKind


class Administration(models.Model):
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField(
        "type", max_length=20, choices=AdministrationKind, default=AdministrationKind.OTHER
    )
    siret = models.CharField("SIRET", max_length=14, null=True, blank=True, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = "administration"
        constraints = [
            models.CheckConstraint(
                condition=Q(siret__isnull=True) | Q(siret__regex=r"^[0-9]{14}$"),
                name="siret_is_fourteen_digits",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(siret__isnull=True),
                name="one_administration_per_name_without_siret",
            ),
        ]

    def __str__(self) -> str:
        return self.name
