"""What a candidate may do, and did, with the time of their audition: choose it, move it."""

from django.db import models
from django.db.models import Q

from matching.interviews.models.audition import Audition


class Booking(models.Model):
    audition = models.OneToOneField(Audition, on_delete=models.CASCADE, related_name="booking")
    # Until then the candidate chooses among compatible slots; afterwards they receive one.
    choose_until = models.DateTimeField("choix ouvert jusqu’au", null=True, blank=True)
    chosen_at = models.DateTimeField("choisi le", null=True, blank=True)
    moves = models.PositiveSmallIntegerField("déplacements demandés par la personne", default=0)
    moved_at = models.DateTimeField("déplacée le", null=True, blank=True)

    class Meta:
        verbose_name = "réservation"
        constraints = [
            models.CheckConstraint(
                condition=Q(moves=0, moved_at__isnull=True) | Q(moves__gt=0, moved_at__isnull=False),
                name="moved_bookings_are_dated",
            )
        ]

    def __str__(self) -> str:
        return f"réservation de l’{self.audition}"
