"""What a person changed in what readers see of an application: words hidden besides, words shown again."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidates.models.application import Application


class RedactionMark(models.Model):
    """One word or phrase, hidden or shown wherever it stands in the dossier and its files."""

    class Kind(models.TextChoices):
        HIDE = "hide", "À masquer"
        SHOW = "show", "À laisser lisible"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="redaction_marks")
    kind = models.CharField(max_length=4, choices=Kind)
    text = models.CharField("mot ou expression", max_length=120)
    # The same without accents nor case: one mark per expression.
    folded = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "retouche de l’anonymisation"
        verbose_name_plural = "retouches de l’anonymisation"
        constraints = [
            models.UniqueConstraint(fields=["application", "folded"], name="one_redaction_mark_per_phrase"),
            models.CheckConstraint(condition=~Q(folded=""), name="a_redaction_mark_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.text}"
