"""The check-list of eligibility: one answer per condition named by the promotion."""

from django.conf import settings
from django.db import models

from projects.models.project import Project


class EligibilityCheck(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="eligibility_checks")
    # A condition of the promotion, by its code.
    condition = models.SlugField("condition")
    is_met = models.BooleanField("remplie")
    note = models.CharField("précision", max_length=500, blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "vérification d’une condition"
        constraints = [
            models.UniqueConstraint(fields=["project", "condition"], name="one_answer_per_condition")
        ]

    def __str__(self) -> str:
        return f"{self.condition} : {'oui' if self.is_met else 'non'}"
