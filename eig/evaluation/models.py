"""Grids, criteria, score sheets and marks; who reads; who stepped aside. Shared by the three juries."""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from eig.accounts.models import User
from eig.dossiers.models import Dossier
from eig.evaluation.choices import SheetStatus, Stage
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Promotion, Trade


class Grid(models.Model):
    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="grids")
    stage = models.CharField("étape", max_length=30, choices=Stage)
    title = models.CharField("intitulé", max_length=120)
    scale_min = models.SmallIntegerField("note minimale", default=0)
    scale_max = models.SmallIntegerField("note maximale", default=5)
    introduction = models.TextField("consigne", blank=True)
    # [[value, label], …]
    verdicts = models.JSONField("avis possibles", default=list, blank=True)
    # A comment is asked when the mean mark is below this.
    comment_required_below = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "grille"
        constraints = [
            models.UniqueConstraint(fields=["promotion", "stage"], name="one_grid_per_stage"),
            models.CheckConstraint(condition=Q(scale_min__lt=F("scale_max")), name="grid_scale_in_order"),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    grid = models.ForeignKey(Grid, on_delete=models.CASCADE, related_name="criteria")
    code = models.SlugField()
    label = models.CharField("critère", max_length=160)
    definition = models.TextField("définition", blank=True)
    # {"0": "…", "3": "…", "5": "…"}: what a mark means, in words.
    anchors = models.JSONField("repères", default=dict, blank=True)
    weight = models.PositiveSmallIntegerField("poids", default=1)
    rank = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "critère"
        verbose_name_plural = "critères"
        constraints = [
            models.UniqueConstraint(fields=["grid", "code"], name="one_criterion_per_code"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="criterion_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.label


class AnchorAmendment(models.Model):
    """The words of a criterion's anchors, made clearer while the grid is in use; the scale never moves."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="amendments")
    version = models.PositiveSmallIntegerField()
    before = models.JSONField("repères d’avant")
    after = models.JSONField("repères d’après")
    reason = models.CharField("motif", max_length=300)
    amended_at = models.DateTimeField()
    amended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "précision des repères"
        verbose_name_plural = "précisions des repères"
        constraints = [
            models.UniqueConstraint(fields=["criterion", "version"], name="anchor_versions_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_amendment_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}, version {self.version}"


class Reader(models.Model):
    """A person appointed to read projects or applications for a promotion."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="readerships")
    stage = models.CharField("étape", max_length=30, choices=Stage)
    # Readers choose the trades they know; none means all.
    trades = models.ManyToManyField(Trade, blank=True, related_name="+")
    cap = models.PositiveSmallIntegerField("nombre maximal de dossiers", default=40)
    appointed_at = models.DateTimeField()

    class Meta:
        verbose_name = "lecteur ou lectrice"
        constraints = [
            models.UniqueConstraint(fields=["promotion", "person", "stage"], name="one_readership_per_stage"),
            models.CheckConstraint(
                condition=Q(stage__in=["project_reading", "application_reading"]),
                name="readers_read_dossiers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_stage_display()})"


class Sheet(models.Model):
    """One person's marks on one object. Signed, it is frozen (trigger); recused, it counts for nothing."""

    LIFECYCLE = {
        SheetStatus.DRAFT: {SheetStatus.SIGNED, SheetStatus.RECUSED},
        SheetStatus.SIGNED: {SheetStatus.RECUSED},
        SheetStatus.RECUSED: set(),
    }

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="sheets")
    evaluator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sheets")
    status = models.CharField(max_length=10, choices=SheetStatus, default=SheetStatus.DRAFT)
    # One of the grid's verdicts, by its value.
    verdict = models.CharField("avis", max_length=20, blank=True)
    favourite = models.BooleanField("coup de cœur", default=False)
    comment = models.TextField("appréciation générale", blank=True, max_length=4000)
    # Sum of weight × mark over the grid's criteria, written when signed.
    total = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "grille remplie"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=SheetStatus.SIGNED) | Q(signed_at__isnull=False, total__isnull=False),
                name="signed_sheets_are_dated_and_totalled",
            )
        ]

    def __str__(self) -> str:
        return f"{self.grid} – {self.evaluator}"


# (dossier, person) pairs with a sign of a tie, over the dossiers being read.
Ties = Callable[[Promotion, Sequence[User]], Collection[tuple[int, int]]]
ALL = Q()


@dataclass(frozen=True, slots=True)
class ReadingKind:
    """What the reading of one call's dossiers has of its own; the rest is written once, in this package."""

    # The foreign key from a reading to its dossier.
    dossier: str
    stage: Stage
    phase: PhaseKind
    # The one status in which a dossier is read.
    being_read: str
    # The link from a dossier to what was decided of it, even in secret.
    decided_by: str
    # The field of the promotion that says how many readings a dossier needs.
    required: str
    # Paths from a dossier to who wrote it, and to its trades (none: every reader may take it).
    writer: str
    trades: str = ""
    # What a list of readings shows of each dossier; which readings come before the others.
    related: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    # Readings handed out one by one, and those that count in the score: all, but for a calibration.
    regular: Q = ALL
    counted: Q = ALL
    # The name of the address where the team reads a dossier.
    staff_page: str = ""
    # « ce projet », « Aucun projet », « les projets »: the words of the refusals.
    this: str = ""
    none: str = ""
    several: str = ""
    own: str = ""
    readable: str = ""


class Reading(models.Model):
    """A reader in front of a dossier; the marks are on the sheet.

    Whose place it is: a place handed out by the team is the reader's, until the team takes it back. A place
    taken from the queue is held until `held_until`, half an hour; not opened by then, it is given back and
    goes to somebody else. Opening it (saying that there is no conflict) makes it firm: an opened place is
    never taken from under its reader, however long the reading.

    How long it is open: while the dossier is read. A decision prepared, even in secret, or the end of the
    phase closes the dossier to the reader, who keeps their own signed sheet.
    """

    KIND: ClassVar[ReadingKind]

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(app_label)s_reviews"
    )
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="%(app_label)s_review")
    assigned_at = models.DateTimeField()
    cleared_at = models.DateTimeField("absence de conflit déclarée", null=True, blank=True)
    held_until = models.DateTimeField("place retenue jusqu’à", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def dossier_id(self) -> int:
        found: int = getattr(self, f"{self.KIND.dossier}_id")
        return found

    @property
    def dossier(self) -> Dossier:
        found: Dossier = getattr(self, self.KIND.dossier)
        return found


class Mark(models.Model):
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField("note")
    appreciation = models.TextField("appréciation", blank=True, max_length=2000)

    class Meta:
        verbose_name = "note"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_mark_per_criterion"),
            models.CheckConstraint(condition=Q(value__lte=20), name="mark_within_any_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} : {self.value}"


class Recusal(models.Model):
    """A person steps aside from an object they could have evaluated. Kept; never undone in silence."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusals")
    # "projects.project" or "candidates.application": evaluation knows no step.
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    reason = models.CharField("motif", max_length=300)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "déport"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "subject_type", "subject_id"], name="one_recusal_per_object"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} se déporte"
