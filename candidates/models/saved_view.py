"""A list of applications that a member of the team comes back to: its filters, its order, its columns."""

import uuid

from django.conf import settings
from django.db import models

from eig.promotions.models import Promotion


class SavedView(models.Model):
    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="application_views")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="application_views"
    )
    name = models.CharField("nom de la vue", max_length=60)
    # The query string of the list, as the filter form writes it: read again through the same form.
    query = models.CharField(max_length=1000, blank=True)
    is_shared = models.BooleanField("visible de toute l’équipe", default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "vue enregistrée"
        constraints = [
            models.UniqueConstraint(
                fields=["promotion", "owner", "name"], name="one_application_view_per_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
