"""A card of « Mon espace », and the person whose space it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q, Value

from candidates.models import Application
from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Reader, Sheet
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase
from eig.promotions.queries import moment
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Juror

PHASE_OF = {
    Stage.PROJECT_READING: PhaseKind.PROJECT_REVIEW,
    Stage.APPLICATION_READING: PhaseKind.SHORTLIST,
    Stage.AUDITION: PhaseKind.AUDITIONS,
}


@dataclass(frozen=True, slots=True)
class Card:
    """One thing of mine: where I am, what comes next (or why to act), the page where it is done."""

    title: str
    state: str
    kind: str
    next: str
    url: str
    action: str
    detail: str = ""
    # Something waits for me, until this instant when there is one.
    urgent: bool = False
    until: datetime | None = None
    # Nothing more will come of it.
    over: bool = False


def phase_open(promotion_phases: dict[str, Phase], kind: str, now: datetime) -> Phase | None:
    phase = promotion_phases.get(kind)
    return phase if phase and phase.is_open(now) else None


class Person:
    """Whose space this is, with what several sections read, read once."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def applications(self) -> list[Application]:
        rows = Application.objects.filter(candidate=self.user).select_related("promotion", "ranking")
        return list(rows.prefetch_related("promotion__phases").order_by("-promotion__number", "pk"))

    @cached_property
    def stages(self) -> set[str]:
        """What this person evaluates: as a reader, as a juror."""
        read = Reader.objects.filter(person=self.user).order_by().values_list("stage")
        heard = Juror.objects.filter(person=self.user).order_by().values_list(Value(str(Stage.AUDITION)))
        return {stage for (stage,) in read.union(heard)}

    @cached_property
    def stages_open(self) -> set[str]:
        """Those of them that are not over, in a promotion where this person evaluates: more may come."""
        mine = Q(promotion__in=Reader.objects.filter(person=self.user).values("promotion"))
        mine |= Q(promotion__in=Juror.objects.filter(person=self.user).values("promotion"))
        phases = Phase.objects.filter(mine, kind__in=PHASE_OF.values(), closed_at__isnull=True)
        alive = {
            phase.kind
            for phase in phases.select_related("promotion").order_by("pk")
            if phase.closes_at > moment(phase.promotion)
        }
        return {stage for stage, kind in PHASE_OF.items() if kind in alive}

    @cached_property
    def unsigned(self) -> Mapping[str, int]:
        """Sheets to sign, by stage; of an audition, once the person was heard: never of who did not come."""
        rows = (
            Sheet.objects.filter(evaluator=self.user, status=SheetStatus.DRAFT)
            # The grid of a project jury is the group's: it has its own card.
            .filter(project_hearing__isnull=True)
            .exclude(~Q(scorecard__audition__status=AuditionStatus.HEARD), grid__stage=Stage.AUDITION)
            .values_list("grid__stage")
            .annotate(left=Count("pk"))
            .order_by("grid__stage")
        )
        return dict(rows)
