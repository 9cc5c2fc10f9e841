"""The two calls seen from their waves: what a test of both needs, said once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from candidates.actions import withdraw_application_record
from candidates.actions.decision import WAVES as APPLICATIONS
from eig.accounts.models import User
from eig.mail.models import Message
from eig.promotions.models import Promotion
from eig.waves.actions import propose_decision
from eig.waves.kinds import WaveKind
from eig.waves.models import Wave
from projects.actions import withdraw_project
from projects.actions.decision import WAVES as PROJECTS
from rehearsal.agreeing import agree
from tests.factories import candidates, projects

REASON = "Un motif long et soigné."


@dataclass(frozen=True)
class Call:
    kind: WaveKind
    app: str
    # The template of the letter to those who are kept.
    letter: str
    target: Callable[[Promotion], Any]
    # The person who may take it back, and how.
    owner: Callable[[Any], User]
    withdraw: Callable[..., None]
    wave: Callable[..., Wave]

    def url(self, name: str, wave: Wave, *more: Any) -> str:
        return reverse(f"{self.app}:staff_{name}", args=[wave.promotion.code, wave.code, *more])

    def list_url(self, promotion: Promotion) -> str:
        return reverse(f"{self.app}:staff_wave_list", args=[promotion.code])

    def propose(self, target: Any, wave: Wave, by: User, *, outcome: str = "", **more: Any) -> Any:
        given = {"reason": REASON, "at": timezone.now(), **more}
        return propose_decision(target, wave=wave, outcome=outcome or self.kind.best, by=by, **given)

    def validated(self, promotion: Promotion, first: User, second: User, *, count: int = 1) -> Wave:
        wave = self.wave(promotion, first)
        for _ in range(count):
            self.propose(self.target(promotion), wave, first)
        agree(wave, by=second, at=timezone.now())
        return wave


def letters(wave: Wave) -> Any:
    return Message.objects.filter(batch=f"wave:{wave.code}").order_by("pk")


def _project_wave(promotion: Promotion, by: User, *, due: bool = True) -> Wave:
    later = None if due else timezone.now() + timedelta(days=2)
    return projects.wave(promotion, by=by, publishes_at=later)


CALLS = {
    "projects": Call(
        kind=PROJECTS,
        app="projects",
        letter="projects/project_laureate",
        target=projects.eligible,
        owner=lambda project: project.leads.order_by("pk").first().person,
        withdraw=withdraw_project,
        wave=_project_wave,
    ),
    "applications": Call(
        kind=APPLICATIONS,
        app="candidates",
        letter="candidates/application_shortlisted",
        target=lambda promotion: candidates.read_twice(candidates.submitted(promotion)),
        owner=lambda application: application.candidate,
        withdraw=withdraw_application_record,
        wave=candidates.wave,
    ),
}
