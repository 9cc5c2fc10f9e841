"""The two calls, told alike: what the shared room promises is tried on both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

import candidates.actions
import candidates.models
import projects.actions
import projects.models
from candidates.views.readings import READINGS as APPLICATION_READINGS
from eig.accounts.models import User
from eig.dossiers.models import Dossier
from eig.evaluation.desks import ReadingDesk
from eig.evaluation.models import Reading
from eig.evaluation.queries import grid_of
from eig.promotions.models import Promotion
from eig.waves.actions import propose_decision
from projects.views.readings import READINGS as PROJECT_READINGS
from tests.factories import candidates as applications
from tests.factories import projects as proposals
from tests.people import person


@dataclass(frozen=True)
class Call:
    app: str
    actions: Any
    model: type[Reading]
    # One more dossier that is read.
    dossier: Callable[[Promotion], Dossier]
    reader: Callable[..., User]
    assigned: Callable[..., Reading]
    signed: Callable[..., Reading]
    wave: Callable[[Promotion, User], Any]
    # What must have been read before a decision.
    ready: Callable[[Dossier], None]
    publish: Callable[[Dossier], None]
    list_name: str
    desk: ReadingDesk
    # Where the team records that a reader steps aside.
    recuse_door: Callable[[Any, Reading], str]

    def url(self, name: str, *args: object) -> str:
        return reverse(f"{self.app}:{name}", args=args)

    def marks(self, promotion: Promotion, value: int = 4) -> dict[str, int]:
        return {item.code: value for item in grid_of(promotion, self.model.KIND.stage).criteria}

    def typed(self, promotion: Promotion, value: int = 4) -> dict[str, str]:
        return {f"mark_{code}": str(mark) for code, mark in self.marks(promotion, value).items()}

    def required(self, promotion: Promotion, count: int) -> None:
        Promotion.objects.filter(pk=promotion.pk).update(**{self.model.KIND.required: count})
        promotion.refresh_from_db()

    def propose(self, dossier: Dossier) -> Any:
        """A decision prepared, and nothing more: one person's draft."""
        self.ready(dossier)
        by = person("Équipe", "Prépare", staff=True)
        return propose_decision(
            dossier,
            wave=self.wave(dossier.promotion, by),
            outcome="declined",
            reason="Le motif.",
            by=by,
            at=timezone.now(),
        )

    def take(self, promotion: Promotion, by: User, minutes: int = 0) -> Reading:
        at = timezone.now() + timedelta(minutes=minutes)
        return self.actions.take_next(promotion, by=by, at=at)


def read_enough(application: Any) -> None:
    application.refresh_from_db()
    while application.reviews_signed < application.promotion.readers_per_application:
        applications.signed(application, applications.reader(application.promotion))


def declined(application: Any) -> None:
    read_enough(application)
    applications.decided(application.promotion, application, outcome="declined")


def later() -> Any:
    return timezone.now() + timedelta(days=2)


PROJECTS = Call(
    app="projects",
    actions=projects.actions,
    model=projects.models.Review,
    dossier=proposals.eligible,
    reader=lambda promotion, who=None: proposals.reader(promotion, who=who),
    assigned=lambda dossier, who, **how: proposals.reading(dossier, who=who, **how),
    signed=lambda dossier, who: proposals.signed_reading(dossier, who=who),
    wave=lambda promotion, by: proposals.wave(promotion, by=by, publishes_at=later()),
    ready=lambda dossier: None,
    publish=lambda dossier: proposals.decide(dossier, "declined"),
    list_name="review_list",
    desk=PROJECT_READINGS,
    recuse_door=lambda dossier, review: reverse(
        "projects:staff_reader_recuse", args=[dossier.promotion.code, dossier.code, review.sheet.code]
    ),
)
CANDIDATES = Call(
    app="candidates",
    actions=candidates.actions,
    model=candidates.models.Review,
    dossier=applications.submitted,
    reader=applications.reader,
    assigned=applications.assigned,
    signed=applications.signed,
    wave=lambda promotion, by: applications.wave(promotion, by, due=False),
    ready=read_enough,
    publish=declined,
    list_name="reading_list",
    desk=APPLICATION_READINGS,
    recuse_door=lambda dossier, review: reverse(
        "candidates:staff_reader_recuse", args=[dossier.promotion.code, dossier.code]
    ),
)
