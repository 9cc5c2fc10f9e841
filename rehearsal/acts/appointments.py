"""Act 4, the candidates' side: auditions offered elsewhere, a time chosen, one moved, needs told."""

from datetime import datetime, timedelta
from functools import partial

from candidates.models import Application
from matching.interviews.actions import (
    NotHeardHere,
    accept_proposal,
    choose_slot,
    decline_proposal,
    invite_to_choose,
    keep_needs,
    move_own_audition,
    propose_audition,
)
from matching.interviews.choices import AuditionStatus, ProposalStatus
from matching.interviews.models import Audition, Proposal
from matching.interviews.queries import compatible_slots, freedom_of, people_without_audition
from matching.ranking.queries import projects_offered, ranking_of, wishes_of
from rehearsal.world import World

# What the first people asked answer; whoever comes after lets the delay pass.
ANSWERS = ("yes", "no", "yes")
ASKED = 5
NEEDS = (
    {"interpreter": "sign", "access": "", "time_zone": "", "phone": "06 12 34 56 78"},
    {"interpreter": "", "access": "", "time_zone": "Indian/Reunion", "phone": "06 92 00 11 22"},
    {"interpreter": "", "access": "Accès en fauteuil, et une pause si l’échange dépasse vingt minutes.",
     "time_zone": "", "phone": ""},
)  # fmt: skip


class Appointments:
    def __init__(self, world: World) -> None:
        self.world = world

    def plan(self) -> None:
        world, add = self.world, self.world.timeline.add
        add(world.day(2022, 5, 20, 14), "des auditions sont proposées ailleurs", self.propose)
        add(world.day(2022, 5, 24, 16), "un autre projet suit un refus", self.propose_again)
        add(world.day(2022, 5, 28, 11), "des personnes disent leurs besoins", self.tell_needs)
        add(world.day(2022, 5, 30, 9), "le choix des horaires s’ouvre", self.open_choice)
        add(world.day(2022, 5, 31, 15), "une audition est déplacée", self.move)

    def propose(self, at: datetime) -> None:
        people = people_without_audition(self.world.promotion)
        willing = [
            person for person in people if (row := ranking_of(person)) is None or row.accepts_other_project
        ]
        asked = [proposal for person in willing[:ASKED] if (proposal := self._ask(person, at=at))]
        for proposal, answer in zip(asked, ANSWERS, strict=False):
            when = self.world.between(at + timedelta(hours=3), at + timedelta(hours=60))
            self.world.timeline.add(
                when, "une audition reçoit réponse", partial(self.answer, proposal.pk, answer)
            )

    def _ask(self, application: Application, *, at: datetime) -> Proposal | None:
        ranking = ranking_of(application)
        wished = {wish.project_id for wish in wishes_of(ranking)} if ranking else set()
        for item in projects_offered(application):
            if item.is_offered and item.project.pk not in wished:
                try:
                    return propose_audition(application, project=item.project, by=self.world.lead, at=at)
                except NotHeardHere:
                    continue
        return None

    def answer(self, pk: int, answer: str, at: datetime) -> None:
        proposal = Proposal.objects.select_related("application__candidate").get(pk=pk)
        deed = accept_proposal if answer == "yes" else decline_proposal
        deed(proposal, by=proposal.application.candidate)

    def propose_again(self, at: datetime) -> None:
        """Refusing cost nothing: another project is offered, and accepted once the week is announced."""
        refused = Proposal.objects.filter(promotion=self.world.promotion, status=ProposalStatus.DECLINED)
        for proposal in refused.select_related("application__candidate", "application__promotion"):
            again = self._ask(proposal.application, at=at)
            if again is not None:
                self.world.timeline.add(
                    self.world.day(2022, 5, 27, 18),
                    "une audition reçoit réponse",
                    partial(self.answer, again.pk, "yes"),
                )

    def tell_needs(self, at: datetime) -> None:
        auditions = (
            Audition.objects.filter(promotion=self.world.promotion, status=AuditionStatus.PLACED)
            .select_related("application__candidate", "application__promotion")
            .order_by("-during", "pk")
        )
        for audition, needs in zip(auditions[::7], NEEDS, strict=False):
            keep_needs(audition.application, **needs, by=audition.application.candidate, at=at)

    def open_choice(self, at: datetime) -> None:
        invite_to_choose(self.world.promotion, until=at + timedelta(days=2), by=self.world.lead, at=at)
        waiting = Audition.objects.filter(promotion=self.world.promotion, status=AuditionStatus.PLANNED)
        for rank, audition in enumerate(waiting.filter(booking__isnull=False).order_by("pk")):
            self.world.timeline.add(
                at + timedelta(hours=2 + rank), "un horaire est choisi", partial(self.choose, audition.pk)
            )

    def choose(self, pk: int, at: datetime) -> None:
        audition = self._audition(pk)
        free = compatible_slots(audition, now=at)
        if free and audition.status == AuditionStatus.PLANNED:
            choose_slot(audition, slot=free[len(free) // 2], by=audition.application.candidate)

    def move(self, at: datetime) -> None:
        """The first person, of those heard late in the week, who finds another time."""
        late = Audition.objects.filter(promotion=self.world.promotion, status=AuditionStatus.PLACED)
        told = late.filter(told_at__isnull=False).order_by("-during", "pk")
        for pk in told.values_list("pk", flat=True)[:20]:
            audition = self._audition(pk)
            free = compatible_slots(audition, now=at)
            if free and freedom_of(audition, None, now=at).moves:
                move_own_audition(audition, slot=free[0], by=audition.application.candidate)
                return

    def _audition(self, pk: int) -> Audition:
        return Audition.objects.select_related(
            "application__candidate", "promotion", "project", "slot__panel"
        ).get(pk=pk)
