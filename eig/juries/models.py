"""On which side a person stands; what the juries of projects and of auditions have in common.

A room and a juror are never in two places at once: each jury says so by its own constraints (`never_twice`).
"""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Deferrable, Q

from eig.accounts.models import User
from eig.juries.choices import Duty, JurorKind, Stand
from eig.promotions.models import Promotion


class Side(models.Model):
    """Where a person stands in a promotion (règlement, art. 3): never on both sides, whoever comes first.

    Written when an application is handed in and when somebody is appointed to read or to sit: of two deeds at
    the same moment, the second waits for the first on the constraint, and is refused.
    """

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="sides")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sides")
    stand = models.CharField("côté", max_length=10, choices=Stand)
    # Why a person judges: the row goes with the last of them.
    duties = ArrayField(models.CharField(max_length=20, choices=Duty), default=list, blank=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name = "côté d’une personne"
        verbose_name_plural = "côtés des personnes"
        constraints = [
            models.UniqueConstraint(fields=["promotion", "person"], name="nobody_applies_and_judges"),
            models.CheckConstraint(
                condition=Q(stand="applies", duties=[]) | (Q(stand="judges") & ~Q(duties=[])),
                name="whoever_judges_has_a_duty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_stand_display()}"


def never_twice(
    name: str, *of: str, but: Q | None = None, deferrable: Deferrable | None = None
) -> ExclusionConstraint:
    """The same `of` is never in two places at once; deferrable, it is judged at the end of a statement."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in of), ("during", RangeOperators.OVERLAPS),
        ],
        condition=but,
        deferrable=deferrable,
    )  # fmt: skip


class AnyHalfDay(models.Model):
    """A half-day of juries, the unit in which jurors say when they can come."""

    if TYPE_CHECKING:
        promotion_id: int

    during = DateTimeRangeField("horaires")

    class Meta:
        abstract = True
        verbose_name = "demi-journée"
        verbose_name_plural = "demi-journées"

    def __str__(self) -> str:
        return str(self.during)


class AnyJuror(models.Model):
    """Who may sit in the juries of a promotion."""

    if TYPE_CHECKING:
        # Each jury names its own links.
        promotion_id: int
        person: User
        person_id: int

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("qualité", max_length=10, choices=JurorKind)
    organisation = models.CharField("organisme", max_length=160, blank=True)
    appointed_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.person)


class AnyPanel(models.Model):
    """A jury in a room over one stretch of time."""

    if TYPE_CHECKING:
        promotion_id: int

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("intitulé", max_length=80)
    room = models.CharField("salle", max_length=80)
    link = models.URLField("lien de visioconférence", max_length=300, blank=True)
    during = DateTimeRangeField("horaires")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Announced(models.Model):
    """When and where somebody was last told to come: what their calendar holds until they are told again."""

    if TYPE_CHECKING:
        during: DateTimeTZRange

    told_at = models.DateTimeField("annoncé le", null=True, blank=True)
    announced_during = DateTimeRangeField("horaires annoncés", null=True, blank=True)
    # The room, then the link on a line of its own.
    announced_place = models.CharField("lieu annoncé", max_length=400, blank=True)
    sequence = models.PositiveSmallIntegerField("changements annoncés", default=0)

    class Meta:
        abstract = True


class AnySeat(Announced):
    """A juror at a table; `during` repeats the jury's hours, so that the database can compare."""

    if TYPE_CHECKING:
        juror: AnyJuror
        juror_id: int

    is_referent = models.BooleanField("référent·e", default=False)
    during = DateTimeRangeField()

    class Meta:
        abstract = True
