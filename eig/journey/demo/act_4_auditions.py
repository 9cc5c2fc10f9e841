"""Act 4: 30 jurors, panels over five days, candidates heard, each card signed alone."""

from datetime import datetime, timedelta
from functools import partial

from eig.accounts.models import User
from eig.evaluation.choices import Stage
from eig.journey.demo.act_1_projects import Projects
from eig.journey.demo.act_2_candidates import Candidates
from eig.journey.demo.corpus import audition_marks
from eig.journey.demo.saying import said
from eig.journey.demo.world import World
from matching.interviews.actions import (
    appoint_juror,
    create_panel,
    create_slots,
    mark_absent,
    mark_heard,
    place_all,
    plan_auditions,
    publish_timetable,
    recuse_juror,
    save_scorecard,
    seat_juror,
    sign_scorecard,
)
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Juror, Scorecard

DAYS = ((6, 7), (6, 8), (6, 9), (6, 10), (6, 13))
HALF_DAYS = ((9, 30, 12, 30), (14, 0, 17, 0))
ROOMS = ("Salle Ada", "Salle Condorcet", "Salle Germain", "Salle Lovelace")
PER_PANEL = 3
# Auditions for each seat of a project, so that a jury can choose.
PER_SEAT = 4
ABSENCES = 2


class Auditions:
    def __init__(self, world: World, projects: Projects, candidates: Candidates) -> None:
        self.world, self.projects, self.candidates = world, projects, candidates
        self.jurors: list[Juror] = []

    def plan(self) -> None:
        world, add = self.world, self.world.timeline.add
        add(world.day(2022, 5, 17, 10), "les jurés sont nommés", self.appoint)
        add(world.day(2022, 5, 20, 10), "les auditions sont planifiées", self.allocate)
        add(world.day(2022, 5, 24, 10), "les jurys sont composés", self.compose)
        add(world.day(2022, 5, 25, 10), "les auditions sont placées", self.place)
        add(world.day(2022, 5, 27, 14), "le calendrier est publié", self.publish)

    def appoint(self, at: datetime) -> None:
        for pk, juror in sorted(self.world.jurors.items()):
            person = User.objects.get(pk=pk)
            self.jurors.append(
                appoint_juror(
                    self.world.promotion,
                    person=person,
                    type=juror.kind,
                    by=self.world.lead,
                    at=at,
                    organisation=juror.employer,
                )
            )

    def allocate(self, at: datetime) -> None:
        plan_auditions(self.world.promotion, by=self.world.lead, at=at, per_seat=PER_SEAT)

    def compose(self, at: datetime) -> None:
        """Panels of three of different kinds; within a day each juror sits at most one half-day."""
        by_kind: dict[str, list[Juror]] = {}
        for juror in self.jurors:
            by_kind.setdefault(juror.type, []).append(juror)
        queue = [
            juror for group in zip(*_evened(list(by_kind.values())), strict=True) for juror in group if juror
        ]
        turn = 0
        for month, day in DAYS:
            for start_hour, start_minute, end_hour, end_minute in HALF_DAYS:
                for room in ROOMS:
                    starts = self.world.day(2022, month, day, start_hour, start_minute)
                    ends = self.world.day(2022, month, day, end_hour, end_minute)
                    panel = create_panel(
                        self.world.promotion,
                        name=f"Jury {room.removeprefix('Salle ')} du {starts:%d/%m}",
                        room=room,
                        starts_at=starts,
                        ends_at=ends,
                        by=self.world.lead,
                        at=at,
                    )
                    for seat in range(PER_PANEL):
                        juror = queue[turn % len(queue)]
                        seat_juror(panel, juror=juror, by=self.world.lead, at=at, referent=seat == 0)
                        turn += 1
                    create_slots(
                        panel, minutes=self.world.promotion.audition_minutes, by=self.world.lead, at=at
                    )

    def place(self, at: datetime) -> None:
        place_all(self.world.promotion, by=self.world.lead, at=at)
        card = (
            Scorecard.objects.filter(audition__promotion=self.world.promotion)
            .select_related("juror__person", "audition__application")
            .order_by("pk")[7]
        )
        recuse_juror(
            card.juror,
            application=card.audition.application,
            reason="Ancien collègue de la personne entendue",
            by=card.juror.person,
            at=at + timedelta(minutes=5),
        )

    def publish(self, at: datetime) -> None:
        publish_timetable(self.world.promotion, by=self.world.lead, at=at)
        placed = Audition.objects.filter(
            promotion=self.world.promotion, status=AuditionStatus.PLACED
        ).order_by("during", "pk")
        heard_before: set[int] = set()
        absent = 0
        for audition in placed:
            ends = audition.during.upper
            if absent < ABSENCES and audition.application_id in heard_before:
                absent += 1
                self.world.timeline.add(ends, "une personne est absente", partial(self.miss, audition.pk))
                continue
            heard_before.add(audition.application_id)
            self.world.timeline.add(ends, "une audition se tient", partial(self.hear, audition.pk))

    def miss(self, pk: int, at: datetime) -> None:
        mark_absent(Audition.objects.get(pk=pk), by=self.world.lead, at=at)

    def hear(self, pk: int, at: datetime) -> None:
        audition = Audition.objects.get(pk=pk)
        if audition.status != AuditionStatus.PLACED:
            return
        mark_heard(audition, by=self.world.lead, at=at)
        for card in (
            Scorecard.objects.filter(audition=audition).exclude(sheet__status="recused").order_by("pk")
        ):
            moment = at + timedelta(minutes=2 + self.world.dice.randrange(180))
            self.world.timeline.add(moment, "une fiche est signée", partial(self.sign, card.pk))

    def sign(self, pk: int, at: datetime) -> None:
        card = Scorecard.objects.select_related(
            "juror__person", "sheet", "audition__application", "audition__project"
        ).get(pk=pk)
        key = self.candidates.keys[card.audition.application_id]
        project = self.projects.scripts[card.audition.project.title]
        rank = Scorecard.objects.filter(audition=card.audition, pk__lt=pk).count()
        marks = audition_marks(
            self.candidates.scripts[key], project, juror=rank, criteria=self.world.criteria(Stage.AUDITION)
        )
        words = said("audition", marks, key=f"{key}/{project.key}/{rank}")
        save_scorecard(card, by=card.juror.person, at=at, marks=marks, **words)
        sign_scorecard(card, by=card.juror.person, at=at)


def _evened(groups: list[list[Juror]]) -> list[list[Juror | None]]:
    """Lists of equal length, the short ones padded, so that kinds alternate."""
    longest = max(len(group) for group in groups)
    return [[*group, *([None] * (longest - len(group)))] for group in groups]
