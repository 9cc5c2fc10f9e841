"""Who did what, when. Rows are added and never changed: triggers refuse everything else.

The database itself chains them by hash (migration 0005, decision 18); nothing here writes a link.
"""

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from eig.journal.choices import Reader, Shown


class Entry(models.Model):
    at = models.DateTimeField("moment")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="auteur"
    )
    verb = models.CharField("action", max_length=60)
    record_type = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    # Kept as text: the record may be erased one day, its journal may not.
    record_label = models.CharField(max_length=200)
    # Not a foreign key: promotions live above the journal.
    promotion_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True)
    # Part of the digest, and renewed when words are erased: the former digest tells nothing of them.
    salt = models.UUIDField(db_default=RandomUUID(), editable=False)

    class Meta:
        verbose_name = "entrée du journal"
        verbose_name_plural = "entrées du journal"
        indexes = [
            models.Index(fields=["record_type", "record_id", "at"], name="entry_by_record"),
            models.Index(fields=["promotion_id", "-at"], name="entry_by_promotion"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.record_label}"


class Consultation(models.Model):
    """Somebody looked at a dossier that is not theirs: one row a day, not one a visit (decision 19)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="qui"
    )
    at = models.DateTimeField("première fois du jour")
    on = models.DateField("le")
    record_type = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    # Whose dossier it is; nobody, of a project.
    concerned = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="personne concernée",
    )
    what = models.CharField("quoi", max_length=10, choices=Shown)
    reader = models.CharField("par", max_length=10, choices=Reader)

    class Meta:
        verbose_name = "consultation d’un dossier"
        verbose_name_plural = "consultations des dossiers"
        constraints = [
            # By record first: it answers « who read this one? » too.
            models.UniqueConstraint(
                fields=["record_type", "record_id", "person", "on", "what"], name="one_consultation_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.get_reader_display()}"


class Link(models.Model):
    """What was written, redacted or forgotten, as a digest; then its rank in the chain and the hash there."""

    # Not a foreign key: the link outlives its entry.
    entry_id = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=10)
    digest = models.BinaryField(null=True)
    rank = models.BigIntegerField(null=True, unique=True)
    hash = models.BinaryField(null=True)

    class Meta:
        verbose_name = "maillon du journal"
        verbose_name_plural = "maillons du journal"
        indexes = [models.Index(fields=["id"], name="link_not_sealed", condition=Q(rank__isnull=True))]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id}"


class Head(models.Model):
    """The end of the chain when it was last verified; the same is published outside the database."""

    at = models.DateTimeField("vérifié le")
    rank = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "tête du journal"
        verbose_name_plural = "têtes du journal"

    def __str__(self) -> str:
        return f"{self.rank}:{self.hash}"
