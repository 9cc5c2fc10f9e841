"""What a candidate asks us to arrange for their auditions. Never marked: the team and the room read it."""

from django.db import models

from candidates.models import Application
from matching.interviews.choices import Interpreter


class Needs(models.Model):
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="audition_needs")
    interpreter = models.CharField("interprète", max_length=10, choices=Interpreter, blank=True)
    access = models.CharField("accès à la salle, matériel, pauses", max_length=500, blank=True)
    # An IANA name; empty: Paris.
    time_zone = models.CharField("fuseau horaire", max_length=40, blank=True)
    phone = models.CharField("téléphone de secours", max_length=20, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = "besoins pour les auditions"
        verbose_name_plural = "besoins pour les auditions"

    def __str__(self) -> str:
        return f"besoins de {self.application_id}"
