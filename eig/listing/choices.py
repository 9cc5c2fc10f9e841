"""What became of a row of a deed on many."""

from django.db.models import TextChoices


class RowState(TextChoices):
    PENDING = "pending", "À faire"
    DONE = "done", "Fait"
    REFUSED = "refused", "Refusé"
