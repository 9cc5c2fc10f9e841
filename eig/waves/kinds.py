"""What differs from one step's waves to another's: a step says it once, in a frozen object.

`settings.WAVE_KINDS` names those objects; the kind of a wave follows from its subject.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils.module_loading import import_string

from eig.dossiers.kinds import CorrectionKind
from eig.evaluation.models import Reading
from eig.mail.outbox import Letter
from eig.waves.choices import WaveSubject
from eig.waves.models import Wave, WaveDecision


@dataclass(frozen=True, slots=True)
class Words:
    """How refusals name what is decided upon."""

    # « un projet »
    one: str
    # « ce projet »
    this: str
    # « ces projets »
    these: str
    # « au projet »: who reads the reason
    told: str
    # Why a letter may have nobody to go to.
    unwritten: str


@dataclass(frozen=True, slots=True)
class WaveKind:
    """What a step decides in waves: its records and decisions, the letters, the words."""

    subject: WaveSubject
    # Its record has a promotion, a status with its lifecycle, and a `decided_at`.
    decision: type[WaveDecision]
    # The best one first; each is also the code of the state that it leads to.
    outcomes: type[TextChoices]
    # The outcome that has ranks, if any.
    reserve: str
    # The decisions of a wave in the order of the screens, with what screens and letters read.
    decisions: Callable[[Wave], QuerySet[Any]]
    # The decisions of a wave among which a rank is given once: those that this record waits with.
    rivals: Callable[[Wave, Any], QuerySet[Any]]
    # Each decision with its letter; None when nobody is there to read it.
    letters: Callable[[Wave, Sequence[Any]], list[tuple[Any, Letter | None]]]
    # What is read of a record, and asked again of it.
    readings: type[Reading]
    corrections: CorrectionKind
    # Why a record cannot be decided upon yet; nothing when it can.
    too_soon: Callable[[Any], str]
    # The name of the address of a wave's page.
    page: str
    words: Words

    @property
    def targets(self) -> QuerySet[Any]:
        """The records that may be decided upon."""
        model: Any = self.decision._meta.get_field(self.decision.TARGET).related_model
        rows: QuerySet[Any] = model._default_manager.all()
        return rows

    @property
    def rows(self) -> QuerySet[Any]:
        """The decisions of this kind."""
        found: QuerySet[Any] = self.decision._default_manager.all()
        return found

    @property
    def best(self) -> str:
        """The outcome that everybody hopes for."""
        return str(self.outcomes.values[0])

    def awaited(self, target: Any) -> WaveDecision | None:
        """The decision proposed on a record and not yet published: for the team only."""
        row: WaveDecision | None = (
            self.rows.select_related("wave")
            .filter(**{self.decision.TARGET: target}, published_at=None)
            .first()
        )
        return row


@cache
def kinds() -> Mapping[str, WaveKind]:
    """Subject → kind, as the settings name them."""
    found: list[WaveKind] = [import_string(path) for path in settings.WAVE_KINDS]
    return {kind.subject: kind for kind in found}


def kind_of(wave: Wave) -> WaveKind:
    return kinds()[wave.subject]


def page_of(wave: Wave) -> str:
    """The address of a wave for the team."""
    return reverse(kind_of(wave).page, args=[wave.promotion.code, wave.code])
