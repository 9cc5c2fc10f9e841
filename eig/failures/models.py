"""What a recurring task could not do for one record: the row lasts as long as the failure does."""

from django.db import models


class Failure(models.Model):
    # "<task>:<type of the record>:<its key>".
    key = models.CharField(max_length=200, unique=True)
    # In French, for the team: « publier la vague « Lauréats de mars » ».
    deed = models.CharField("ce qui était à faire", max_length=300)
    # The sentence of a refusal, or the kind of the error; the trace is in the log.
    error = models.CharField("erreur", max_length=500)
    # Not a foreign key: promotions live above. None when the deed belongs to no promotion.
    promotion_id = models.BigIntegerField(null=True)
    first_at = models.DateTimeField("depuis")
    last_at = models.DateTimeField("dernier essai")
    times = models.PositiveIntegerField("essais", default=1)

    class Meta:
        verbose_name = "échec d’une tâche"
        verbose_name_plural = "échecs des tâches"
        indexes = [models.Index(fields=["promotion_id", "first_at"], name="failure_by_promotion")]

    def __str__(self) -> str:
        return self.deed
